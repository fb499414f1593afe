/** Whole files: there with all of their bytes, or not at all, and nothing beside them. */
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from './whole-file.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let file: string;
beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-whole-'));
  file = path.join(folder.path, 'clip.mp4');
});
afterEach(() => folder.remove());

it('takes its name when it is written, and what it was made with is told before', async () => {
  const told: unknown[] = [];
  const made = await writeWhole(
    file,
    async (aside) => {
      expect([path.dirname(aside), path.extname(aside)]).toEqual([folder.path, '.mp4']);
      await writeFile(aside, 'all of it');
      return 42;
    },
    (result) => told.push(result, readdirSync(folder.path).includes('clip.mp4')),
  );
  expect([made, told, readdirSync(folder.path)]).toEqual([42, [42, false], ['clip.mp4']]);
  expect(readFileSync(file, 'utf8')).toBe('all of it');
});

it('is left as it was where writing, or what comes before the name, fails', async () => {
  writeFileSync(file, 'before');
  const half = async (aside: string) => {
    await writeFile(aside, 'half');
    throw new RangeError('no more');
  };
  await expect(writeWhole(file, half)).rejects.toThrow('no more');
  const refuse = () => {
    throw new RangeError('not entered');
  };
  await expect(writeWhole(file, (aside) => writeFile(aside, 'all'), refuse)).rejects.toThrow('not entered');
  expect([readFileSync(file, 'utf8'), readdirSync(folder.path)]).toEqual(['before', ['clip.mp4']]);
});

it('clears away what a killed process left of it, and nothing else', async () => {
  // No process has this number: the largest that Linux allows is 4194304.
  const left = [
    '.clip.4194305-1.partial.mp4',
    `.clip.${process.pid}-900.partial.mp4`,
    '.clip.4194305-1.partial.zip',
    '.clip.mp4',
  ];
  for (const name of left) writeFileSync(path.join(folder.path, name), 'half');
  await writeWhole(file, (aside) => writeFile(aside, 'all'));
  expect(readdirSync(folder.path).toSorted()).toEqual([...left.slice(1), 'clip.mp4'].toSorted());
});

it('says what is wrong with its place', async () => {
  const nowhere = path.join(folder.path, 'none', 'clip.mp4');
  await expect(writeWhole(nowhere, (aside) => writeFile(aside, ''))).rejects.toMatchObject({ code: 'not-found' });
  const full = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
  await expect(writeWhole(file, full)).rejects.toMatchObject({ code: 'disk-full', details: { path: file } });
});
