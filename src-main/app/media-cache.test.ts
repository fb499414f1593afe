import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { createMediaCache, type MakeFiles, type MediaCache } from './media-cache.ts';

let root: string;
let cache: MediaCache;
let limit: number;
let made: string[];
let log: string[];
const patient = new AbortController().signal;
const open = () =>
  createMediaCache({ folder: join(root, 'form-1'), limit: () => limit, log: (line) => log.push(line) });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'anom-pi-cache-'));
  [limit, made, log] = [1000, [], []];
  cache = open();
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Makes a file of `bytes` bytes under `key`. */
const fileOf =
  (key: string, bytes = 100): MakeFiles =>
  async (keep) => {
    made.push(key);
    const path = join(root, 'form-1', `aside-${made.length}`);
    await writeFile(path, key.padEnd(bytes, '.'));
    await keep(key, path);
  };

async function read(key: string, make: MakeFiles = fileOf(key)): Promise<string> {
  using held = await cache.get(key, make, patient);
  return (await readFile(held.path, 'utf8')).replaceAll('.', '');
}
const files = async () =>
  (await readdir(join(root, 'form-1'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();

describe('what is kept', () => {
  test('a file is made once, and is there after a restart', async () => {
    expect(await read('a/1')).toBe('a/1');
    expect(await read('a/1')).toBe('a/1');
    cache = open();
    expect(await read('a/1')).toBe('a/1');
    expect(made).toEqual(['a/1']);
  });

  test('what was not used for longest goes first', async () => {
    for (const key of ['a', 'b', 'c']) await read(key, fileOf(key, 400));
    await vi.waitFor(async () => expect(await files()).toEqual(['b', 'c']));
    await read('b');
    await read('d', fileOf('d', 400));
    await vi.waitFor(async () => expect(await files()).toEqual(['b', 'd']));
    expect(made).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a restart knows what was used last, and a lower limit holds at once', async () => {
    for (const key of ['old', 'new']) await read(key, fileOf(key, 400));
    await utimes(join(root, 'form-1', 'old'), new Date(), new Date(Date.now() - 3_600_000));
    limit = 900;
    cache = open();
    // Its use is noted in the file, since the last one was long ago.
    await read('old');
    await utimes(join(root, 'form-1', 'new'), new Date(), new Date(Date.now() - 1_800_000));
    limit = 500;
    cache = open();
    await read('old');
    await vi.waitFor(async () => expect(await files()).toEqual(['old']));
    expect(made).toEqual(['old', 'new']);
  });

  test('what is in use stays, even beyond the limit, and goes when it is not', async () => {
    limit = 0;
    const held = await cache.get('a', fileOf('a'), patient);
    await read('b');
    expect(await readFile(held.path, 'utf8')).toContain('a');
    held[Symbol.dispose]();
    held[Symbol.dispose]();
    await vi.waitFor(async () => expect(await files()).toEqual([]));
  });

  test('what is made anew while it is in use goes when it is not', async () => {
    const both: MakeFiles = async (keep, signal) => {
      await fileOf('plan')(keep, signal);
      await fileOf('times')(keep, signal);
    };
    const held = await cache.get('plan', both, patient);
    await cache.forget('times');
    await read('times', both);
    expect(made).toEqual(['plan', 'times', 'plan', 'times']);
    limit = 0;
    await cache.forget('times');
    expect(await files()).toEqual(['plan']);
    held[Symbol.dispose]();
    await vi.waitFor(async () => expect(await files()).toEqual([]));
  });

  test('a use that a wrong clock put into the future is put right', async () => {
    await read('a');
    const path = join(root, 'form-1', 'a');
    await utimes(path, new Date(), new Date(Date.now() + 365 * 24 * 3_600_000));
    cache = open();
    await read('a');
    expect((await stat(path)).mtimeMs).toBeLessThanOrEqual(Date.now());
  });

  test('a folder that cannot be used is tried again by the next who asks', async () => {
    await writeFile(join(root, 'blocked'), 'a file where the folder belongs');
    cache = createMediaCache({
      folder: join(root, 'blocked', 'form-1'),
      limit: () => limit,
      log: (line) => log.push(line),
    });
    const make: MakeFiles = async (keep) => {
      await writeFile(join(root, 'aside'), 'a');
      await keep('a', join(root, 'aside'));
    };
    for (const asked of [read('a', make), read('a', make)]) await expect(asked).rejects.toThrow('blocked');
    await rm(join(root, 'blocked'));
    expect(await Promise.all([read('a', make), read('a', make)])).toEqual(['a', 'a']);
  });

  test('what was made in another form is removed', async () => {
    await mkdir(join(root, 'form-0'));
    await writeFile(join(root, 'form-0', 'a'), 'of another version');
    expect(await read('a')).toBe('a');
    expect(await readdir(root)).toEqual(['form-1']);
  });

  test('files that somebody deleted are made again', async () => {
    await read('a/1');
    await rm(join(root, 'form-1'), { recursive: true });
    await mkdir(join(root, 'form-1'));
    expect(await read('a/1')).toBe('a/1');
    expect(made).toEqual(['a/1', 'a/1']);
  });

  test('one work may give several files', async () => {
    const both: MakeFiles = async (keep, signal) => {
      await fileOf('plan')(keep, signal);
      await fileOf('times')(keep, signal);
    };
    expect(await read('times', both)).toBe('times');
    expect(await read('plan', both)).toBe('plan');
    expect(made).toEqual(['plan', 'times']);
  });

  test('what is forgotten is made anew', async () => {
    await read('a');
    await cache.forget('a');
    await read('a');
    expect(made).toEqual(['a', 'a']);
  });
});

describe('what is being made', () => {
  test('two who ask at once get the same', async () => {
    expect(await Promise.all([read('a'), read('a'), read('b')])).toEqual(['a', 'a', 'b']);
    expect(made.toSorted()).toEqual(['a', 'b']);
  });

  test('a failure is told to all who wait, and is not kept', async () => {
    const failing: MakeFiles = () => Promise.reject(new AppError('video-damaged', 'It is damaged.'));
    const both = [read('a', failing), read('a', failing)];
    for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected');
    expect(await read('a')).toBe('a');
  });

  test('it is stopped when the last one who waits goes away, and not before', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const stopped = Promise.withResolvers<void>();
    const endless: MakeFiles = (_keep, signal) =>
      new Promise((_resolve, reject) => {
        made.push('begun');
        signal.addEventListener('abort', () => {
          stopped.resolve();
          reject(new AppError('cancelled', 'Stopped.'));
        });
      });
    const asked = [first, second].map(({ signal }) => cache.get('a', endless, signal).catch((error: unknown) => error));
    await vi.waitFor(() => expect(made).toEqual(['begun']));
    first.abort();
    expect(await asked[0]).toMatchObject({ code: 'cancelled' });
    let isStopped = false;
    void stopped.promise.then(() => (isStopped = true));
    await read('b');
    expect(isStopped).toBe(false);
    second.abort();
    // Who comes now does not get what is being stopped.
    expect(await read('a')).toBe('a');
    expect(await asked[1]).toMatchObject({ code: 'cancelled' });
    await stopped.promise;
  });

  test('nothing is begun for who went away while the file was looked for', async () => {
    await read('a');
    await rm(join(root, 'form-1', 'a'));
    const abort = new AbortController();
    const asked = cache.get('a', fileOf('a'), abort.signal);
    // Long enough for the search to be under way, too short for its end: that takes a turn of the event loop.
    for (let step = 0; step < 5; step++) await Promise.resolve();
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(made).toEqual(['a']);
  });

  test('a full disk gets some of the cache back, and the file is made', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await read(key);
    let attempts = 0;
    const tight: MakeFiles = async (keep, signal) => {
      if (attempts++ === 0) throw new AppError('disk-full', 'The disk is full.');
      await fileOf('e')(keep, signal);
    };
    expect(await read('e', tight)).toBe('e');
    expect(await files()).toEqual(['c', 'd', 'e']);
    expect(log).toHaveLength(1);
  });

  test('a disk that stays full is said to be full', async () => {
    await read('a');
    const full: MakeFiles = () => Promise.reject(new AppError('disk-full', 'The disk is full.'));
    await expect(read('b', full)).rejects.toMatchObject({ code: 'disk-full' });
  });
});
