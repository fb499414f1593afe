/** Starts a core as a process of its own, which outlives the one that started it. */
import { fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import { readStartMessage } from '../contract/start-message.ts';

export interface StartOptions {
  readonly entry: string;
  readonly dataFolder: string;
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type StartResult = { readonly ok: true } | { readonly ok: false; readonly error: AppError };

/**
 * Resolves when the core has said that it listens, or why it does not. One that says neither in time is ended: it would
 * hold the folder and answer nobody.
 * @throws AppError `cancelled`; the core then goes on and ends itself for want of clients.
 */
export async function startCore({ entry, dataFolder, patienceMs, signal }: StartOptions): Promise<StartResult> {
  const logs = join(dataFolder, 'logs');
  const logFile = join(logs, 'core.log');
  let log: number;
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    log = openSync(logFile, 'a', 0o600);
  } catch (error) {
    return { ok: false, error: unwritableError(dataFolder, error) };
  }
  const { promise: outcome, resolve } = Promise.withResolvers<StartResult>();
  const fail = (error: AppError) => resolve({ ok: false, error });
  const child = fork(entry, [dataFolder], {
    cwd: dataFolder,
    detached: true,
    // Options of the starting process (a debugger's port, a test runner's loader) are not the core's.
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  child.once('message', (value) => {
    const message = readStartMessage(value);
    if (message === null) fail(new AppError('internal', 'The core said something unknown as it started.'));
    else if (message.type === 'ready') resolve({ ok: true });
    else fail(message.error);
  });
  child.once('error', (error) => fail(new AppError('internal', `The core did not start: ${error.message}.`)));
  child.once('exit', (code, by) => {
    const end = by === null ? `exit code ${code}` : by;
    fail(new AppError('internal', `The core ended as it started (${end}); ${logFile} may say why.`));
  });

  const timer = new AbortController();
  const late = async (): Promise<StartResult> => {
    await setTimeout(patienceMs, undefined, { signal: timer.signal });
    child.kill('SIGKILL');
    const error = new AppError('internal', `The core was not ready in ${patienceMs / 1000} s; see ${logFile}.`);
    return { ok: false, error };
  };
  try {
    return await unlessAborted(Promise.race([outcome, late()]), signal);
  } finally {
    timer.abort();
    // From here on neither keeps the other alive.
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** Waits; fails with `cancelled` as soon as `signal` aborts. */
export async function waitUnlessAborted(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  await unlessAborted(setTimeout(durationMs), signal);
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new AppError('cancelled', 'Cancelled.'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  // The loser of the race has nobody to hear its failure.
  work.catch(() => undefined);
  try {
    return await Promise.race([aborted.promise, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function unwritableError(dataFolder: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'disk-full' : 'permission-denied';
  return new AppError(
    code,
    `The data folder ${dataFolder} cannot be written (${reason}); choose another with --data.`,
    {
      cause: error,
      details: { folder: dataFolder },
    },
  );
}
