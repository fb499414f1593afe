/** Importing folders of real files into a real store: nothing twice, nothing lost, one clear line for what cannot be read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempDisposableSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFolder, type ImportedFile, type ImportOptions, type ProbedVideo } from '../../src-main/archive/index.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { openStore, type Store } from '../../src-main/store/index.ts';

let temporary: ReturnType<typeof mkdtempDisposableSync>;
let archive: string;
let store: Store;
let probed: string[];

beforeEach(() => {
  temporary = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-import-'));
  archive = path.join(temporary.path, 'archive');
  mkdirSync(archive);
  store = openStore(path.join(temporary.path, 'data'));
  probed = [];
});
afterEach(() => {
  store.close();
  temporary.remove();
});

const MTIME = new Date('2024-05-01T12:00:00Z');
const video: ProbedVideo = {
  seconds: 60,
  width: 640,
  height: 360,
  rotation: 0,
  frameRate: 25,
  codec: 'h264',
  container: 'mp4',
  createdAt: null,
};

/** Stands for the worker's probe: a file that begins with `!code` fails with that code. */
async function probe(file: string): Promise<ProbedVideo> {
  probed.push(path.basename(file));
  const [, code] = /^!([a-z-]+)/.exec(readFileSync(file, 'utf8')) ?? [];
  if (code === 'absurd') return { ...video, seconds: NaN };
  if (code === 'video-damaged' || code === 'worker-crashed') throw new AppError(code, `It fails with ${code}.`);
  return video;
}

function write(name: string, content: string): string {
  const file = path.join(archive, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, MTIME, MTIME);
  return file;
}

async function run(options: Partial<ImportOptions> = {}) {
  const files: ImportedFile[] = [];
  const summary = await importFolder({
    folders: [archive],
    probe,
    store,
    timeZone: 'Europe/Berlin',
    onFile: (file) => files.push(file),
    ...options,
  });
  const lines = files
    .map((file) => `${path.relative(archive, file.path)}: ${file.outcome === 'unreadable' ? file.code : file.outcome}`)
    .toSorted();
  return { summary, lines, files };
}

it('enters recordings with their cameras and clocks', async () => {
  const file = write('Gate/Gate_20240102_030405.mp4', 'one');
  const { summary } = await run();
  expect(summary).toMatchObject({ added: 1, unreadable: 0 });
  expect(store.recordings.list()).toMatchObject([
    {
      path: file,
      camera: 'Gate',
      bytes: 3,
      status: 'ready',
      clock: { utcMs: Date.parse('2024-01-02T02:04:05Z'), source: 'file-name', text: '20240102_030405' },
      video: { seconds: 60, width: 640, codec: 'h264' },
    },
  ]);
});

it('reads the clock in the zone and with the correction of the camera', async () => {
  store.cameras.ensure('Gate');
  store.cameras.setClock('Gate', { clockOffsetMs: 1000, timeZone: 'Asia/Tokyo' });
  write('Gate/Gate_20240102_030405.mp4', 'one');
  await run();
  expect(store.recordings.list()[0]?.clock.utcMs).toBe(Date.parse('2024-01-01T18:04:06Z'));
});

it('opens nothing that is unchanged, and enters nothing twice', async () => {
  write('a.mp4', 'one');
  write('b/c.mkv', 'two');
  await run();
  const before = store.recordings.list();
  probed = [];
  const { summary, lines } = await run();
  expect(lines).toEqual(['a.mp4: unchanged', 'b/c.mkv: unchanged']);
  expect([...summary.recordings].toSorted()).toEqual(before.map(({ id }) => id).toSorted());
  expect(probed).toEqual([]);
  expect(store.recordings.list()).toEqual(before);
});

