/** The desktop shell on a stand-in of Electron: its window, what the page may not do, messages, menu and second starts. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channels } from '../../src-main/hosts/electron/channels.ts';
import { connectPage, useShellBench, windowOf } from '../support/shell-bench.ts';
import { createStandInElectron, pageFrame, type StandInWindow } from '../support/stand-in-electron.ts';

const bench = useShellBench();
const commandsOf = (window: StandInWindow) =>
  window.webContents.sent.filter(({ channel }) => channel === channels.command).map(({ value }) => value);

describe('before Electron is ready', () => {
  it('does what comes too late afterwards, and the lock of the data folder first', () => {
    const electron = bench.start();
    expect(electron.early).toEqual([
      'setPath',
      'requestSingleInstanceLock',
      'registerSchemesAsPrivileged',
      'enableSandbox',
    ]);
    expect(electron.paths).toEqual({ userData: join(bench.dataFolder, 'window') });
    expect(statSync(join(bench.dataFolder, 'window')).isDirectory()).toBe(true);
    expect(electron.windows).toEqual([]);
  });

  it('gives both schemes an origin, and only media the rights to stream and to be shared', () => {
    const common = { standard: true, secure: true, supportFetchAPI: true };
    expect(bench.start().schemes).toEqual([
      { scheme: 'app', privileges: common },
      { scheme: 'media', privileges: { ...common, stream: true, corsEnabled: true } },
    ]);
  });

  it('ends at once where the data folder has a window already', () => {
    const electron = bench.start({ electron: createStandInElectron({ isFirst: false }) });
    expect(electron.ended).toEqual(['quit']);
    expect(electron.early).toEqual(['setPath', 'requestSingleInstanceLock']);
  });

  it('says why it cannot start, and ends', () => {
    writeFileSync(bench.dataFolder, 'a file where the folder belongs');
    const electron = bench.start();
    expect(electron.errorBoxes).toEqual([expect.stringMatching(/^Anom-π Review cannot start: .*data/)]);
    expect(electron.ended).toEqual([1]);
  });
});

describe('the window', () => {
  it('is sandboxed, isolated and without Node', async () => {
    const { window } = await bench.open();
    expect(window.loaded).toEqual(['app://anom-pi/']);
    expect(window.options.show).toBe(false);
    expect(window.options.webPreferences).toEqual({
      preload: '/program/out/preload/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      autoplayPolicy: 'no-user-gesture-required',
      devTools: false,
    });
  });

  it('shows itself when there is something to show', async () => {
    const { window } = await bench.open();
    expect(window.state).toBe('hidden');
    window.emit('ready-to-show');
    expect(window.state).toBe('shown');
  });

  it('opens where it was closed', async () => {
    const { electron, window } = await bench.open();
    window.bounds = { x: 300, y: 200, width: 1000, height: 700 };
    window.maximized = true;
    window.close();
    electron.emitApp('activate');
    const again = windowOf(electron);
    expect(again).not.toBe(window);
    expect(again.options).toMatchObject({ x: 300, y: 200, width: 1000, height: 700 });
    again.emit('ready-to-show');
    expect(again.maximized).toBe(true);
  });

  it('ends the program with its last window, but on macOS', async () => {
    const { electron } = await bench.open();
    electron.emitApp('window-all-closed');
    expect(electron.ended).toEqual(['quit']);
    const { electron: onMac } = await bench.open({ platform: 'darwin' });
    onMac.emitApp('window-all-closed');
    expect(onMac.ended).toEqual([]);
  });

  it('loads a lost page once more, and says so when it is lost again', async () => {
    const { electron, window } = await bench.open();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([window.webContents.reloads, electron.errorBoxes]).toEqual([1, []]);
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(window.webContents.reloads).toBe(1);
    expect(electron.errorBoxes).toEqual([expect.stringContaining('(oom)')]);
    expect(window.state).toBe('destroyed');
  });
});

describe('the page may not', () => {
  it.each([
    ['will-navigate', 'https://example.com/'],
    ['will-navigate', 'file:///etc/passwd'],
    ['will-navigate', 'app://other/'],
    ['will-navigate', 'app://anom-pi/assets/index-1a2b3c.js'],
    ['will-navigate', 'app://anom-pi.example.com/'],
    ['will-redirect', 'https://example.com/'],
    ['will-frame-navigate', 'https://example.com/'],
    ['will-attach-webview', 'app://anom-pi/'],
  ])('go elsewhere by %s: %s', async (event, url) => {
    const { electron, window } = await bench.open();
    expect(electron.attempt(window.webContents, event, { url, isMainFrame: true }).prevented).toBe(true);
  });

  it('be kept from loading itself', async () => {
    const { electron, window } = await bench.open();
    const details = { url: 'app://anom-pi/#/review', isMainFrame: true };
    expect(electron.attempt(window.webContents, 'will-navigate', details).prevented).toBe(false);
    expect(electron.attempt(window.webContents, 'will-frame-navigate', details).prevented).toBe(false);
    expect(
      electron.attempt(window.webContents, 'will-frame-navigate', { ...details, isMainFrame: false }).prevented,
    ).toBe(true);
  });

  it('open windows, download, or reach a network', async () => {
    const { electron, window } = await bench.open();
    expect(window.webContents.openHandler?.()).toEqual({ action: 'deny' });
    expect(electron.download().prevented).toBe(true);
    expect(electron.blocked).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'file:///*']));
  });

  it.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'hid', 'fileSystem', 'unknown'])(
    'have the right to %s',
    async (name) => {
      const { electron } = await bench.open();
      expect(await electron.permission(name, 'app://anom-pi')).toEqual({ asked: false, checked: false });
    },
  );

  it('lend its rights to another origin', async () => {
    const { electron } = await bench.open();
    for (const right of ['fullscreen', 'notifications']) {
      expect(await electron.permission(right, 'app://anom-pi')).toEqual({ asked: true, checked: true });
    }
    expect(await electron.permission('notifications', 'https://example.com')).toEqual({ asked: false, checked: false });
    expect(await electron.permission('fullscreen', 'https://example.com')).toEqual({ asked: false, checked: false });
  });
});

describe('messages to the shell', () => {
  it.each([
    ['another page', { url: 'https://example.com/', parent: null }],
    ['another host', { url: 'app://other/', parent: null }],
    ['a frame in the page', { url: 'app://anom-pi/', parent: pageFrame }],
    ['a page that is gone', null],
  ])('are refused from %s', async (_name, senderFrame) => {
    const { electron } = await bench.open();
    const stranger = connectPage(electron, senderFrame);
    await stranger.portClosed;
    await expect(electron.invoke(channels.pickFolders, { senderFrame })).rejects.toThrow('Only the page');
    expect(bench.log).toHaveLength(2);
  });

  it('open the system’s dialog for folders', async () => {
    const { electron } = await bench.open();
    const pick = () => electron.invoke(channels.pickFolders, { senderFrame: pageFrame });
    electron.folderChoice = { canceled: false, filePaths: ['/a', '/b'] };
    expect(await pick()).toEqual(['/a', '/b']);
    electron.folderChoice = { canceled: true, filePaths: ['/a'] };
    expect(await pick()).toEqual([]);
  });

  it('ask where to write a file, and have one shown in its folder', async () => {
    const { electron } = await bench.open();
    const page = { senderFrame: pageFrame };
    electron.folderChoice = { canceled: false, filePaths: [] };
    expect(await electron.invoke(channels.pickSavePath, page, 'a.zip')).toBe('/chosen/a.zip');
    electron.folderChoice = { canceled: true, filePaths: [] };
    expect(await electron.invoke(channels.pickSavePath, page, 'a.zip')).toBeNull();
    electron.electron.ipcMain.emit(channels.showFile, page, '/made/a.zip');
    electron.electron.ipcMain.emit(channels.showFile, page, 'a.zip');
    electron.electron.ipcMain.emit(channels.showFile, { senderFrame: null }, '/made/b.zip');
    expect(electron.shownFiles).toEqual(['/made/a.zip']);
  });
});

describe('folders and menu items', () => {
  it('wait for the page to listen', async () => {
    const { electron, window } = await bench.open({ folders: ['/footage'] });
    expect(commandsOf(window)).toEqual([]);
    connectPage(electron);
    expect(commandsOf(window)).toEqual([{ folders: ['/footage'] }]);
  });

  it('of a second start come to the window in front', async () => {
    const { electron, window } = await bench.open();
    connectPage(electron);
    window.state = 'minimized';
    electron.emitApp('second-instance', [], '/', { folders: ['/more'] });
    await expect.poll(() => commandsOf(window)).toEqual([{ folders: ['/more'] }]);
    expect([window.state, window.focused]).toEqual(['shown', 1]);
    electron.emitApp('second-instance', [], '/', { folders: 'no list' });
    await expect.poll(() => window.focused).toBe(2);
    expect(commandsOf(window)).toHaveLength(1);
  });

  it('dropped on the icon come too, also before the window is there', async () => {
    const electron = bench.start();
    electron.emitApp('open-file', '/dropped');
    electron.becomeReady();
    await expect.poll(() => electron.windows.length).toBe(1);
    connectPage(electron);
    await expect.poll(() => commandsOf(windowOf(electron))).toEqual([{ folders: ['/dropped'] }]);
  });

  it('reach the page by their names', async () => {
    const { electron, window } = await bench.open();
    connectPage(electron);
    const items = electron.menu().flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    for (const { click } of items) (click as (() => void) | undefined)?.();
    expect(commandsOf(window)).toEqual(['open-folder', 'open-samples', 'settings', 'toggle-theme', 'help']);
  });

  it.each([
    [true, false],
    [false, true],
  ])('packaged %s: developers’ items %s', async (isPackaged, shown) => {
    const { electron, window } = await bench.open({ electron: createStandInElectron({ isPackaged }) });
    expect(JSON.stringify(electron.menu()).includes('toggleDevTools')).toBe(shown);
    expect(window.options.webPreferences?.devTools).toBe(shown);
  });
});

it('says what keeps the core from starting, and ends', async () => {
  const { electron } = await bench.open({ core: '/no/such/core.js' });
  await expect.poll(() => electron.ended).toEqual([1]);
  expect(electron.errorBoxes).toEqual([expect.stringContaining('The core ended as it started')]);
});
