/** The core process: holds the data folder, serves the contract on a local socket, and ends when nobody needs it. */
import { randomBytes } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { createCore } from '../app/core.ts';
import { dataFolderAt } from '../app/data-folder.ts';
import { appErrorFrom } from '../contract/errors.ts';
import { acquireDataFolderLock } from '../store/index.ts';
import { listenForClients } from './core-socket.ts';
import type { Entries } from './entries.ts';

/** A page that reloads or a command that follows another should find the same core. */
const idleMs = 2_000;

export type CoreEntries = Pick<Entries, 'worker' | 'models' | 'policies'>;

/** Runs the core of this process's one argument and ends the process; what kept it from starting goes to the one who did. */
export async function runCoreProgram(entries: CoreEntries): Promise<never> {
  const [, , dataFolder] = process.argv;
  if (dataFolder === undefined) throw new Error('The core takes the data folder as its argument.');
  try {
    await run(dataFolder, entries);
    process.exit(0);
  } catch (error) {
    const { code, message, details } = appErrorFrom(error);
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const failed = { type: 'failed', error: { code, message, details } };
    if (process.connected) await new Promise((sent) => process.send?.(failed, sent));
    process.exit(1);
  }
}

/** Until `shutdown`; sends `ready` to the process that started this one. */
async function run(dataFolder: string, entries: CoreEntries): Promise<void> {
  const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const { version } = manifest;

  // First the lock: nothing may touch the folder before it is ours.
  using lock = acquireDataFolderLock(dataFolder, { version });
  const ended = Promise.withResolvers<void>();
  await using core = await createCore({
    folder: dataFolderAt(dataFolder),
    version,
    workerEntry: entries.worker,
    modelFolders: [entries.models],
    shippedPolicies: entries.policies,
    log,
    now: Date.now,
    onShutdown: () => ended.resolve(),
  });

  const token = randomBytes(32).toString('base64url');
  let idle: NodeJS.Timeout | undefined;
  await using socket = await listenForClients({
    dataFolder,
    token,
    service: core.service,
    openMedia: (target, signal) => core.openMedia(target, signal),
    // Without a client nobody watches and nobody could stop it: work pauses, and resumes with the next client.
    onClients: (count) => {
      clearTimeout(idle);
      if (count === 0) idle = setTimeout(() => ended.resolve(), idleMs);
    },
  });
  // Last, because from here on others connect.
  lock.publish({ socket: socket.path, token });
  process.send?.({ type: 'ready' });
  process.channel?.unref();
  log(`core ${version} (pid ${process.pid}) serves ${dataFolder} at ${socket.path}`);

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.resolve());
  process.on('SIGINT', () => undefined);
  await ended.promise;
  log('core ends');
}
