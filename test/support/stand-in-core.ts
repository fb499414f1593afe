/** A core process without a program in it: real lock, real socket, stand-in service; its environment says how it fails. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { listenForClients } from '../../src-main/hosts/core-socket.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { wireErrorFrom } from '../../src-main/contract/wire.ts';
import { acquireDataFolderLock } from '../../src-main/store/index.ts';
import { createStandInService } from './stand-in-service.ts';

const [, , dataFolder = ''] = process.argv;
const token = 'stand-in-token';
const fails = (error: AppError) => {
  process.send?.({ type: 'failed', error: wireErrorFrom(error) }, () => process.exit(1));
};

async function main(): Promise<void> {
  const lock = acquireDataFolderLock(dataFolder, { version: '1.2.3' });
  // So that a rival finds a folder that is held by a core which does not listen yet.
  if (process.env['STAND_IN_CORE'] === 'slow') await setTimeout(500);
  const ended = Promise.withResolvers<void>();
  const { service } = createStandInService({ dataFolder, onShutdown: ended.resolve });
  let idle: NodeJS.Timeout | undefined;
  const socket = await listenForClients({
    dataFolder,
    token,
    service,
    openMedia: async (target) => {
      if (target.kind === 'evaluation' || target.kind === 'export' || target.recording !== 'ab'.repeat(32))
        throw new AppError('not-found', 'There is no such recording.');
      return { path: join(dataFolder, 'clip.mp4'), [Symbol.dispose]: () => undefined };
    },
    onClients: (count) => {
      clearTimeout(idle);
      if (count === 0) idle = globalThis.setTimeout(ended.resolve, 300);
    },
  });
  lock.publish({ socket: socket.path, token });
  process.send?.({ type: 'ready' });
  process.channel?.unref();
  await ended.promise;
  await socket[Symbol.asyncDispose]();
  lock.release();
  process.exit(0);
}

switch (process.env['STAND_IN_CORE'] ?? '') {
  case 'refuses':
    fails(new AppError('database-newer', 'The database is of version 9.', { details: { found: 9 } }));
    break;
  case 'ends':
    process.exit(7);
  case 'hangs':
    // Until nobody waits for it any more: the test must not leave it behind.
    process.once('disconnect', () => process.exit(1));
    break;
  case 'babbles':
    process.send?.({ type: 'hello' });
    break;
  default:
    await main().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      fails(error);
    });
}
