/** The desktop shell: one window on the page of `app://`, joined to the core of the data folder. Nothing slow runs here. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appErrorFrom } from '../../contract/errors.ts';
import type { Entries } from '../entries.ts';
import { createCoreLink } from '../server/core-link.ts';
import { readPageFiles } from '../server/page-files.ts';
import { answerPageMessages } from './answer-page.ts';
import type { Electron } from './electron.ts';
import { guardContents, guardSession } from './guards.ts';
import { answerMedia } from './media-protocol.ts';
import { menuTemplate } from './menu.ts';
import { answerPage } from './page-protocol.ts';
import { mediaScheme, pageScheme, registerSchemes } from './schemes.ts';
import { foldersFrom, type ShellArguments } from './shell-arguments.ts';
import { createShellWindow } from './window.ts';

export interface ShellOptions extends ShellArguments {
  readonly entries: Pick<Entries, 'core' | 'renderer'>;
  readonly preload: string;
  readonly icon: string;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

/**
 * Starts the shell, or hands `folders` to the one that runs on this data folder already and ends. Everything up to `ready`
 * happens before this returns: Electron is ready only after its first module has run, and some settings come too late then.
 */
export function startShell(electron: Electron, options: ShellOptions): void {
  const { app, protocol } = electron;
  const { dataFolder, folders } = options;
  const fail = (error: unknown) => sayAndExit(electron, error);
  // The profile is the window's own, and what makes an instance the only one: there is one window to a data folder.
  const stateFolder = join(dataFolder, 'window');
  try {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return fail(error);
  }
  app.setPath('userData', stateFolder);
  if (!app.requestSingleInstanceLock({ folders })) return app.quit();

  registerSchemes(protocol);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  const opened = app.whenReady().then(() => openShell(electron, options, stateFolder));
  const open = (given: readonly string[]) => void opened.then((show) => show(given));
  app.on('second-instance', (_event, _arguments, _folder, handedOver) => open(foldersFrom(handedOver)));
  // Folders dropped on the program's icon, also the one that starts it.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  opened.catch(fail);
}

/** Returns what brings the window to the front, with folders to open in it. */
function openShell(electron: Electron, options: ShellOptions, stateFolder: string) {
  const { app, session, Menu } = electron;
  const { entries, dataFolder, folders, platform, log } = options;

  const starting = createCoreLink({ dataFolder, entries }, log);
  app.on('will-quit', () => void starting.then((link) => link[Symbol.dispose]()).catch(() => undefined));

  guardSession(session.defaultSession);
  const files = readPageFiles(entries.renderer);
  session.defaultSession.protocol.handle(pageScheme, (request) => answerPage(files, request));
  session.defaultSession.protocol.handle(mediaScheme, (request) =>
    answerMedia(request, async () => (await starting).address()).catch((error: unknown) => {
      log(appErrorFrom(error).message);
      return new Response(null, { status: 502 });
    }),
  );

  const forDevelopers = !app.isPackaged;
  const { preload, icon } = options;
  const window = createShellWindow(electron, { preload, icon, stateFolder, forDevelopers, log });
  answerPageMessages(electron, { window, log, openCore: async () => (await starting).open() });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform, forDevelopers, send: window.send })));

  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    // On macOS a program without windows goes on until it is quit.
    if (platform !== 'darwin') app.quit();
  });
  starting.catch((error: unknown) => sayAndExit(electron, error));

  const show = (given: readonly string[]): void => {
    if (given.length > 0) window.send({ folders: given });
    else window.show();
  };
  show(folders);
  return show;
}

function sayAndExit({ app, dialog }: Electron, error: unknown): void {
  dialog.showErrorBox('Anom-π Review cannot start', appErrorFrom(error).message);
  app.exit(1);
}
