import { mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/index.ts';
import { requireImported } from './source-file.ts';

let folder: string;
let path: string;
let store: Pick<Store, 'recordings'>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-source-'));
  path = join(folder, 'clip.mp4');
  await writeFile(path, 'content');
  const { size, mtimeMs } = await stat(path);
  const known = { recording: 'a', bytes: size, mtimeMs: Math.trunc(mtimeMs) };
  store = { recordings: { at: () => known } as unknown as Store['recordings'] };
});
afterEach(() => rm(folder, { recursive: true }));

test('the imported file is let through', async () => {
  await expect(requireImported(store, 'a', path)).resolves.toBeUndefined();
});

test('another recording, another size and another time of change are refused', async () => {
  const changed = { code: 'file-unreadable', message: expect.stringContaining('changed'), details: { path } };
  await expect(requireImported(store, 'b', path)).rejects.toMatchObject(changed);
  await utimes(path, new Date(), new Date(0));
  await expect(requireImported(store, 'a', path)).rejects.toMatchObject(changed);
  await writeFile(path, 'longer content');
  await expect(requireImported(store, 'a', path)).rejects.toMatchObject(changed);
});

test('what cannot be reached is told apart from what is gone', async () => {
  await expect(requireImported(store, 'a', join(path, 'inside'))).rejects.toMatchObject({ code: 'not-found' });
  await rm(path);
  await expect(requireImported(store, 'a', path)).rejects.toMatchObject({ code: 'not-found' });
  await symlink('clip.mp4', path);
  await expect(requireImported(store, 'a', path)).rejects.toMatchObject({ code: 'file-unreadable' });
});
