import { mkdir, mkdtempDisposable, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExportResults } from './export-results.ts';

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
beforeEach(async () => void (folder = await mkdtempDisposable(join(tmpdir(), 'anom-pi-results-'))));
afterEach(() => folder.remove());
const day = 24 * 3600 * 1000;

test('a file that is kept is found by its job, and goes after a day; what became of it is still told', async () => {
  let now = Date.now();
  const results = createExportResults(join(folder.path, 'exports'), () => now);
  const path = join(await results.folderFor('one'), 'a.zip');
  await writeFile(path, 'x');
  await results.put('one', { path, isFolder: false, notes: ['Encoded anew.'] });
  expect(await results.fileOf('one')).toBe(path);
  now += day + 60_000;
  await results.folderFor('two');
  expect(await results.find('one')).toEqual({ path, isFolder: false, notes: ['Encoded anew.'] });
  await expect(results.fileOf('one')).rejects.toMatchObject({ code: 'not-found' });
});

test('a file that was written elsewhere is told of, and not handed out', async () => {
  const results = createExportResults(join(folder.path, 'exports'), Date.now);
  const path = join(folder.path, 'own.zip');
  await writeFile(path, 'x');
  await results.put('one', { path, isFolder: false, notes: [] });
  expect(await results.find('one')).toMatchObject({ path });
  await expect(results.fileOf('one')).rejects.toMatchObject({ code: 'not-found' });
  expect(await results.find('none')).toBeNull();
});

test('what is told of exports goes after three months', async () => {
  const now = Date.now();
  const results = createExportResults(folder.path, () => now);
  await results.put('old', { path: '/gone', isFolder: false, notes: [] });
  const then = new Date(now - 91 * day);
  await utimes(join(folder.path, 'old'), then, then);
  await mkdir(join(folder.path, 'new'));
  await results.folderFor('other');
  expect(await results.find('old')).toBeNull();
});
