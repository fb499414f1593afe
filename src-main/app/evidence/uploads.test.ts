import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUploads } from './uploads.ts';

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
beforeEach(async () => void (folder = await mkdtempDisposable(join(tmpdir(), 'anom-pi-uploads-'))));
afterEach(() => folder.remove());
const base64 = (text: string) => Buffer.from(text).toString('base64');

test('pieces become one file, which is gone when it is discarded', async () => {
  const uploads = createUploads(folder.path, () => 0);
  const id = await uploads.receive(undefined, base64('one '));
  expect(await uploads.receive(id, base64('two'))).toBe(id);
  expect(await readFile(uploads.pathOf(id), 'utf8')).toBe('one two');
  await uploads.discard(id);
  expect(await readdir(folder.path)).toEqual([]);
  expect(() => uploads.pathOf(id)).toThrow('not kept any more');
  await expect(uploads.receive(id, base64('more'))).rejects.toMatchObject({ code: 'not-found' });
});

test('what nobody asks for is removed after an hour', async () => {
  let now = 0;
  const uploads = createUploads(folder.path, () => now);
  const old = await uploads.receive(undefined, base64('old'));
  now = 3600_000;
  const fresh = await uploads.receive(undefined, base64('fresh'));
  expect(await readFile(uploads.pathOf(old), 'utf8')).toBe('old');
  now += 1;
  await uploads.receive(fresh, base64('er'));
  expect(() => uploads.pathOf(old)).toThrow('not kept any more');
  expect(await readFile(uploads.pathOf(fresh), 'utf8')).toBe('fresher');
});

test('an id that this program did not give is no path', async () => {
  const uploads = createUploads(folder.path, () => 0);
  expect(() => uploads.pathOf('../../etc/passwd')).toThrow('not kept any more');
});
