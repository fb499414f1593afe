/** Answers the page's messages: joins its ports to the core, opens the system's dialogs, shows files in their folders. */
import { isAbsolute } from 'node:path';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron/main';
import { AppError, appErrorFrom } from '../../contract/errors.ts';
import type { Channel } from '../../contract/wire.ts';
import { relayChannel } from '../server/relay.ts';
import { channels } from './channels.ts';
import type { Electron } from './electron.ts';
import { isOwnPage } from './guards.ts';
import { channelFromMainPort } from './port-channel.ts';
import type { ShellWindow } from './window.ts';

export interface PageAnswers {
  readonly window: ShellWindow;
  /** A new connection to the core. */
  readonly openCore: () => Promise<Channel>;
  readonly log: (line: string) => void;
}

export function answerPageMessages(
  { ipcMain, dialog, shell }: Pick<Electron, 'ipcMain' | 'dialog' | 'shell'>,
  { window, openCore, log }: PageAnswers,
): void {
  const isAllowed = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string) => {
    const allowed = isOwnPage(event.senderFrame);
    if (!allowed) log(`A message on ${channel} was refused: it does not come from the page.`);
    return allowed;
  };

  ipcMain.on(channels.port, (event) => {
    const [port, ...more] = event.ports;
    if (!isAllowed(event, channels.port) || port === undefined || more.length > 0) {
      for (const refused of event.ports) refused.close();
      return;
    }
    relayChannel(channelFromMainPort(port), openCore).catch((error: unknown) => log(appErrorFrom(error).message));
    window.pageIsReady();
  });

  ipcMain.handle(channels.pickFolders, async (event): Promise<readonly string[]> => {
    if (!isAllowed(event, channels.pickFolders)) throw new AppError('forbidden', 'Only the page may ask for folders.');
    const { canceled, filePaths } = await dialog.showOpenDialog(window.show(), {
      title: 'Open folders of recordings',
      properties: ['openDirectory', 'multiSelections'],
    });
    return canceled ? [] : filePaths;
  });

  ipcMain.handle(channels.pickSavePath, async (event, name: unknown): Promise<string | null> => {
    if (!isAllowed(event, channels.pickSavePath)) throw new AppError('forbidden', 'Only the page may ask for a path.');
    const { canceled, filePath } = await dialog.showSaveDialog(window.show(), {
      title: 'Export to',
      defaultPath: typeof name === 'string' ? name : '',
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || filePath === '' ? null : filePath;
  });

  ipcMain.on(channels.showFile, (event, path: unknown) => {
    // Shown, not opened: nothing that was written runs.
    if (isAllowed(event, channels.showFile) && typeof path === 'string' && isAbsolute(path))
      shell.showItemInFolder(path);
  });
}
