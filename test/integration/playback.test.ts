/** Playback with a real core and real workers: plans, segments, sheets, pictures and frame times, as a host fetches them. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaPath, type MediaTarget } from '../../src-main/contract/media.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { readHolder } from '../../src-main/store/index.ts';
import { type FrameImage, openVideo } from '../../src-main/video/index.ts';
import { createWorkspace, isAlive, killAndWait, until, type Workspace } from '../support/cli.ts';
import { childrenOf, hasProc } from '../support/processes.ts';
import * as videos from '../support/videos.ts';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
let workspace: Workspace;
let archive: string;
let client: Client;

beforeAll(async () => {
  workspace = await createWorkspace();
  archive = join(workspace.root, 'archive');
  await mkdir(archive);
  // The core that connectCore starts inherits them.
  process.env['ANOM_PI_TEST_HOOKS'] = '1';
  process.env['ANOM_PI_STALL_MS'] = '8000';
  client = await connect();
}, 60_000);
afterAll(async () => {
  client.close();
  await workspace[Symbol.asyncDispose]();
});

const connect = async () => (await connectCore({ dataFolder: workspace.dataFolder, entries })).client;

/** Makes a file in the archive and imports it. Returns the recording's id, which is that of its content. */
async function imported(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
  const path = join(archive, name);
  await make(path);
  return await importFile(path);
}

async function importFile(path: string): Promise<string> {
  const { job } = await client.archive.import({ folders: [path] });
  const stateOf = async () => (await client.jobs.list()).items.find(({ id }) => id === job.id)?.state;
  await until(async () => (await stateOf()) === 'done');
  const { items } = await client.archive.recordings({ limit: 1000 });
  const found = items.find((recording) => recording.path === path);
  if (found === undefined) throw new Error(`${path} was not imported`);
  return found.id;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function fetchPath(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const holder = readHolder(workspace.dataFolder);
  return new Promise((resolve, reject) => {
    const Authorization = `Bearer ${holder?.token ?? ''}`;
    const socketPath = holder?.socket ?? '';
    request({ socketPath, path, method, headers: { Authorization, ...headers }, agent: false }, (answer) => {
      answer.toArray().then((chunks) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks as Buffer[]) });
      }, reject);
    })
      .once('error', reject)
      .end();
  });
}
const fetchMedia = (target: MediaTarget, headers?: Record<string, string>) => fetchPath(mediaPath(target), headers);

async function imagesOf(bytes: Buffer, extension: string, width: number, height: number): Promise<FrameImage[]> {
  const path = join(workspace.root, `fetched.${extension}`);
  // One JPEG alone is a picture to FFmpeg, two are a video.
  await writeFile(path, extension === 'mjpeg' ? Buffer.concat([bytes, bytes]) : bytes);
  await using reader = await openVideo(path);
  expect(reader.info).toMatchObject({ width, height });
  const images: FrameImage[] = [];
  for await (const image of reader.framesBetween(0, Infinity, { width, height, fit: 'stretch' })) images.push(image);
  return images;
}

/** The number in the small picture whose corner is at (x, y). */
function numberAt({ rgb, width, height, time }: FrameImage, x: number, y: number, w: number, h: number): number {
  return videos.numberIn({ rgb, width, height, time, picture: { x, y, width: w, height: h } });
}

const errorIn = ({ status, body, headers }: Answer) => ({
  status,
  type: headers['content-type'],
  ...(JSON.parse(body.toString()) as object),
});

