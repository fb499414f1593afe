/** The one window: opened, brought to the front, opened again, and told what the menu and other starts ask for. */
import type { BrowserWindow } from 'electron/main';
import type { ShellCommand } from '../../contract/shell.ts';
import { channels } from './channels.ts';
import type { Electron } from './electron.ts';
import { pageUrl } from './schemes.ts';
import { leastSize, readWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  /** Absolute path of the bundled preload script. */
  readonly preload: string;
  /** Picture of the window where the system takes it from the window. */
  readonly icon: string;
  /** Keeps the window's place. */
  readonly stateFolder: string;
  readonly forDevelopers: boolean;
  readonly log: (line: string) => void;
}

export interface ShellWindow {
  /** Brings the window to the front, opening it where it is closed. */
  show(): BrowserWindow;
  /** Sends a command once the page is there to take it, opening the window where it is closed. */
  send(command: ShellCommand): void;
  /** To be called when the page of `contents` has shown that it listens. */
  pageIsReady(): void;
}

/** The dark `--surface-0` of the page's tokens: what shows before the page paints. */
const backgroundColor = '#0d0f14';
/** A page that is lost again so soon is not loaded once more. */
const lostAgainMs = 30_000;

export function createShellWindow(
  { BrowserWindow, screen, dialog }: Pick<Electron, 'BrowserWindow' | 'screen' | 'dialog'>,
  { preload, icon, stateFolder, forDevelopers, log }: WindowOptions,
): ShellWindow {
  let window: BrowserWindow | null = null;
  let isReady = false;
  let waiting: ShellCommand[] = [];

  function open(): BrowserWindow {
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    const { bounds, isMaximized } = readWindowState(stateFolder, [main, ...others]);
    const opened = new BrowserWindow({
      ...bounds,
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      title: 'Anom-π Review',
      icon,
      backgroundColor,
      show: false,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        // Its dictionaries would come over the network.
        spellcheck: false,
        // Stepping through a recording begins without a click.
        autoplayPolicy: 'no-user-gesture-required',
        devTools: forDevelopers,
      },
    });
    opened.once('ready-to-show', () => {
      if (isMaximized) opened.maximize();
      opened.show();
    });
    opened.on('close', () => writeWindowState(stateFolder, opened, log));
    opened.on('closed', () => {
      window = null;
      isReady = false;
    });
    restoreLostPage(opened);
    opened.loadURL(pageUrl).catch((error: unknown) => log(`The page did not load: ${String(error)}`));
    return opened;
  }

  /** A page whose process was lost is loaded again; what it showed is in the core. */
  function restoreLostPage(opened: BrowserWindow): void {
    let lastMs = -Infinity;
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      log(`The page's process ended: ${reason}.`);
      isReady = false;
      const isAgain = performance.now() - lastMs < lostAgainMs;
      lastMs = performance.now();
      if (!isAgain) return opened.webContents.reload();
      dialog.showErrorBox(
        'The window was lost twice',
        `Its process ended (${reason}). Everything you decided is kept: start the program again.`,
      );
      return opened.destroy();
    });
  }

  const show = () => {
    const shown = (window ??= open());
    if (shown.isMinimized()) shown.restore();
    // One that is still loading shows itself when it has something to show.
    if (shown.isVisible()) shown.focus();
    return shown;
  };
  return {
    show,
    send(command) {
      const shown = show();
      if (isReady) shown.webContents.send(channels.command, command);
      else waiting.push(command);
    },
    pageIsReady() {
      isReady = true;
      const commands = waiting;
      waiting = [];
      for (const command of commands) window?.webContents.send(channels.command, command);
    },
  };
}
