/** The index of cached frames: against a plain map, and what its eviction takes and leaves. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../open-store.ts';
import type { CachedFrame } from './frame-cache.ts';

const RECORDINGS = ['a'.repeat(64), 'b'.repeat(64)] as const;
let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-frames-'));
  store = openStore(folder.path);
  store.cameras.ensure('gate');
  for (const id of RECORDINGS) {
    store.recordings.add(
      {
        id,
        camera: 'gate',
        bytes: 1,
        addedAtMs: 0,
        clock: { utcMs: null, source: 'none', text: '', local: null },
        video: { seconds: 1, width: 1, height: 1, rotation: 0, frameRate: null, codec: 'h264', container: 'mp4' },
      },
      { path: `/${id}`, bytes: 1, mtimeMs: 0 },
    );
  }
});
afterEach(() => {
  store.close();
  folder.remove();
});

const blob = (content: string) => store.blobs.put(Buffer.from(content));
const frame = (timeMs: number) => ({ timeMs, offset: timeMs, length: 1 });

it('finds what a plain map would, by times and by stretch', () => {
  const put = fc.record({
    recording: fc.constantFrom(...RECORDINGS),
    key: fc.constantFrom('k1', 'k2'),
    blob: fc.constantFrom('1'.repeat(64), '2'.repeat(64), '3'.repeat(64)),
    times: fc.uniqueArray(fc.nat(60), { maxLength: 10 }),
  });
  const model = new Map<string, CachedFrame>();
  fc.assert(
    fc.property(put, fc.array(fc.nat(60), { maxLength: 10 }), (entry, asked) => {
      const { recording, key, times } = entry;
      store.frameCache.put(recording, key, { hash: entry.blob, bytes: 1, frames: times.map(frame) }, 0);
      for (const time of times) model.set(`${recording}/${key}/${time}`, { ...frame(time), blob: entry.blob });
      const expected = (wanted: number[]) =>
        [...new Set(wanted)]
          .toSorted((a, b) => a - b)
          .flatMap((time) => model.get(`${recording}/${key}/${time}`) ?? []);
      expect(store.frameCache.find(recording, key, asked, 0)).toEqual(expected(asked));
      const stretch = Array.from({ length: 20 }, (_, index) => 20 + index);
      expect(store.frameCache.between(recording, key, 20, 40, 0)).toEqual(expected(stretch));
    }),
    { numRuns: 60, seed: 20260108 },
  );
});

it('evicts the blobs that were used least lately, rows and files', async () => {
  const [recording] = RECORDINGS;
  const hashes = await Promise.all(['one', 'two', 'six'].map(blob));
  hashes.forEach((hash, index) => {
    store.frameCache.put(recording, 'k', { hash, bytes: 3, frames: [frame(index)] }, index);
  });
  expect(store.frameCache.bytes()).toBe(9);
  store.frameCache.find(recording, 'k', [0], 100);
  expect(await store.frameCache.evict(6)).toEqual({ blobs: 1, bytes: 3 });
  const left = store.frameCache.between(recording, 'k', 0, 10, 200).map(({ blob: hash }) => hash);
  expect(left).toEqual([hashes[0], hashes[2]]);
  expect(await Promise.all(hashes.map((hash) => store.blobs.has(hash)))).toEqual([true, false, true]);
  expect(await store.frameCache.evict(6)).toEqual({ blobs: 0, bytes: 0 });
});

it('leaves a file that something else names', async () => {
  const [recording] = RECORDINGS;
  const hash = await blob('shared');
  store.triage.put(recording, 'v1', hash);
  store.frameCache.put(recording, 'k', { hash, bytes: 6, frames: [frame(0)] }, 0);
  expect(await store.frameCache.evict(0)).toEqual({ blobs: 1, bytes: 6 });
  expect(await store.blobs.has(hash)).toBe(true);
  expect(store.frameCache.find(recording, 'k', [0], 1)).toEqual([]);
});

it('remembers uses over a restart', async () => {
  const [recording] = RECORDINGS;
  const [first, second] = await Promise.all(['one', 'two'].map(blob));
  store.frameCache.put(recording, 'k', { hash: first ?? '', bytes: 3, frames: [frame(0)] }, 1);
  store.frameCache.put(recording, 'k', { hash: second ?? '', bytes: 3, frames: [frame(1)] }, 2);
  store.frameCache.find(recording, 'k', [0], 3);
  store.close();
  store = openStore(folder.path);
  await store.frameCache.evict(3);
  expect(store.frameCache.between(recording, 'k', 0, 10, 4).map(({ timeMs }) => timeMs)).toEqual([0]);
});