const late = Array.from({ length: 50 }, (_, index) => 2 + index / 25);
describe('how a recording is played', () => {
  test.each<[string, string, videos.VideoOptions]>([
    ['H.264 with B-frames', 'a.mp4', { preset: 'medium', gop: 12 }],
    ['a variable frame rate', 'vfr.mp4', { times: videos.irregularTimes }],
    ['a picture on its side', 'turned.mov', { rotation: 90 }],
    ['an index at the end', 'end.mp4', { indexAtEnd: true, crf: 30 }],
    ['AV1 in WebM', 'av1.webm', { codec: 'av1' }],
    ['AV1 in WebM that begins late', 'late.webm', { codec: 'av1', times: late }],
  ])('%s: as it is', async (_what, name, options) => {
    const recording = await imported(name, (path) => videos.makeVideo(path, options));
    const plan = await client.playback.plan({ recording });
    const times = options.times ?? Array.from({ length: 50 }, (_, index) => index / 25);
    const first = name === 'late.webm' ? 2 : 0;
    expect(plan).toMatchObject({ kind: 'original', startTime: first, frames: times.length, width: 160, height: 120 });
    const whole = await fetchMedia({ kind: 'recording', recording });
    expect(whole.body.equals(await readFile(join(archive, name)))).toBe(true);
    expect(whole.headers['cache-control']).toBe('private, no-cache');
    const part = await fetchMedia({ kind: 'recording', recording }, { Range: 'bytes=4-7' });
    expect([part.status, part.body.length]).toEqual([206, 4]);
  });

  test.each<[string, string, string, videos.VideoOptions]>([
    ['HEVC', 'hevc.mp4', 'codec', { codec: 'hevc' }],
    ['MPEG-4 in AVI', 'm.avi', 'container', { codec: 'mpeg4' }],
    ['MJPEG in AVI', 'mj.avi', 'container', { codec: 'mjpeg' }],
    ['MPEG-4 in mp4', 'm.mp4', 'codec', { codec: 'mpeg4', crf: 1 }],
    ['H.264 in a transport stream', 'a.ts', 'container', {}],
    ['H.264 in Matroska', 'a.mkv', 'container', { preset: 'medium' }],
    ['H.264 with full colour', 'odd.mp4', 'pixel-format', { width: 161, height: 97 }],
    ['an mp4 that begins late', 'late.mp4', 'timestamps', { times: late }],
  ])('%s: in segments', async (_what, name, reason, options) => {
    const recording = await imported(name, (path) => videos.makeVideo(path, options));
    const plan = await client.playback.plan({ recording });
    expect(plan).toMatchObject({ kind: 'segments', reason, segments: 1, segmentSeconds: 4, frames: 50 });
    expect(plan).toMatchObject({ mime: expect.stringMatching(/^video\/mp4; codecs="avc1\.42c0[0-9a-f]{2}"$/i) });
  });

  test('a file that is cut off: in segments, as far as it goes', async () => {
    const recording = await imported('cut.mp4', async (path) => {
      await videos.makeVideo(path, { frames: 250, gop: 25 });
      await videos.truncate(path, Math.floor((await stat(path)).size * 0.6));
    });
    const plan = await client.playback.plan({ recording });
    expect(plan).toMatchObject({ kind: 'segments', reason: 'damaged' });
    expect(plan.frames).toBeLessThan(200);
    expect(plan.frames).toBeGreaterThan(50);
    expect((await fetchMedia({ kind: 'segment', recording, number: 0 })).status).toBe(200);
  });

  test('the times of all frames are those of its packets', async () => {
    const recording = await imported('times.mkv', (path) => videos.variableFrameRate(path, { codec: 'hevc' }));
    const { status, headers, body } = await fetchMedia({ kind: 'frame-times', recording });
    expect([status, headers['content-type']]).toEqual([200, 'application/octet-stream']);
    await using reader = await openVideo(join(archive, 'times.mkv'));
    const times = Array.from({ length: body.length / 8 }, (_, index) => body.readDoubleLE(index * 8));
    expect(times).toEqual([...(await reader.scanPackets()).times]);
  });
});

