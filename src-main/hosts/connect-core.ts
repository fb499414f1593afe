/** Finds the core of a data folder, starts one where none runs, and connects to it. */
import type { CoreInfo } from '../contract/calls/core.ts';
import { makeClient } from '../contract/client.ts';
import { AppError } from '../contract/errors.ts';
import type { Client } from '../contract/service.ts';
import type { Channel } from '../contract/wire.ts';
import { type DataFolderHolder, readHolder } from '../store/index.ts';
import { openWebSocket } from '../transport/web-socket.ts';
import { contractPath } from './core-socket.ts';
import type { Entries } from './entries.ts';
import { startCore, waitUnlessAborted } from './start-core.ts';

export interface ConnectOptions {
  readonly dataFolder: string;
  readonly entries: Pick<Entries, 'core'>;
  readonly signal?: AbortSignal | undefined;
  /** How long a core may take to be there, 15 s unless told. */
  readonly patienceMs?: number;
}

/** How to reach a living core. */
export interface CoreAddress {
  readonly pid: number;
  readonly version: string;
  readonly socketPath: string;
  readonly token: string;
}

export interface CoreConnection {
  readonly client: Client;
  readonly core: CoreInfo;
  close(): void;
}

const defaultPatienceMs = 15_000;
/** Between looks at a folder whose core is starting or going. */
const lookAgainMs = 50;

/**
 * A client of the core that holds `dataFolder`. Of two that start one at once the loser connects to the winner's.
 * @throws AppError what kept the core from starting (`database-newer`, `permission-denied`, …); `core-locked` where one
 * holds the folder and does not answer; `cancelled`.
 */
export async function connectCore(options: ConnectOptions): Promise<CoreConnection> {
  return attempt(options, async (address) => {
    const client = makeClient(await openChannel(address, options.signal));
    try {
      const core = await client.core.info({}, { signal: options.signal });
      return { client, core, close: () => client.close() };
    } catch (error) {
      client.close();
      throw error;
    }
  });
}

/** As `connectCore`, for who passes messages on and is not the one that speaks. */
export async function openCoreChannel(options: ConnectOptions): Promise<{ channel: Channel; address: CoreAddress }> {
  return attempt(options, async (address) => ({ channel: await openChannel(address, options.signal), address }));
}

/** Does `connect` with the address of a living core, starting one where the folder is free, until time is up. */
async function attempt<T>(options: ConnectOptions, connect: (address: CoreAddress) => Promise<T>): Promise<T> {
  const { dataFolder, entries, signal, patienceMs = defaultPatienceMs } = options;
  const deadlineMs = performance.now() + patienceMs;
  let last = new AppError('connection-lost', `The core of ${dataFolder} started and does not answer.`);
  do {
    const holder = readHolder(dataFolder);
    if (holder === null) {
      const started = await startCore({ entry: entries.core, dataFolder, patienceMs, signal });
      // Locked: somebody else's is starting, and will be found.
      if (!started.ok && started.error.code !== 'core-locked') throw started.error;
      if (!started.ok) last = started.error;
      continue;
    }
    const address = addressOf(holder);
    if (address !== null) {
      try {
        return await connect(address);
      } catch (error) {
        // A core on its way out lets the folder go in a moment, and the next one is started then.
        if (!(error instanceof AppError) || error.code !== 'connection-lost') throw error;
      }
    }
    last = new AppError(
      'core-locked',
      `Process ${holder.pid} holds ${dataFolder} and does not answer; end it or choose another folder with --data.`,
      { details: { folder: dataFolder, pid: holder.pid } },
    );
    await waitUnlessAborted(lookAgainMs, signal);
  } while (performance.now() < deadlineMs);
  throw last;
}

const openChannel = ({ socketPath, token }: CoreAddress, signal: AbortSignal | undefined) =>
  openWebSocket(
    { at: { path: socketPath }, path: contractPath, headers: { Authorization: `Bearer ${token}` } },
    { signal },
  );

function addressOf({ pid, version, socket, token }: DataFolderHolder): CoreAddress | null {
  return socket === null || token === null ? null : { pid, version, socketPath: socket, token };
}
