/** Runs between the shell and the page, sandboxed: gives the page `window.anomPi` and nothing more. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ShellCommand, WindowShell } from '../../contract/shell.ts';
import { channels } from './channels.ts';
import { mediaBase } from './schemes.ts';

/** What is used of the page's window; the program's other parts are compiled without the DOM's types. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

type DroppedFile = Parameters<typeof webUtils.getPathForFile>[0];

const kept: ShellCommand[] = [];
const listeners = new Set<(command: ShellCommand) => void>();
ipcRenderer.on(channels.command, (_event, command: ShellCommand) => {
  if (listeners.size === 0) kept.push(command);
  else for (const listener of listeners) listener(command);
});

const shell: WindowShell = {
  platform: process.platform,
  mediaBase,
  requestPort() {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(channels.port, null, [port1]);
    // Functions of the bridge cannot hand over a port; a message to the page's own window can.
    window.postMessage('anom-pi-port', window.location.origin, [port2]);
  },
  pickFolders: () => ipcRenderer.invoke(channels.pickFolders) as Promise<readonly string[]>,
  pickSavePath: (name) => ipcRenderer.invoke(channels.pickSavePath, name) as Promise<string | null>,
  showFile: (path) => ipcRenderer.send(channels.showFile, path),
  pathsOf: (files) => files.map((file) => webUtils.getPathForFile(file as DroppedFile)).filter((path) => path !== ''),
  onCommand(listener) {
    listeners.add(listener);
    for (const command of kept.splice(0)) listener(command);
    return () => void listeners.delete(listener);
  },
};
contextBridge.exposeInMainWorld('anomPi', shell);