describe('what is made of a recording', () => {
  let recording: string;
  const frames = 1700;
  beforeAll(async () => {
    recording = await imported('long.avi', (path) => videos.makeVideo(path, { frames, codec: 'msmpeg4', gop: 40 }));
  });

  test('segments hold its frames', async () => {
    expect(await client.playback.plan({ recording })).toMatchObject({ kind: 'segments', segments: 17 });
    for (const number of [0, 1, 2, 16]) {
      const { status, headers, body } = await fetchMedia({ kind: 'segment', recording, number });
      expect([status, headers['content-type']]).toEqual([200, 'video/mp4']);
      expect(headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/);
      const numbers = (await imagesOf(body, 'mp4', 160, 120)).map(videos.numberIn);
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => number * 100 + index));
    }
  });

  test('sheets hold a picture a second, and black beyond the end', async () => {
    const { sheets } = await client.playback.plan({ recording });
    expect(sheets).toEqual({ count: 2, columns: 8, rows: 8, interval: 1, tileWidth: 160, tileHeight: 120 });
    for (const [number, count] of [
      [0, 64],
      [1, 4],
    ] as const) {
      const { headers, body } = await fetchMedia({ kind: 'sheet', recording, number });
      expect(headers['content-type']).toBe('image/jpeg');
      const [image] = await imagesOf(body, 'mjpeg', 8 * 160, 8 * 120);
      if (image === undefined) throw new Error('the sheet holds no picture');
      for (let tile = 0; tile < 64; tile++) {
        const [x, y] = [(tile % 8) * 160, Math.floor(tile / 8) * 120];
        // Keyframes every 1.6 s stand for the seconds after them.
        const frame = Math.floor(((number * 64 + tile) * 25) / 40) * 40;
        expect(numberAt(image, x, y, 160, 120), `tile ${tile}`).toBe(tile < count ? frame : 0);
        const isBlack = (image.rgb[((y + 90) * image.width + x + 80) * 3] ?? 99) < 16;
        expect(isBlack, `tile ${tile}`).toBe(tile >= count);
      }
    }
  });

  test('pictures show the frame of their moment', async () => {
    const { headers, body } = await fetchMedia({ kind: 'picture', recording, milliseconds: 12_345, width: 160 });
    expect(headers['content-type']).toBe('image/jpeg');
    const [image] = await imagesOf(body, 'mjpeg', 160, 120);
    expect(image && videos.numberIn(image)).toBe(308);
  });

  test('what was made is kept over the end of the core, and made again where it is gone', async () => {
    const target = { kind: 'segment', recording, number: 3 } as const;
    const first = await fetchMedia(target);
    const holder = readHolder(workspace.dataFolder);
    client.close();
    await killAndWait(holder?.pid ?? 0);
    client = await connect();
    const again = await fetchMedia(target);
    // The tag names the file's own number and time of change.
    expect([again.status, again.headers.etag]).toEqual([200, first.headers.etag]);
    await rm(join(workspace.dataFolder, 'cache'), { recursive: true });
    const anew = await fetchMedia(target);
    expect(anew.status).toBe(200);
    expect(anew.headers.etag).not.toBe(first.headers.etag);
    expect(await imagesOf(anew.body, 'mp4', 160, 120)).toHaveLength(100);
  });

  test('what is damaged in the cache is made again', async () => {
    const cache = join(workspace.dataFolder, 'cache');
    const kept = async (name: string) => {
      const path = (await readdir(cache, { recursive: true })).find((each) => each.endsWith(join(recording, name)));
      return join(cache, path ?? 'missing');
    };
    await fetchMedia({ kind: 'segment', recording, number: 4 });
    await writeFile(await kept('packets.bin'), 'of another version');
    await writeFile(await kept('plan.json'), '{');
    // Another recording, so that the worker has to open this one anew.
    const other = await imported('other.avi', (path) => videos.makeVideo(path, { codec: 'mpeg4', firstNumber: 300 }));
    expect((await fetchMedia({ kind: 'segment', recording: other, number: 0 })).status).toBe(200);
    const { status, body } = await fetchMedia({ kind: 'segment', recording, number: 5 });
    expect([status, (await imagesOf(body, 'mp4', 160, 120)).length]).toEqual([200, 100]);
    expect((await stat(await kept('packets.bin'))).size).toBeGreaterThan(10_000);
    expect(await client.playback.plan({ recording })).toMatchObject({ segments: 17 });
  });

  test('the cache stays within its limit', async () => {
    await client.settings.set({ settings: { playbackCacheBytes: 100_000 } });
    for (let number = 0; number < 17; number++) await fetchMedia({ kind: 'segment', recording, number });
    const bytes = async () => {
      const files = await readdir(join(workspace.dataFolder, 'cache'), { recursive: true, withFileTypes: true });
      const sizes = files.filter((file) => file.isFile()).map((file) => stat(join(file.parentPath, file.name)));
      return (await Promise.all(sizes)).reduce((sum, facts) => sum + facts.size, 0);
    };
    await expect.poll(bytes).toBeLessThanOrEqual(100_000);
    await client.settings.set({ settings: { playbackCacheBytes: null } });
  });

  test('what is not there is said so', async () => {
    const unknown = 'ab'.repeat(32);
    for (const target of [
      { kind: 'recording', recording: unknown },
      { kind: 'frame-times', recording: unknown },
      { kind: 'segment', recording, number: 17 },
      { kind: 'sheet', recording, number: 2 },
    ] as const) {
      expect(errorIn(await fetchMedia(target)), mediaPath(target)).toMatchObject({
        status: 404,
        type: 'application/json',
        code: 'not-found',
      });
    }
    await expect(client.playback.plan({ recording: unknown })).rejects.toMatchObject({ code: 'not-found' });
    expect((await fetchPath('/media/segment/x/1')).status).toBe(404);
    expect((await fetchPath(mediaPath({ kind: 'segment', recording, number: 0 }), {}, 'DELETE')).status).toBe(405);
    expect((await fetchPath(mediaPath({ kind: 'recording', recording }), { Authorization: '' })).status).toBe(401);
  });
});

