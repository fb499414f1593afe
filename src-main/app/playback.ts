/** Playback: the cache, the workers and the files of the player, put together. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../store/index.ts';
import { startSupervisor } from '../workers/index.ts';
import type { DataFolder } from './data-folder.ts';
import { createMedia, type Media } from './media.ts';
import { createMediaCache } from './media-cache.ts';
import { createPlaybackWorkers } from './playback-workers.ts';
import type { SettingsService } from './settings.ts';

export interface Playback extends Media, AsyncDisposable {}

export interface PlaybackParts {
  readonly store: Pick<Store, 'recordings'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly folder: Pick<DataFolder, 'cache' | 'incoming'>;
  /** Program of a worker process. */
  readonly workerEntry: string;
  /** A worker that shows no sign of work for this long is ended. */
  readonly stallMs: number;
  readonly log: (line: string) => void;
}

/** The form of what is made: with another one, what was kept is made anew. */
const mediaForm = 'playback-1';
const coresForTwoWorkers = 4;
const idleMs = 60_000;
const workerMemoryBytes = 3 * 2 ** 30;

export function createPlayback({ store, settings, folder, workerEntry, stallMs, log }: PlaybackParts): Playback {
  const start = () =>
    startSupervisor({
      ...{ entry: workerEntry, workers: 1, stallMs, memoryLimitBytes: workerMemoryBytes, env: process.env },
      log: (line) => log(`playback ${line}`),
    });
  const workers = createPlaybackWorkers(start, availableParallelism() >= coresForTwoWorkers ? 2 : 1, idleMs);
  const cache = createMediaCache({
    folder: join(folder.cache, mediaForm),
    limit: () => settings.get().playbackCacheBytes,
    log,
  });
  return {
    ...createMedia({ store, cache, workers, incoming: folder.incoming }),
    [Symbol.asyncDispose]: () => workers[Symbol.asyncDispose](),
  };
}
