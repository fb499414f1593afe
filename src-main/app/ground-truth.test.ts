/** Ground truth beside a recording: found in its folder or above it, read anew when it changes, and nowhere else. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KnownPath } from '../store/index.ts';
import { createGroundTruth } from './ground-truth.ts';

let folder: string;
const known = new Map<string, string[]>();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anom-pi-truth-'));
  await mkdir(path.join(folder, 'gate', 'day'), { recursive: true });
  known.clear();
});
afterEach(() => rm(folder, { recursive: true }));

const truthOf = createGroundTruth({
  recordings: {
    get: (id: string) => (known.has(id) ? { id } : undefined),
    pathsOf: (id: string) => (known.get(id) ?? []).map((each) => ({ path: each }) as KnownPath),
  } as never,
});

const manifest = (file: string, incidents: readonly unknown[]) =>
  JSON.stringify({
    ...{ format: 'anom-pi-simulated-archive', version: 4, suite: 's', seed: '1', complete: true, files: [file] },
    recordings: [{ file, framesFile: 'x.jsonl', key: 'k', incidents }],
  });
const fall = { start: 2, end: 4.5, class: 'fall', participants: ['p'] };

it('finds what is true of a recording in the manifest of its archive', async () => {
  known.set('r', [path.join(folder, 'gate', 'day', 'a.mp4')]);
  const source = path.join(folder, 'ground-truth.json');
  await writeFile(source, manifest('gate/day/a.mp4', [fall]));
  expect(await truthOf('r')).toEqual({ source, intervals: [{ start: 2, end: 4.5, class: 'fall' }] });
  await writeFile(source, manifest('gate/day/a.mp4', []));
  expect(await truthOf('r')).toEqual({ source, intervals: [] });
});

it("knows nothing where there is no manifest, another program's, or one of other files", async () => {
  known.set('r', [path.join(folder, 'gate', 'a.mp4')]);
  expect(await truthOf('r')).toBeNull();
  await writeFile(path.join(folder, 'ground-truth.json'), '{"format": "other"}');
  expect(await truthOf('r')).toBeNull();
  await writeFile(path.join(folder, 'ground-truth.json'), manifest('gate/b.mp4', [fall]));
  expect(await truthOf('r')).toBeNull();
  await expect(truthOf('gone')).rejects.toMatchObject({ code: 'not-found' });
});
