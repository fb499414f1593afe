/** Clips and viewing copies that leave a real archive: to the frame, with what must not be seen hidden, logged and kept. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { createWorkspace, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

let workspace: Workspace;
let client: Client;
let flags: readonly Flag[];
let video: string;
const at = (...names: string[]) => join(workspace.root, ...names);
const yard = () => flags[0] ?? expect.unreachable();

async function ended(id: string): Promise<string> {
  let state = '';
  await until(async () => {
    state = (await client.jobs.list()).items.find((job) => job.id === id)?.state ?? '';
    return ['done', 'failed', 'paused'].includes(state);
  }, 90_000);
  return state;
}

beforeAll(async () => {
  workspace = await createWorkspace();
  await mkdir(at('archive'));
  await mkdir(at('out'));
  video = await commotion(at('archive', 'Yard_20260314_080000.mp4'));
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
  const { job } = await client.scan.start({ folders: [at('archive')], policy: 'rules' });
  expect(await ended(job.id)).toBe('done');
  const [found] = (await client.flags.list()).items;
  const { flag } = await client.verdicts.decide({
    ...{ flag: found?.id ?? '', decision: 'confirm', class: 'fight', start: 17, end: 21.5 },
  });
  flags = [flag];
}, 120_000);

afterAll(async () => {
  client.close();
  await workspace[Symbol.asyncDispose]();
});

/** The files of a package, found by its directory. */
function filesOf(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  let position = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const name = archive.subarray(position + 46, position + 46 + archive.readUInt16LE(position + 28)).toString('utf8');
    const from = archive.readUInt32LE(position + 42) + 30 + Buffer.byteLength(name);
    files.set(name, archive.subarray(from, from + archive.readUInt32LE(position + 24)));
    position += 46 + Buffer.byteLength(name) + archive.readUInt16LE(position + 30);
  }
  return files;
}

async function shownTimes(path: string): Promise<number[]> {
  await using reader = await openVideo(path);
  return [...(await reader.scanPackets()).times];
}

/** How alike two RGB pictures are in a box, by the correlation of their red parts. */
function correlationInside(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  height: number,
): number {
  const pairs: [number, number][] = [];
  // Not to its very edge, over which an encoder blurs.
  for (let y = Math.ceil(box.y * height) + 4; y < (box.y + box.height) * height - 4; y++) {
    for (let x = Math.ceil(box.x * width) + 4; x < (box.x + box.width) * width - 4; x++) {
      const place = (y * width + x) * 3;
      pairs.push([a[place] ?? 0, b[place] ?? 0]);
    }
  }
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [ma, mb] = [mean(0), mean(1)];
  const sum = (of: (pair: readonly [number, number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  const size = Math.sqrt(sum(([x]) => (x - ma) ** 2) * sum(([, y]) => (y - mb) ** 2));
  return sum(([x, y]) => (x - ma) * (y - mb)) / size;
}

describe('copies for those who are to see it', () => {
  test('a smart clip holds the flag to the frame, and nothing beside it', async () => {
    const made = await workspace.cli(['export', yard().id, '--out', 'out/smart.mp4', '--format', 'clip', '--smart']);
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/the first \d+ frames .*were encoded anew/) });
    await using reader = await openVideo(at('out', 'smart.mp4'));
    const { times } = await reader.scanPackets();
    expect(times.length).toBe(Math.ceil(4.5 * 15));
    expect(reader.info.seconds).toBeCloseTo(4.5, 1);
  });

  test('a viewing copy hides what was drawn over, and shows the rest', async () => {
    const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const { job } = await client.evidence.export({
      ...{ flags: [yard().id], format: 'viewing', out: at('out', 'hidden.mp4') },
      viewing: { draw: ['time'], regions: [{ recording: yard().recording, start: 18, end: 20, box }] },
    });
    expect(await ended(job.id)).toBe('done');
    const size = { width: 320, height: 180, fit: 'stretch' } as const;
    const lumaOf = async (path: string, time: number) => {
      await using reader = await openVideo(path);
      for await (const { rgb } of reader.framesAt([time], size)) return rgb;
      return expect.unreachable();
    };
    const correlations = [];
    for (const seconds of [18.5, 20.5]) {
      const [original, copy] = [await lumaOf(video, seconds), await lumaOf(at('out', 'hidden.mp4'), seconds - 17)];
      correlations.push(correlationInside(original, copy, size.width, box, size.height));
    }
    // Hidden in the first, which lies in the region's time, and as it was in the second.
    expect(Math.abs(correlations[0] ?? 1)).toBeLessThan(0.3);
    expect(correlations[1]).toBeGreaterThan(0.95);
    const [row] = (await client.evidence.exports({})).items;
    expect(row).toMatchObject({
      name: 'hidden.mp4',
      notes: [expect.stringMatching(/regions that you drew are hidden/)],
    });
  });

  test('a stretch that no flag stands for is exported, and logged by its recording', async () => {
    const stretch = { recording: yard().recording, start: 2, end: 4 };
    const estimate = await client.evidence.estimate({ stretch, format: 'clip', cut: 'smart' });
    expect(estimate).toMatchObject({
      name: 'Yard_20260314_080000-clip.mp4',
      isFolder: false,
      missing: [],
      unable: null,
    });
    const { job } = await client.evidence.export({
      stretch,
      format: 'clip',
      cut: 'smart',
      out: at('out', 'stretch.mp4'),
    });
    expect(await ended(job.id)).toBe('done');
    expect((await shownTimes(at('out', 'stretch.mp4'))).length).toBe(30);
    const [logged] = (await client.audit.list({ kinds: ['export'], limit: 1 })).items;
    expect(logged).toMatchObject({
      ...{ subject: yard().recording, flag: null, program: expect.stringMatching(/^\d/) },
      recording: { name: 'Yard_20260314_080000.mp4' },
      details: { file: 'stretch.mp4', start: 2, end: 4 },
    });
    await expect(client.evidence.export({ stretch, format: 'csv' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await expect(client.evidence.export({ format: 'csv' })).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('without a path several files are kept as one, to be fetched', async () => {
    const { job } = await client.evidence.export({
      ...{ flags: [yard().id], format: 'viewing', viewing: { draw: ['time', 'caption'], beside: true } },
    });
    expect(await ended(job.id)).toBe('done');
    const [row] = (await client.evidence.exports({})).items;
    expect(row).toMatchObject({ job: job.id, isDownload: true, isFolder: false, bytes: expect.any(Number) });
    const files = filesOf(await readFile(row?.path ?? ''));
    const names = [...files.keys()].map((name) => name.replace(/^.*?\./, '.')).toSorted();
    expect(names).toEqual(['.mp4', '.overlay.json', '.vtt']);
    const captions = [...files].find(([name]) => name.endsWith('.vtt'))?.[1].toString() ?? '';
    // By the clock of the copy, which begins with the flag.
    expect(captions).toContain('00:00:00.000 --> 00:00:04.500');
  });

  test('what cannot be made is said before anything is made', async () => {
    const viewing = { heads: true };
    const { unable } = await client.evidence.estimate({ flags: [yard().id], format: 'viewing', viewing });
    const isRefused = await client.evidence
      .export({ flags: [yard().id], format: 'viewing', viewing, out: at('out', 'heads.mp4') })
      .then(
        () => false,
        () => true,
      );
    expect(isRefused).toBe(unable !== null);
  });
});
