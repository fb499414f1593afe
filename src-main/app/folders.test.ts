import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder, listPlaces, type Places } from './folders.ts';

const run = promisify(execFile);
let temporary: ReturnType<typeof mkdtempDisposableSync>;
let root: string;
const { signal } = new AbortController();

beforeEach(() => {
  temporary = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-folders-'));
  root = temporary.path;
});
afterEach(() => temporary.remove());

const file = (name: string, bytes = 3) => writeFileSync(path.join(root, name), new Uint8Array(bytes));
const folder = (name: string) => mkdirSync(path.join(root, name));
const listed = async (place = root) =>
  (await listFolder(place, signal)).entries.map(({ kind, name }) => `${kind} ${name}`);

describe('a folder', () => {
  it('shows folders before video files, numbers in their order, and nothing else', async () => {
    for (const name of ['clip10.mp4', 'clip2.MKV', 'notes.txt', '.hidden.mp4', 'Äpfel.avi', 'b.dav']) file(name);
    for (const name of ['day 10', 'day 9', '.git', 'lost+found', 'Archive']) folder(name);
    expect(await listed()).toEqual([
      ...['folder Archive', 'folder day 9', 'folder day 10'],
      ...['video Äpfel.avi', 'video b.dav', 'video clip2.MKV', 'video clip10.mp4'],
    ]);
    const { entries, ...listing } = await listFolder(root, signal);
    expect(listing).toEqual({ path: root, parent: path.dirname(root), truncated: false });
    expect(entries.map(({ bytes }) => bytes)).toEqual([null, null, null, 3, 3, 3, 3]);
    expect(entries[0]?.path).toBe(path.join(root, 'Archive'));
  });

  it('shows links as what they lead to, and none that lead nowhere', async () => {
    folder('there');
    file('there/clip.mp4', 7);
    file('there/notes.txt');
    const link = (to: string, name: string) => symlinkSync(path.join(root, to), path.join(root, name));
    link('there', 'linked folder');
    link('there/clip.mp4', 'linked.mp4');
    link('there/notes.txt', 'linked.txt');
    link('nowhere', 'broken.mp4');
    link('circle', 'circle');
    expect(await listed()).toEqual(['folder linked folder', 'folder there', 'video linked.mp4']);
    expect(await listed(path.join(root, 'linked folder'))).toEqual(['video clip.mp4']);
  });

  it('says that there is more than it lists', async () => {
    for (let index = 0; index < 2001; index++) file(`${String(index)}.mp4`, 0);
    const { entries, truncated } = await listFolder(root, signal);
    expect([entries.length, truncated, entries.at(-1)?.name]).toEqual([2000, true, '1999.mp4']);
  });

  it('has nothing above it where it is the root', async () => {
    expect(await listFolder(path.parse(root).root, signal)).toMatchObject({ parent: null });
  });

  it('is refused with its path where it is not there, is a file, or is not told by an absolute path', async () => {
    file('clip.mp4');
    const missing = path.join(root, 'missing');
    await expect(listFolder(missing, signal)).rejects.toMatchObject({ code: 'not-found', details: { path: missing } });
    await expect(listFolder(path.join(root, 'clip.mp4'), signal)).rejects.toThrow('is a file');
    for (const odd of ['clip', `${root}\0`]) {
      await expect(listFolder(odd, signal)).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    await expect(listFolder(path.join(root, 'a'.repeat(300)), signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is refused where it may not be read', async () => {
    folder('secret');
    const secret = path.join(root, 'secret');
    chmodSync(root, 0o755);
    chmodSync(secret, 0);
    const code = `
      import { listFolder } from ${JSON.stringify(new URL('./folders.ts', import.meta.url).href)};
      const { signal } = new AbortController();
      const error = await listFolder(${JSON.stringify(secret)}, signal).catch((error) => error);
      process.stdout.write(JSON.stringify([error.code, error.details]));`;
    // Root may read everything, so it asks as nobody there.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], nobody);
    chmodSync(secret, 0o755);
    expect(JSON.parse(stdout)).toEqual(['permission-denied', { path: secret }]);
  });

  it('is given up when its caller gives up', async () => {
    await expect(listFolder(root, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const abort = new AbortController();
    const listing = listFolder(root, abort.signal);
    abort.abort();
    await expect(listing).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the places to begin at', () => {
  const places = (over: Partial<Places>): Places => ({
    ...{ platform: 'linux', home: '/home/ada', user: 'ada', recent: [] },
    ...over,
  });
  const shown = async (over: Partial<Places>) =>
    (await listPlaces(places(over), signal)).entries.map(({ kind, name, path: at }) => `${kind} ${name} ${at}`);

  it('are home, the root and what was worked on before', async () => {
    expect(await shown({ recent: ['/archive/may', '/'] })).toEqual(
      expect.arrayContaining(['home ada /home/ada', 'root / /', 'recent may /archive/may', 'recent / /']),
    );
    expect(await listPlaces(places({}), signal)).toMatchObject({ path: null, parent: null, truncated: false });
  });

  it('are drives on Windows', async () => {
    const over = { platform: 'win32', home: 'C:\\Users\\Ada', recent: ['D:\\Cameras\\May', 'E:\\'] } as const;
    const entries = await shown(over);
    expect(entries).toEqual(
      expect.arrayContaining(['home Ada C:\\Users\\Ada', 'recent May D:\\Cameras\\May', 'recent E:\\ E:\\']),
    );
    expect(entries).not.toContain('root / /');
  });

  it('are given up when their caller gives up', async () => {
    await expect(listPlaces(places({}), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