it('recognises what was moved, copied and replaced', async () => {
  const first = write('a.mp4', 'one');
  const second = write('b.mp4', 'two');
  await run();
  probed = [];
  mkdirSync(path.join(archive, 'new'));
  renameSync(first, path.join(archive, 'new', 'a.mp4'));
  copyFileSync(second, path.join(archive, 'copy.mp4'));
  expect((await run()).lines).toEqual(['b.mp4: unchanged', 'copy.mp4: duplicate', 'new/a.mp4: moved']);
  expect(probed).toEqual([]);
  expect(store.recordings.list()).toHaveLength(2);
  expect(store.recordings.at(first)).toBeUndefined();

  write('b.mp4', 'three, and longer');
  expect((await run()).lines).toContain('b.mp4: added');
  expect(store.recordings.list()).toHaveLength(3);
  rmSync(path.join(archive, 'copy.mp4'));
  await run();
  const gone = store.recordings.list().filter(({ status }) => status === 'unreadable');
  expect(gone).toMatchObject([{ path: path.join(archive, 'copy.mp4') }]);
  write('back.mp4', 'two');
  expect((await run()).lines).toContain('back.mp4: moved');
  expect(store.recordings.list().map(({ status }) => status)).not.toContain('unreadable');
});

it('forgets nothing when the whole folder is missing', async () => {
  write('a.mp4', 'one');
  await run();
  renameSync(archive, `${archive}-unplugged`);
  const { lines } = await run();
  expect(lines).toEqual([': not-found']);
  expect(store.recordings.pathsUnder(archive, path.sep)).toHaveLength(1);
  expect(store.unreadableFiles.list()).toEqual([]);
});

describe('files that cannot be read', () => {
  it('are listed with the reason, do not stop the rest and are tried again', async () => {
    write('bad.mp4', '!video-damaged');
    write('empty.mp4', '');
    write('good.mp4', 'one');
    const absurd = write('absurd.mp4', '!absurd');
    expect((await run()).lines).toEqual([
      'absurd.mp4: video-damaged',
      'bad.mp4: video-damaged',
      'empty.mp4: video-damaged',
      'good.mp4: added',
    ]);
    rmSync(absurd);
    await run();
    expect(store.unreadableFiles.list()).toMatchObject([
      { path: path.join(archive, 'bad.mp4'), code: 'video-damaged', reason: 'It fails with video-damaged.' },
      { path: path.join(archive, 'empty.mp4'), reason: 'It is empty.' },
    ]);
    write('empty.mp4', 'two');
    rmSync(path.join(archive, 'bad.mp4'));
    expect((await run()).lines).toEqual(['empty.mp4: added', 'good.mp4: unchanged']);
    expect(store.unreadableFiles.list()).toEqual([]);
  });

  it('that crashed a worker are not tried again until they change or somebody asks', async () => {
    write('hostile.mp4', '!worker-crashed');
    await run();
    expect((await run()).lines).toEqual(['hostile.mp4: worker-crashed']);
    expect(probed).toEqual(['hostile.mp4']);
    await run({ again: true });
    expect(probed).toHaveLength(2);
    write('hostile.mp4', 'mended');
    expect((await run()).lines).toEqual(['hostile.mp4: added']);
  });

  it('that were recordings before are no longer taken for them', async () => {
    const file = write('a.mp4', 'one');
    await run();
    write('a.mp4', '!video-damaged');
    await run();
    expect(store.recordings.at(file)).toBeUndefined();
    expect(store.recordings.list()).toMatchObject([{ status: 'unreadable' }]);
  });

  it('include folders without permission, past which everything else goes on', async () => {
    const code = `
      import { walkVideoFiles } from ${JSON.stringify(new URL('../../src-main/archive/index.ts', import.meta.url).href)};
      for await (const found of walkVideoFiles([${JSON.stringify(archive)}])) {
        console.log(found.path, found.kind === 'file' ? 'file' : found.error.code);
      }`;
    write('a.mp4', 'one');
    write('closed/b.mp4', 'two');
    write('z.mp4', 'three');
    chmodSync(temporary.path, 0o755);
    chmodSync(path.join(archive, 'closed'), 0);
    // Root may read everything, so the walk runs as nobody there.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...nobody,
    });
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) lines.push(path.relative(archive, line));
    chmodSync(path.join(archive, 'closed'), 0o755);
    expect(lines).toEqual(['a.mp4 file', 'closed permission-denied', 'z.mp4 file']);
  });
});

