/** Finds the core of a data folder, starts one where none runs, and connects to it. */
import type { CoreInfo } from '../contract/calls/core.ts';
import { makeClient } from '../contract/client.ts';
import { AppError } from '../contract/errors.ts';
import type { Client } from '../contract/service.ts';
import type { Channel } from '../contract/wire.ts';
import { readHolder } from '../store/index.ts';
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
/** Between looks at the note of a core that another process is starting. */
const lookAgainMs = 50;

/**
 * A client of the core that holds `dataFolder`. Of two that start one at once the loser connects to the winner's.
 * @throws AppError what kept the core from starting (`database-newer`, `permission-denied`, …); `core-locked` where one
 * holds the folder and does not answer; `cancelled`.
 */
export async function connectCore(options: ConnectOptions): Promise<CoreConnection> {
  const { channel } = await openCoreChannel(options);
  const client = makeClient(channel);
  try {
    const core = await client.core.info({}, { signal: options.signal });
    return { client, core, close: () => client.close() };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** As `connectCore`, for who passes messages on and is not the one that speaks. */
export async function openCoreChannel(options: ConnectOptions): Promise<{ channel: Channel; address: CoreAddress }> {
  const { dataFolder, entries, signal, patienceMs = defaultPatienceMs } = options;
  const deadlineMs = performance.now() + patienceMs;
  let last: AppError | null = null;
  while (performance.now() < deadlineMs) {
    const reached = await reach(dataFolder, signal);
    if (reached !== null) return reached;
    const started = await startCore({ entry: entries.core, dataFolder, patienceMs, signal });
    if (started.ok) continue;
    if (started.error.code !== 'core-locked') throw started.error;
    last = started.error;
    await waitForAddress(dataFolder, deadlineMs, signal);
  }
  throw last ?? new AppError('connection-lost', `The core of ${dataFolder} started and does not answer.`);
}

/** The address of the living core of `dataFolder`, null where there is none that listens. */
export function coreAddressOf(dataFolder: string): CoreAddress | null {
  const holder = readHolder(dataFolder);
  if (holder?.socket == null || holder.token === null) return null;
  return { pid: holder.pid, version: holder.version, socketPath: holder.socket, token: holder.token };
}

async function reach(dataFolder: string, signal: AbortSignal | undefined) {
  const address = coreAddressOf(dataFolder);
  if (address === null) return null;
  const { socketPath, token } = address;
  const headers = { Authorization: `Bearer ${token}` };
  try {
    return { channel: await openWebSocket({ socketPath, path: contractPath, headers }, { signal }), address };
  } catch (error) {
    // A core on its way out: it lets the folder go in a moment, and the next one is started then.
    if (error instanceof AppError && error.code === 'connection-lost') return null;
    throw error;
  }
}

/** Until the core that holds the folder listens, or has let it go, or time is up. */
async function waitForAddress(dataFolder: string, deadlineMs: number, signal: AbortSignal | undefined): Promise<void> {
  do {
    await waitUnlessAborted(lookAgainMs, signal);
    if (coreAddressOf(dataFolder) !== null || readHolder(dataFolder) === null) return;
  } while (performance.now() < deadlineMs);
}
