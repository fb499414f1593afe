/** `npm start` finds out whether Electron runs here: with binaries and downloads that hang, crash, or lack what they need. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron, type FindOptions } from '../../src-main/hosts/electron/launch/find-electron.ts';
import { isAlive, until } from '../support/cli.ts';
import { createFakeElectron, type FakeElectron, fakeVersion } from '../support/fake-electron.ts';

const hour = 3_600_000;
let root: string;
let electron: FakeElectron;
let abort: AbortController;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'anom-pi-start-')));
  electron = await createFakeElectron(root);
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const find = (options: Partial<FindOptions> = {}) =>
  findElectron({
    packageFolder: electron.packageFolder,
    dataFolder: join(root, 'data'),
    platform: 'linux',
    env: { PATH: process.env['PATH'], DISPLAY: ':0' },
    isRoot: false,
    again: false,
    signal: abort.signal,
    nowMs: 0,
    ...options,
  });
const note = () => JSON.parse(readFileSync(join(root, 'data', 'shell.json'), 'utf8')) as object;
const noteFile = () => existsSync(join(root, 'data', 'shell.json'));

describe.skipIf(process.platform === 'win32')('the binary', () => {
  it('that answers is taken, each time anew', async () => {
    await electron.setBinary(`echo v${fakeVersion}`);
    const found = { ok: true, binary: join(electron.packageFolder, 'dist', 'electron') };
    expect(await find()).toEqual(found);
    expect(await find()).toEqual(found);
    expect(electron.runs()).toEqual(['--version', '--version']);
    expect(noteFile()).toBe(false);
  });

  it('may lie where its own variable says', async () => {
    await electron.setBinary('');
    const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') };
    await electron.setDownload('');
    expect(await find({ env })).toMatchObject({ obstacle: { kind: 'no-binary' } });
  });

  it('is run as a program, not as a Node', async () => {
    await electron.setBinary('[ -z "$ELECTRON_RUN_AS_NODE" ]');
    expect(await find({ env: { DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1' } })).toMatchObject({ ok: true });
  });

  it('that hangs is ended in time, with all that holds its output', async () => {
    await electron.setBinary('sleep 600');
    const sinceMs = performance.now();
    expect(await find({ budgetMs: 1_000 })).toEqual({ ok: false, obstacle: { kind: 'silent', detail: '1 s' } });
    expect(performance.now() - sinceMs).toBeLessThan(5_000);
  });

  it.each([
    [
      'library-missing',
      'echo "electron: error while loading shared libraries: libgbm.so.1: cannot open" >&2; exit 127',
    ],
    ['sandbox', 'echo "FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!" >&2; kill -TRAP $$'],
    ['crash', 'kill -SEGV $$'],
    ['crash', 'exit 1'],
  ])('that ends with %s is not tried again for a day: %s', async (kind, script) => {
    await electron.setBinary(script);
    const first = await find();
    expect(first).toMatchObject({ ok: false, obstacle: { kind } });
    expect(note()).toMatchObject({ kind, electron: fakeVersion, atMs: 0 });
    expect(await find({ nowMs: 23 * hour })).toEqual(first);
    expect(electron.runs()).toHaveLength(1);
    expect(await find({ nowMs: 24 * hour })).toEqual(first);
    expect(electron.runs()).toHaveLength(2);
  });

  it('is tried again when asked for, and what was remembered is forgotten when it runs', async () => {
    await electron.setBinary('exit 1');
    await find();
    await electron.setBinary('exit 0');
    expect(await find()).toMatchObject({ ok: false });
    expect(await find({ again: true })).toMatchObject({ ok: true });
    expect(noteFile()).toBe(false);
  });

  it('is not started for root, nor without a display, and that is not remembered', async () => {
    await electron.setBinary('exit 0');
    expect(await find({ isRoot: true })).toMatchObject({ obstacle: { kind: 'root' } });
    expect(await find({ env: {} })).toMatchObject({ obstacle: { kind: 'no-display' } });
    expect(electron.runs()).toEqual([]);
    expect(await find()).toMatchObject({ ok: true });
  });
});

describe.skipIf(process.platform === 'win32')('the download', () => {
  const bringsBinary = `
    const fs = require('node:fs');
    fs.writeFileSync('dist/electron', '#!/bin/sh\\nexit 0\\n', { mode: 0o755 });
    fs.writeFileSync('path.txt', 'electron');`;

  it('is made where there is no binary', async () => {
    await electron.setDownload(bringsBinary);
    expect(await find()).toMatchObject({ ok: true });
  });

  it('that fails is not made again for a day', async () => {
    await electron.setDownload(`
      require('node:fs').appendFileSync('downloads', 'x');
      console.error('RequestError: getaddrinfo ENOTFOUND github.com');
      process.exit(1);`);
    const obstacle = { kind: 'download-failed', detail: 'RequestError: getaddrinfo ENOTFOUND github.com' };
    expect(await find()).toEqual({ ok: false, obstacle });
    expect(await find()).toEqual({ ok: false, obstacle });
    expect(readFileSync(join(electron.packageFolder, 'downloads'), 'utf8')).toBe('x');
  });

  it('that hangs is given up on in time, goes on, and ends with the program', async () => {
    await electron.setDownload(`
      require('node:fs').writeFileSync('pid', String(process.pid));
      setInterval(() => undefined, 1000);`);
    const sinceMs = performance.now();
    expect(await find({ budgetMs: 2_000 })).toMatchObject({ obstacle: { kind: 'download-late' } });
    expect(performance.now() - sinceMs).toBeLessThan(6_000);
    const pid = Number(readFileSync(join(electron.packageFolder, 'pid'), 'utf8'));
    expect(isAlive(pid)).toBe(true);
    abort.abort();
    await until(() => !isAlive(pid));
  });

  it('that came late is found at the next start', async () => {
    await electron.setDownload('setInterval(() => undefined, 1000);');
    expect(await find({ budgetMs: 1_000 })).toMatchObject({ obstacle: { kind: 'download-late' } });
    await electron.setBinary('exit 0');
    expect(await find()).toMatchObject({ ok: true });
  });

  it('that leaves nothing says so', async () => {
    await electron.setDownload('');
    expect(await find()).toEqual({
      ok: false,
      obstacle: { kind: 'no-binary', detail: 'its download left none' },
    });
  });

  it('is left out where Electron’s own variable asks for that', async () => {
    await electron.setDownload(bringsBinary);
    const env = { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    expect(await find({ env })).toMatchObject({
      obstacle: { kind: 'no-binary', detail: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set' },
    });
    expect(noteFile()).toBe(false);
  });

  it('that Ctrl-C ended says nothing about the machine', async () => {
    await electron.setDownload('setInterval(() => undefined, 1000);');
    const finding = find();
    abort.abort();
    await expect(finding).rejects.toMatchObject({ code: 'cancelled' });
    expect(noteFile()).toBe(false);
  });
});

it('says that the package is missing', async () => {
  expect(await find({ packageFolder: join(root, 'nothing') })).toMatchObject({ obstacle: { kind: 'no-package' } });
});

it('goes on with a note that cannot be read or written', async () => {
  await electron.setDownload('process.exit(1)');
  await writeFile(join(root, 'data'), 'a file where the folder belongs');
  expect(await find()).toMatchObject({ obstacle: { kind: 'download-failed' } });
});