describe('files that are being written', () => {
  it('are left for the next import when they grow while they are read', async () => {
    const file = write('growing.mp4', 'one');
    const growing = async (each: string) => {
      appendFileSync(file, 'more');
      return probe(each);
    };
    const { files } = await run({ probe: growing });
    expect(files).toMatchObject([{ code: 'file-unreadable', reason: expect.stringContaining('still being written') }]);
    expect(store.recordings.list()).toEqual([]);
    utimesSync(file, MTIME, MTIME);
    expect((await run()).lines).toEqual(['growing.mp4: added']);
    expect(store.unreadableFiles.list()).toEqual([]);
  });

  it('are watched for a while when they were changed just now', async () => {
    const file = write('growing.mp4', 'one');
    const mtimeMs = statSync(file).mtimeMs;
    // The clock says that the file was changed 1 ms ago; it is written to while the import waits for it to settle.
    const child = spawn(process.execPath, [
      '--eval',
      `const { appendFileSync, existsSync } = require('node:fs');
       const timer = setInterval(() => appendFileSync(${JSON.stringify(file)}, 'x'), 5);
       process.stdout.write('writing\\n');`,
    ]);
    await once(child.stdout, 'data');
    const { files } = await run({
      nowMs: () => Math.trunc(Math.max(mtimeMs, statSync(file).mtimeMs)) + 1,
      settleMs: 200,
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(files).toMatchObject([{ code: 'file-unreadable', reason: expect.stringContaining('still being written') }]);
    expect(probed).toEqual([]);
  });
});

it('never writes to what it reads', async () => {
  const file = write('a.mp4', 'one');
  chmodSync(file, 0o444);
  const before = statSync(file, { bigint: true });
  await run();
  const after = statSync(file, { bigint: true });
  expect([after.mtimeNs, after.ctimeNs, after.size, after.ino]).toEqual([
    before.mtimeNs,
    before.ctimeNs,
    before.size,
    before.ino,
  ]);
});

it('probes several files at once and knows how many are to come', async () => {
  for (let number = 0; number < 12; number++) write(`${number}.mp4`, `content ${number}`);
  let inFlight = 0;
  let most = 0;
  const meeting = Promise.withResolvers<void>();
  const progress: number[] = [];
  await run({
    concurrency: 3,
    probe: async (file) => {
      most = Math.max(most, ++inFlight);
      // The first three wait for each other: fewer in flight would never go on.
      if (inFlight === 3) meeting.resolve();
      await meeting.promise;
      inFlight--;
      return probe(file);
    },
    onProgress: ({ done, found }) => {
      expect(found).toBeGreaterThanOrEqual(done);
      progress.push(done);
    },
  });
  expect(most).toBe(3);
  expect(progress).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

it('is cancelled between files and goes on from there', async () => {
  for (let number = 0; number < 6; number++) write(`${number}.mp4`, `content ${number}`);
  const controller = new AbortController();
  const cancelled = run({
    concurrency: 1,
    signal: controller.signal,
    onProgress: ({ done }) => done === 2 && controller.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(store.recordings.list()).toHaveLength(2);
  expect((await run()).summary).toMatchObject({ added: 4, unchanged: 2 });
});

it('enters content once that lies in several places and is met at the same time', async () => {
  for (let number = 0; number < 8; number++) write(`${number}.mp4`, 'the same');
  const { summary } = await run({ concurrency: 4 });
  expect(summary).toMatchObject({ added: 1, duplicates: 7 });
  expect(summary.recordings).toHaveLength(1);
  expect(store.recordings.pathsOf(summary.recordings[0] ?? '')).toHaveLength(8);
});

it('stops at a failure of the store and leaves nothing running', async () => {
  for (let number = 0; number < 6; number++) write(`${number}.mp4`, `content ${number}`);
  const full: ImportOptions['store'] = {
    ...store,
    transaction: () => {
      throw new AppError('disk-full', 'The disk is full.');
    },
  };
  await expect(run({ store: full, concurrency: 2 })).rejects.toMatchObject({ code: 'disk-full' });
  const met = probed.length;
  expect(met).toBeLessThan(6);
  await new Promise((resolve) => setImmediate(resolve));
  expect(probed).toHaveLength(met);
});
