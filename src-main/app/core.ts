/** The composition root: puts store, workers and jobs together into the service that every host reaches. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import type { MediaTarget } from '../contract/media.ts';
import type { EventSink, EventSource, Service } from '../contract/service.ts';
import { createEventHub } from '../contract/event-hub.ts';
import type { KnownSettings } from '../contract/settings.ts';
import { openStore, type Store } from '../store/index.ts';
import { startSupervisor } from '../workers/index.ts';
import { emitArchiveEvents } from './archive-events.ts';
import type { DataFolder } from './data-folder.ts';
import { createResults } from './evaluation/results.ts';
import { noteProgram } from './evidence/note-program.ts';
import { createExportResults } from './export/export-results.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createLikeness } from './likeness.ts';
import { createMediaCache, type HeldFile } from './media-cache.ts';
import { createNets } from './nets.ts';
import { createPlayback, type Playback } from './playback.ts';
import { createPolicies } from './policies/policies.ts';
import { registerShipped } from './policies/shipped.ts';
import { createService } from './service.ts';
import { createSettings } from './settings.ts';
import { createTasks } from './tasks.ts';
import { createWatches } from './watches.ts';
import { createWorks } from './works.ts';

export interface CoreOptions {
  readonly folder: DataFolder;
  readonly version: string;
  /** Program of a worker process. */
  readonly workerEntry: string;
  /** Folders that may hold models besides the data folder's, best first. */
  readonly modelFolders: readonly string[];
  /** Folder of the policy version that came with the program. */
  readonly shippedPolicies: string;
  readonly log: (line: string) => void;
  readonly now: () => number;
  /** Called when a client asks the core to end. */
  readonly onShutdown: () => void;
}

export interface Core extends AsyncDisposable {
  readonly service: Service;
  readonly store: Store;
  readonly playback: Playback;
  /** The file behind an address; held until it is disposed of. Errors: `not-found`, and those of `Playback.open`. */
  openMedia(target: MediaTarget, signal: AbortSignal): Promise<HeldFile>;
}

/** Four workers keep a disk busy; more would only wait for each other. */
const mostWorkers = 4;
const stallMs = 120_000;
/** Somebody looks at an empty picture meanwhile; opening alone may take half of it on a disk that sleeps. */
const playbackStallMs = 60_000;
const workerMemoryBytes = 3 * 2 ** 30;
/** The form of what is cached: with another one, footage is looked at anew. */
const evaluationCacheForm = '1';

/** The caller holds the data folder's lock. Errors: those of opening the store. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { folder, log, now } = options;
  const store = openStore(folder.root);
  noteProgram(store.audit, options.version);
  const hub: EventSource & EventSink = createEventHub();
  const settings = createSettings(store);
  const supervisor = startSupervisor({
    entry: options.workerEntry,
    workers: workerCount(settings.get()),
    stallMs: patience(stallMs),
    memoryLimitBytes: workerMemoryBytes,
    env: process.env,
    // Who watches a recording meanwhile must not see it stutter.
    isBackground: true,
    log,
  });
  await evictFrames(store, settings.get(), log);
  const tasks = await createTasks(supervisor, store, folder.incoming);
  const modelFolders = [folder.models, ...options.modelFolders];
  const threads = supervisor.workerCount > 1 ? 1 : availableParallelism();
  const nets = createNets({ tasks, settings, modelFolders, threads, log });
  const results = createResults(folder.evaluations);
  const cache = createMediaCache({
    folder: join(folder.evaluationCache, evaluationCacheForm),
    limit: () => settings.get().frameCacheBytes,
    log: (line) => log(`evaluation ${line}`),
  });
  const evaluation = { cache, results };
  const notice = await registerShipped(store, options.shippedPolicies, now());
  if (notice !== null) log(notice);
  const policies = createPolicies({ store, events: hub, notice, now });
  const exportResults = createExportResults(folder.exports, now);
  const works = createWorks({
    ...{ store, tasks, supervisor, events: hub, settings, nets, folder, evaluation, policies, now },
    version: options.version,
  });
  const jobs: Jobs = createJobs({ store, events: hub, works, now });
  const playback = createPlayback({
    ...{ store, settings, folder, log },
    workerEntry: options.workerEntry,
    stallMs: patience(playbackStallMs),
  });
  const archiveEvents = emitArchiveEvents(store, hub, now);
  const watches = createWatches({ ...{ store, jobs, hub, log, now }, ...watchPace() });
  const likeness = createLikeness(store, now, log);
  const service = createService({
    ...{
      ...options,
      store,
      jobs,
      settings,
      nets,
      hub,
      supervisor,
      playback,
      results,
      policies,
      likeness,
      watches,
      exportResults,
    },
  });

  return {
    service,
    store,
    playback,
    async openMedia(target, signal) {
      if (target.kind !== 'evaluation' && target.kind !== 'export') return await playback.open(target, signal);
      const path =
        target.kind === 'export' ? await exportResults.fileOf(target.job) : await results.reportPath(target.evaluation);
      return { path, [Symbol.dispose]: () => undefined };
    },
    async [Symbol.asyncDispose]() {
      await watches.close();
      await jobs.close();
      archiveEvents.close();
      await likeness.close();
      await playback[Symbol.asyncDispose]();
      await supervisor.close();
      await rm(folder.incoming, { recursive: true, force: true });
      store.close();
    },
  };
}

/** Tests have less time than recorders. */
function watchPace() {
  const restMs = Number(process.env['ANOM_PI_WATCH_REST_MS'] ?? NaN);
  if (Number.isNaN(restMs)) return {};
  return { pace: { restMs, leastMs: restMs / 2, mostMs: 4 * restMs, backOffMs: restMs } };
}

/** Tests have less of it. */
const patience = (ms: number) => Number(process.env['ANOM_PI_STALL_MS'] ?? ms);

function workerCount({ workers }: KnownSettings): number {
  return workers > 0 ? workers : Math.min(mostWorkers, availableParallelism());
}

/** Before the first task: none holds the path of a cached blob. */
async function evictFrames(store: Store, { frameCacheBytes }: KnownSettings, log: (line: string) => void) {
  const { blobs, bytes } = await store.frameCache.evict(frameCacheBytes);
  if (blobs > 0) log(`frame cache: removed ${blobs} blobs, ${bytes} bytes`);
}
