/** Footage and stored data that change behind the program's back: it says so, or makes again what can be made. */
import { copyFile, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { createWorkspace, killAndWait, type Workspace } from '../support/cli.ts';

let workspace: Workspace;
let file: string;
let other: string;

beforeEach(async () => {
  workspace = await createWorkspace();
  file = await commotion(join(workspace.root, 'camera.mp4'), { seconds: 8, from: 3, to: 6 });
  const elsewhere = join(workspace.root, 'elsewhere');
  await mkdir(elsewhere);
  other = await commotion(join(elsewhere, 'other.mp4'), { seconds: 8, from: 0, to: 0, seed: 2 });
});
afterEach(() => workspace[Symbol.asyncDispose]());

const recordings = (lines: readonly Readonly<Record<string, unknown>>[]) =>
  lines.filter((line) => line['type'] === 'recording');

test('a replaced file is not looked at under the name of what it held', async () => {
  await workspace.cli(['import', file]);
  await copyFile(other, file);
  await utimes(file, new Date(), new Date(Date.now() - 60_000));
  for (const args of [['scan'], ['scan', '--again']]) {
    const { lines } = await workspace.cli([...args, '--json']);
    expect(recordings(lines)).toMatchObject([{ status: 'unreadable', reason: expect.stringMatching(/changed/) }]);
  }
  // Named again it is imported, as the recording that it is now.
  const { lines } = await workspace.cli(['scan', file, '--json']);
  expect(recordings(lines)).toMatchObject([{ status: 'scanned' }]);
});

test('a file that is gone is said to be gone, also with --again', async () => {
  await workspace.cli(['scan', file]);
  await rm(file);
  for (const args of [['scan'], ['scan', '--again']]) {
    const { lines } = await workspace.cli([...args, '--json']);
    expect(recordings(lines)).toMatchObject([{ status: 'unreadable', reason: expect.stringMatching(/gone/) }]);
  }
});

test('damaged and missing blobs are made again', async () => {
  const first = await workspace.cli(['scan', file, '--json']);
  const pid = await workspace.corePid();
  if (pid !== null) await killAndWait(pid);
  const blobs = join(workspace.dataFolder, 'blobs');
  const names = (await readdir(blobs, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(names.length).toBeGreaterThan(2);
  for (const [index, entry] of names.entries()) {
    const path = join(entry.parentPath, entry.name);
    if (index % 2 === 0) await writeFile(path, 'not what it was');
    else await rm(path);
  }
  const again = await workspace.cli(['scan', file, '--again', '--json']);
  expect(again.code).toBe(0);
  // A trajectory tells how long it took, so its hash is another one.
  const flags = (lines: typeof again.lines) =>
    lines
      .filter((line) => line['type'] === 'flag')
      .map(({ id, start, end, score, evidence }) => ({ id, start, end, score, evidence }));
  expect(flags(again.lines)).toEqual(flags(first.lines));
  expect(flags(again.lines)).toHaveLength(1);
});

test('a verdict outside the recording, or of an impossible class, is refused', async () => {
  const { lines } = await workspace.cli(['scan', file, '--json']);
  const flag = String(lines.find((line) => line['type'] === 'flag')?.['id']);
  for (const wrong of [
    ['--end', '99999'],
    ['--start', '9', '--end', '8'],
    ['--class', 'No Class!'],
  ]) {
    const { code } = await workspace.cli(['verdict', flag, 'confirm', ...wrong]);
    expect(code, wrong.join(' ')).toBe(2);
  }
  const right = await workspace.cli(['verdict', flag.slice(0, 12), 'confirm', '--start', '3', '--class', 'forklift']);
  expect(right.stdout).toMatch(/confirm as forklift, 0:03\.0/);
});
