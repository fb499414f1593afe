/** The desktop shell on a stand-in of Electron: started, its window opened, its page connected, and ended after the test. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect } from 'vitest';
import { makeClient } from '../../src-main/contract/client.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { channels } from '../../src-main/hosts/electron/channels.ts';
import { startShell } from '../../src-main/hosts/electron/shell.ts';
import { channelFromMessagePort } from '../../src-main/transport/message-port.ts';
import { createCoreFolder } from './core-folder.ts';
import {
  createStandInElectron,
  pageFrame,
  type StandInElectron,
  standInMainPort,
  type StandInWindow,
} from './stand-in-electron.ts';

interface Given {
  readonly electron?: StandInElectron;
  readonly folders?: readonly string[];
  /** Entry of the core, a stand-in unless told. */
  readonly core?: string;
  readonly platform?: NodeJS.Platform;
}

export interface ShellBench {
  /** New for each test, as everything here. */
  readonly dataFolder: string;
  readonly log: readonly string[];
  /** Starts the shell, up to the moment before Electron is ready. */
  start(given?: Given): StandInElectron;
  /** The shell with its window open. */
  open(given?: Given): Promise<{ electron: StandInElectron; window: StandInWindow }>;
}

/** To be called where a test file describes: makes and ends what each test needs. */
export function useShellBench(): ShellBench {
  const started: StandInElectron[] = [];
  let folder: Awaited<ReturnType<typeof createCoreFolder>>;
  let log: string[];

  beforeEach(async () => {
    log = [];
    folder = await createCoreFolder();
  });
  afterEach(async () => {
    for (const electron of started.splice(0)) electron.emitApp('will-quit');
    await folder[Symbol.asyncDispose]();
  });

  const start: ShellBench['start'] = (given = {}) => {
    const { electron = createStandInElectron(), folders = [], core, platform = 'linux' } = given;
    started.push(electron);
    startShell(electron.electron, {
      dataFolder: folder.dataFolder,
      folders,
      entries: { core: core ?? folder.entries.core, renderer: folder.entries.renderer },
      preload: '/program/out/preload/preload.cjs',
      icon: '/program/icon.png',
      platform,
      log: (line) => log.push(line),
    });
    return electron;
  };
  return {
    get dataFolder() {
      return folder.dataFolder;
    },
    get log() {
      return log;
    },
    start,
    async open(given) {
      const electron = start(given);
      electron.becomeReady();
      await expect.poll(() => electron.windows.length).toBe(1);
      return { electron, window: windowOf(electron) };
    },
  };
}

/** The window that was opened last. */
export function windowOf(electron: StandInElectron): StandInWindow {
  const window = electron.windows.at(-1);
  if (window === undefined) throw new Error('The shell has opened no window.');
  return window;
}

/** A client as the page makes one: with the near end of the port that the preload script passes on. */
export function connectPage(
  electron: StandInElectron,
  senderFrame: object | null = pageFrame,
): Client & { readonly portClosed: Promise<void> } {
  const { port1, port2 } = new MessageChannel();
  const { port, closed } = standInMainPort(port1);
  electron.message(channels.port, { senderFrame, ports: [port] });
  return Object.assign(makeClient(channelFromMessagePort(port2)), { portClosed: closed });
}
