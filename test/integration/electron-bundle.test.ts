/** The bundle that the desktop program is made of, in the layout of an installed one, run by plain Node. */
import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { compileFunction } from 'node:vm';
import { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePrograms } from '../../scripts/bundle-programs.ts';
import type { EventValue } from '../../src-main/contract/calls.ts';
import type { WindowShell } from '../../src-main/contract/shell.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { channels } from '../../src-main/hosts/electron/channels.ts';
import { bundleLayout } from '../../src-main/hosts/electron/entries.ts';
import { commotion } from '../support/commotion.ts';
import { killAndWait } from '../support/cli.ts';
import { childrenOf, hasProc, mappedFiles } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let installed: string;
/** What lies beside the archive: programs and native libraries. */
let unpacked: string;

beforeAll(async () => {
  installed = await realpath(await mkdtemp(join(tmpdir(), 'anom-pi-bundle-')));
  unpacked = join(installed, 'resources', 'app.asar.unpacked');
  await bundlePrograms(join(unpacked, 'out'));
  await writeFile(join(unpacked, 'package.json'), '{"type":"module"}');
  await symlink(join(root, 'node_modules'), join(unpacked, 'node_modules'), 'junction');
  // The nets, where there are any: the bundle's inference threads run too then.
  await symlink(join(root, 'resources', 'models'), join(installed, 'resources', 'models'), 'junction');
});
afterAll(() => rm(installed, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

const layout = () => bundleLayout(join(installed, 'resources/app.asar/out/main'));
const filesOf = (folder: string) => readdir(join(unpacked, 'out', folder), { recursive: true });
/** Packages that a bundled file takes from outside, but for Node's own. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(join(unpacked, 'out', file), 'utf8');
  const named = text.matchAll(/(?:^import .*?from |^import |require\(|import\()"([^"]+)"/gm);
  return [...named].map(([, name = '']) => name).filter((name) => !isBuiltin(name) && !name.startsWith('.'));
}

describe('the bundle', () => {
  it('has every entry that its shell names', async () => {
    const { renderer, rendererBuild, models, policies, ...programs } = layout().entries;
    const names = (await filesOf('main')).map((name) => join(unpacked, 'out/main', name));
    expect(names).toEqual(expect.arrayContaining(Object.values(programs)));
    expect(models).toBe(join(installed, 'resources/models'));
    expect(policies).toBe(join(installed, 'resources/policies'));
    expect(renderer).toBe(join(installed, 'resources/app.asar/out/renderer'));
    expect(rendererBuild).toBeNull();
    expect(layout().preload).toBe(join(installed, 'resources/app.asar/out/preload/preload.cjs'));
    expect(layout().icon).toBe(join(installed, 'resources/icon.png'));
  });

  it('takes nothing from outside but Electron and the libraries that stay in node_modules', async () => {
    const files = (await filesOf('main')).filter((name) => name.endsWith('.js'));
    const taken = new Set((await Promise.all(files.map((name) => importsOf(join('main', name))))).flat());
    const electron = ['electron/common', 'electron/main'];
    const unbundled = ['better-sqlite3', 'node-av/constants', 'node-av/lib', 'onnxruntime-node', 'playwright-core'];
    expect([...taken].toSorted()).toEqual([...unbundled, ...electron].toSorted());
    expect((await importsOf('main/main.js')).toSorted()).toEqual(electron);
  });

  it('has a preload script of one file that needs nothing but Electron', async () => {
    expect(await filesOf('preload')).toEqual(['preload.cjs']);
    expect(await importsOf('preload/preload.cjs')).toEqual(['electron']);
  });

  it('imports and scans a recording, and its core loads no decoder', async () => {
    const archive = join(installed, 'archive');
    const dataFolder = join(installed, 'data');
    await mkdir(archive);
    await commotion(join(archive, 'clip.mp4'), { seconds: 12, from: 4, to: 9 });
    const { entries } = layout();
    const { client, core, close } = await connectCore({ dataFolder, entries });
    try {
      const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
      expect(core).toMatchObject({ version, dataFolder });
      const lines: EventValue<'scan.line'>['line'][] = [];
      await client.on('scan.line', ({ line }) => lines.push(line)).ready;
      await client.scan.start({ folders: [archive], policy: 'rules' });
      await expect.poll(() => lines.at(-1)?.type, { timeout: 60_000 }).toBe('summary');
      expect(lines.at(-1)).toMatchObject({ recordings: 1, policy: 'rules' });
      expect(lines.filter(({ type }) => type === 'recording')).toMatchObject([{ status: 'scanned' }]);
      const native = hasProc ? mappedFiles(core.pid).filter((path) => /node-av|onnxruntime/.test(path)) : [];
      expect(native).toEqual([]);
      const workers = hasProc ? childrenOf(core.pid) : [];
      expect(workers.length > 0).toBe(hasProc);
    } finally {
      close();
      await killAndWait(core.pid);
    }
  });

  it('hands its arguments to the shell that holds the data folder already', async () => {
    const dataFolder = join(installed, 'held');
    // Electron as far as a second start needs it: the lock is another's.
    const electron = join(installed, 'electron.mjs');
    await writeFile(
      electron,
      `export const app = {
        setPath: (name, path) => console.log(name, path),
        requestSingleInstanceLock: (data) => void console.log(JSON.stringify(data)),
        quit: () => console.log('quit'),
      };
      export const [BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session, shell] = [];`,
    );
    const hook = join(installed, 'hook.mjs');
    await writeFile(
      hook,
      `import { registerHooks } from 'node:module';
      // As where npm's Electron is given the program: its path is the first argument.
      process.defaultApp = true;
      const found = { url: ${JSON.stringify(pathToFileURL(electron).href)}, format: 'module', shortCircuit: true };
      registerHooks({ resolve: (name, context, next) => (name.startsWith('electron/') ? found : next(name, context)) });`,
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', pathToFileURL(hook).href, join(unpacked, 'out/main/main.js'), 'footage'],
      { cwd: installed, env: { ...process.env, ANOM_PI_DATA: dataFolder } },
    );
    expect(stdout.trim().split('\n')).toEqual([
      `userData ${join(dataFolder, 'window')}`,
      JSON.stringify({ folders: [join(installed, 'footage')] }),
      'quit',
    ]);
  });

  it('has a preload script that passes on ports, folders, paths and commands, and no more', async () => {
    const text = await readFile(join(unpacked, 'out/preload/preload.cjs'), 'utf8');
    const ipc = new EventEmitter();
    const given = { shell: null as WindowShell | null, toShell: [] as unknown[][], toPage: [] as unknown[][] };
    const electron = {
      contextBridge: { exposeInMainWorld: (_name: string, shell: WindowShell) => void (given.shell = shell) },
      ipcRenderer: {
        on: (channel: string, listener: (...args: unknown[]) => void) => ipc.on(channel, listener),
        postMessage: (...args: unknown[]) => void given.toShell.push(args),
        invoke: async (channel: string) => [channel],
      },
      // '' as Electron answers for what a page made itself.
      webUtils: { getPathForFile: ({ name }: File) => (name === 'made.mp4' ? '' : `/archive/${name}`) },
    };
    const window = {
      location: { origin: 'app://anom-pi' },
      postMessage: (...args: unknown[]) => void given.toPage.push(args),
    };
    compileFunction(text, ['require', 'process', 'window'])(() => electron, { platform: 'linux' }, window);

    const { shell } = given;
    expect(shell).toMatchObject({ platform: 'linux', mediaBase: 'media://anom-pi' });
    expect(await shell?.pickFolders()).toEqual([channels.pickFolders]);
    const dropped = ['a', 'made.mp4', 'b.mp4'].map((name) => new File([], name));
    expect(shell?.pathsOf(dropped)).toEqual(['/archive/a', '/archive/b.mp4']);
    shell?.requestPort();
    expect(given.toShell).toEqual([[channels.port, null, [expect.any(MessagePort)]]]);
    expect(given.toPage).toEqual([['anom-pi-port', 'app://anom-pi', [expect.any(MessagePort)]]]);
    for (const [, , [port]] of [...given.toShell, ...given.toPage] as [unknown, unknown, [MessagePort]][]) port.close();

    const heard: unknown[] = [];
    ipc.emit(channels.command, {}, 'help');
    const stop = shell?.onCommand((command) => heard.push(command));
    ipc.emit(channels.command, {}, { folders: ['/a'] });
    stop?.();
    ipc.emit(channels.command, {}, 'settings');
    shell?.onCommand((command) => heard.push(command));
    expect(heard).toEqual(['help', { folders: ['/a'] }, 'settings']);
  });
});
