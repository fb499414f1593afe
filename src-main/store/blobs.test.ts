/** Blobs: named by content, whole or absent. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Blobs, openBlobs } from './blobs.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let blobs: Blobs;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-blobs-'));
  blobs = openBlobs(folder.path);
});
afterEach(() => folder.remove());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const asideNames = () => readdirSync(path.join(folder.path, 'aside'));

it('gives back what was put, under the hash of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      const hash = await blobs.put(bytes);
      expect(hash).toBe(sha256(bytes));
      expect(await blobs.has(hash)).toBe(true);
      expect(Buffer.from(await blobs.read(hash)).equals(bytes)).toBe(true);
    }),
    { numRuns: 20, seed: 20260105 },
  );
  expect(asideNames()).toEqual([]);
});

it('takes over a file that a worker wrote, and drops one that is there already', async () => {
  const first = blobs.asidePath();
  writeFileSync(first, 'seen');
  const hash = await blobs.adopt(first);
  const second = path.join(folder.path, 'elsewhere');
  writeFileSync(second, 'seen');
  expect(await blobs.adopt(second)).toBe(hash);
  expect([first, second].map((file) => existsSync(file))).toEqual([false, false]);
  expect(readFileSync(blobs.pathOf(hash), 'utf8')).toBe('seen');
});

it('stores the same bytes that several put at once', async () => {
  const bytes = new Uint8Array(100_000).fill(7);
  const hashes = await Promise.all(Array.from({ length: 8 }, () => blobs.put(bytes)));
  expect(new Set(hashes).size).toBe(1);
  expect(asideNames()).toEqual([]);
});

it('says that a blob is gone', async () => {
  const hash = await blobs.put(new Uint8Array([1]));
  await blobs.remove(hash);
  await blobs.remove(hash);
  expect(await blobs.has(hash)).toBe(false);
  await expect(blobs.read(hash)).rejects.toMatchObject({ code: 'not-found' });
});

it('makes no path of what is no hash', async () => {
  expect(() => blobs.pathOf('../../etc/passwd')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  expect(() => blobs.pathOf('A'.repeat(64))).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
});

it('clears away what an earlier process left unfinished', () => {
  writeFileSync(blobs.asidePath(), 'half');
  openBlobs(folder.path);
  expect(asideNames()).toEqual([]);
});

it('fails with the file’s name for a file that is not there', async () => {
  await expect(blobs.adopt(path.join(folder.path, 'missing'))).rejects.toThrow('missing');
  expect(asideNames()).toEqual([]);
});
