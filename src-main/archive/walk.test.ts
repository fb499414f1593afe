/** The walk over real folders: links in circles, program text, hidden folders, and an abort. */
import { mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { walkVideoFiles } from './walk.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-walk-'));
});
afterEach(() => folder.remove());

function write(name: string, content: string | Uint8Array = 'x'): string {
  const file = path.join(folder.path, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function walk(...roots: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { kind, path: each } of walkVideoFiles(roots.length === 0 ? [folder.path] : roots)) {
    found.push(`${kind} ${path.relative(folder.path, each)}`);
  }
  return found;
}

it('finds every extension of a recording, whatever its case, in order of name', async () => {
  const extensions =
    'mp4 mkv avi mov ts m2ts mts dav h264 264 h265 265 hevc mjpeg mjpg mpg mpeg webm wmv asf flv 3gp m4v ogv MP4 Dav';
  const names = extensions.split(' ').map((extension, index) => `${String(index).padStart(2, '0')}.${extension}`);
  const packet = new Uint8Array(188).fill(0xff).with(0, 0x47);
  names.forEach((name) => write(name, packet));
  ['a.txt', 'b.jpg', 'c', 'd.mp4.part', 'e.idx'].forEach((name) => write(name));
  expect(await walk()).toEqual(names.map((name) => `file ${name}`));
});

it('goes down in order and leaves hidden and system folders out, unless they were asked for', async () => {
  [
    'b/2.mp4',
    'b/1.mp4',
    'a/z/0.mp4',
    'c.mp4',
    '.hidden/x.mp4',
    '@eaDir/x.mp4',
    '$RECYCLE.BIN/x.mp4',
    '._c.mp4',
  ].forEach((name) => write(name));
  expect(await walk()).toEqual(['file a/z/0.mp4', 'file b/1.mp4', 'file b/2.mp4', 'file c.mp4']);
  expect(await walk(path.join(folder.path, '.hidden'))).toEqual(['file .hidden/x.mp4']);
});

it('walks each folder once, however links lead around', async () => {
  write('a/1.mp4');
  symlinkSync('..', path.join(folder.path, 'a', 'up'));
  symlinkSync(path.join(folder.path, 'a'), path.join(folder.path, 'again'));
  symlinkSync('loop', path.join(folder.path, 'loop'));
  symlinkSync('nowhere.mp4', path.join(folder.path, 'dangling.mp4'));
  symlinkSync('nowhere', path.join(folder.path, 'dangling'));
  expect(await walk(folder.path, path.join(folder.path, 'a'), folder.path)).toEqual([
    'file a/1.mp4',
    'unreadable dangling.mp4',
    'unreadable loop',
  ]);
});

it('takes a file that was asked for, whatever its name, and once', async () => {
  const odd = write('odd.bin');
  const plain = write('plain.mp4');
  expect(await walk(odd, plain, folder.path)).toEqual(['file odd.bin', 'file plain.mp4']);
});

it('leaves program text alone that shares its extension with video', async () => {
  write('code.ts', 'export const answer = 42; // the “answer”\n');
  write('code.mts', 'import fs from "node:fs";\r\n\tfs;');
  write('video.ts', new Uint8Array(188 * 3).fill(0xff).with(0, 0x47).with(188, 0x47).with(3, 0x10));
  write('empty.ts', '');
  expect(await walk()).toEqual(['file empty.ts', 'file video.ts']);
});

it('reports a root that is not there', async () => {
  const found = [];
  for await (const each of walkVideoFiles([path.join(folder.path, 'missing')])) found.push(each);
  expect(found).toMatchObject([{ kind: 'unreadable', error: { code: 'not-found' } }]);
});

it('ends with a cancellation once it is aborted', async () => {
  write('1.mp4');
  write('2.mp4');
  const controller = new AbortController();
  const walking = walkVideoFiles([folder.path], { signal: controller.signal });
  expect((await walking.next()).value).toMatchObject({ kind: 'file' });
  controller.abort();
  await expect(walking.next()).rejects.toMatchObject({ code: 'cancelled' });
});
