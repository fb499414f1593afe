/** Fingerprints against their definition, and what they can and cannot tell. */
import { createHash } from 'node:crypto';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprint, sha256File } from './fingerprint.ts';

const MIB = 1024 * 1024;
let folder: ReturnType<typeof mkdtempDisposableSync>;
beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-fingerprint-'));
});
afterEach(() => folder.remove());

/** Bytes without a period that a chunk could hide. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 24);
const write = (bytes: Uint8Array) => {
  const file = path.join(folder.path, 'a.mp4');
  writeFileSync(file, bytes);
  return file;
};
const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest('hex');
};

it.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 1, 3 * MIB])(
  'hashes the size and both ends of %i bytes',
  async (size) => {
    const bytes = bytesOf(size);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(size));
    const ends = size <= 2 * MIB ? [bytes] : [bytes.subarray(0, MIB), bytes.subarray(-MIB)];
    expect(await fingerprint(write(bytes))).toEqual({ id: sha256(length, ...ends), bytes: size });
  },
);

it('sees a change at either end and in the size, and not one in the middle, which the full hash sees', async () => {
  const bytes = bytesOf(2 * MIB + 2);
  const { id } = await fingerprint(write(bytes));
  const whole = await sha256File(write(bytes));
  expect(whole).toBe(sha256(bytes));
  const changed = (index: number) => write(bytes.with(index, (bytes[index] ?? 0) ^ 1));
  expect((await fingerprint(changed(0))).id).not.toBe(id);
  expect((await fingerprint(changed(bytes.length - 1))).id).not.toBe(id);
  expect((await fingerprint(write(bytes.subarray(1)))).id).not.toBe(id);
  const middle = changed(MIB);
  expect((await fingerprint(middle)).id).toBe(id);
  expect(await sha256File(middle)).not.toBe(whole);
});

it('tells how far the full hash is, and stops', async () => {
  const file = write(bytesOf(2 * MIB + 5));
  const seen: number[] = [];
  await sha256File(file, { onProgress: (bytes) => seen.push(bytes) });
  expect(seen).toEqual([MIB, 2 * MIB, 2 * MIB + 5]);
  const controller = new AbortController();
  const stopped = sha256File(file, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});

it('says why a file cannot be read', async () => {
  await expect(fingerprint(path.join(folder.path, 'missing.mp4'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(fingerprint(folder.path)).rejects.toMatchObject({ code: 'file-unreadable' });
});