describe('when something is wrong', () => {
  test('a replaced file is never served under the old name, nor is what was made of it', async () => {
    const recording = await imported('replaced.avi', (path) =>
      videos.makeVideo(path, { codec: 'mpeg4', firstNumber: 400 }),
    );
    const segment = { kind: 'segment', recording, number: 0 } as const;
    expect((await fetchMedia(segment)).status).toBe(200);
    const path = join(archive, 'replaced.avi');
    await videos.makeVideo(path, { codec: 'mpeg4', firstNumber: 500 });
    await utimes(path, new Date(), new Date(Date.now() - 60_000));
    for (const target of [segment, { kind: 'recording', recording }] as const) {
      expect(errorIn(await fetchMedia(target))).toMatchObject({ status: 422, code: 'file-unreadable' });
    }
    await expect(client.playback.plan({ recording })).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('a file that ends its worker fails with the reason, at once the next time, and the core goes on', async () => {
    const before = await client.core.info();
    const recording = await imported('crash-make-media.avi', (path) =>
      videos.makeVideo(path, { codec: 'mpeg4', firstNumber: 600 }),
    );
    expect(await client.playback.plan({ recording })).toMatchObject({ kind: 'segments' });
    const target = { kind: 'segment', recording, number: 0 } as const;
    const crashed = {
      status: 502,
      type: 'application/json',
      code: 'worker-crashed',
      message: expect.stringMatching(/make-media/),
    };
    expect(errorIn(await fetchMedia(target))).toMatchObject(crashed);
    const startedAt = performance.now();
    expect(errorIn(await fetchMedia(target))).toMatchObject(crashed);
    // Two starts of a worker take far longer.
    expect(performance.now() - startedAt).toBeLessThan(300);
    expect(await client.core.info()).toMatchObject({ pid: before.pid });
  });

  test('a file that hangs its worker is given up', async () => {
    const recording = await imported('hang-plan-playback.avi', (path) =>
      videos.makeVideo(path, { codec: 'mjpeg', firstNumber: 700 }),
    );
    await expect(client.playback.plan({ recording })).rejects.toMatchObject({ code: 'worker-timeout' });
  });

  test('a core that ends while something is made ends the request at once, and its workers', async () => {
    const recording = await imported('hang-make-media.avi', (path) =>
      videos.makeVideo(path, { codec: 'mpeg4', firstNumber: 800 }),
    );
    await client.playback.plan({ recording });
    const pid = readHolder(workspace.dataFolder)?.pid ?? 0;
    const workers = hasProc ? childrenOf(pid) : [];
    expect(workers.length > 0).toBe(hasProc);
    const asked = fetchMedia({ kind: 'segment', recording, number: 0 }).catch((error: unknown) => error);
    // The worker hangs in it, and nothing else can be done by it meanwhile.
    const behind = fetchMedia({ kind: 'segment', recording, number: 1 }).catch((error: unknown) => error);
    await client.core.shutdown();
    expect(await Promise.all([asked, behind])).toEqual([expect.any(Error), expect.any(Error)]);
    await until(() => ![pid, ...workers].some(isAlive));
    client.close();
    client = await connect();
  });

  test('who watches does not wait behind a scan', async () => {
    const watched = await imported('watched.avi', (path) => videos.makeVideo(path, { codec: 'mpeg4', frames: 60 }));
    const hanging = await imported('hang-triage.avi', (path) => videos.makeVideo(path, { codec: 'mjpeg', frames: 60 }));
    await client.settings.set({ settings: { workers: 1 } });
    const { job } = await client.scan.start({ policy: 'rules', recordings: [hanging] });
    const scan = async () => (await client.jobs.list()).items.find(({ id }) => id === job.id)?.state;
    await until(async () => (await scan()) === 'running');
    expect((await fetchMedia({ kind: 'segment', recording: watched, number: 0 })).status).toBe(200);
    expect(await scan()).toBe('running');
    await client.jobs.cancel({ job: job.id });
  });
});

const footage = ['events', 'normal'].map((name) => join(shared, name));
const isThere = footage.every((folder) => existsSync(folder));
describe('real footage', () => {
  test('every recording has a plan and gives segments, a sheet and a picture (skipped without the footage)', async (context) => {
    if (!isThere) return context.skip('shared/data is not on this machine');
    const plans: Record<string, string> = {};
    for (const folder of footage) {
      for (const name of (await readdir(folder)).filter((each) => /\.(mp4|avi)$/.test(each))) {
        const own = join(archive, `real-${name}`);
        await copyFile(join(folder, name), own);
        const recording = await importFile(own);
        const plan = await client.playback.plan({ recording });
        plans[basename(name)] = plan.kind;
        const segments = Math.ceil(plan.seconds / 4);
        for (const number of new Set([0, segments - 1])) {
          const { status, body } = await fetchMedia({ kind: 'segment', recording, number });
          expect([name, number, status]).toEqual([name, number, 200]);
          await writeFile(join(workspace.root, 'real.mp4'), body);
          await using reader = await openVideo(join(workspace.root, 'real.mp4'));
          const length = Math.min(4, plan.seconds - number * 4);
          expect([name, number, reader.info.seconds]).toEqual([name, number, expect.closeTo(length, 4)]);
        }
        expect((await fetchMedia({ kind: 'sheet', recording, number: 0 })).status).toBe(200);
        expect((await fetchMedia({ kind: 'picture', recording, milliseconds: 1000, width: 320 })).status).toBe(200);
      }
    }
    expect(plans).toMatchObject({ 'vtest.avi': 'segments', 'car-detection.mp4': 'original' });
  });
});
