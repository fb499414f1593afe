/** The contract's calls, answered from the store and by jobs. */
import { access } from 'node:fs/promises';
import { sep } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { EventSink, EventSource, Service } from '../contract/service.ts';
import type { Flag } from '../contract/flag.ts';
import type { Job } from '../contract/job.ts';
import type { PlaybackPlan } from '../contract/playback.ts';
import type { Recording } from '../contract/recording.ts';
import type { Interval } from '../math/interval.ts';
import { requireSuite } from '../simulation/index.ts';
import type { JsonValue, Store, UnreadableFile } from '../store/index.ts';
import type { Supervisor } from '../workers/index.ts';
import { configureCamera, requireCamera, settingsOf } from './camera-settings.ts';
import type { DataFolder } from './data-folder.ts';
import { examine } from './doctor.ts';
import { createAuditCalls } from './evidence/audit-calls.ts';
import { createEvidenceCalls } from './evidence/evidence-calls.ts';
import { checkRequest } from './evaluation/request.ts';
import type { Results } from './evaluation/results.ts';
import type { ExportResults } from './export/export-results.ts';
import { listFolder, listPlaces, placesHere } from './folders.ts';
import { camerasAt, correctClock, footageOf } from './footage.ts';
import { createGroundTruth } from './ground-truth.ts';
import type { Jobs } from './jobs.ts';
import type { Nets } from './nets.ts';
import { inspectNormality, resetNormality } from './normality.ts';
import { overlayFor } from './overlay.ts';
import type { Likeness } from './likeness.ts';
import { createOverviewCalls } from './overview.ts';
import { pageFrom, type PageParams } from './pages.ts';
import { resolvePolicy } from './policies/find-version.ts';
import { createPolicyCalls } from './policies/policy-calls.ts';
import type { Policies } from './policies/policies.ts';
import { createSearchCalls } from './search.ts';
import { retentionItem, retentionOf } from './retention.ts';
import type { SettingsService } from './settings.ts';
import { createTrainingCalls } from './training/training-calls.ts';
import { storedTrajectory, timelineOf } from './timeline.ts';
import type { Watches } from './watches.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly settings: SettingsService;
  readonly supervisor: Supervisor;
  readonly nets: Nets;
  readonly hub: EventSource & EventSink;
  readonly playback: { plan(recording: string, signal: AbortSignal): Promise<PlaybackPlan> };
  readonly results: Results;
  readonly exportResults: ExportResults;
  readonly watches: Pick<Watches, 'list' | 'add' | 'remove'>;
  readonly policies: Policies;
  readonly likeness: Pick<Likeness, 'similarTo'>;
  readonly folder: DataFolder;
  readonly version: string;
  readonly now: () => number;
  readonly onShutdown: () => void;
}

/** A folder picker shows so many folders that were worked on before. */
const mostRecentFolders = 8;

export function createService(parts: ServiceParts): Service {
  const { store, jobs, settings, supervisor, folder, now, hub } = parts;
  const startedAtMs = now();
  const groundTruth = createGroundTruth(store);
  const training = createTrainingCalls({ store, jobs, now });
  const search = createSearchCalls({
    ...{ store, likeness: parts.likeness, events: hub, now },
    flagNamed: (id) => findFlag(store, id).id,
  });

  function changedFlag(id: string): Flag {
    const flag = findFlag(store, id);
    hub.emit('flag.changed', flag);
    return flag;
  }

  return {
    on: hub.on,
    core: {
      info: async () => ({
        version: parts.version,
        pid: process.pid,
        startedAtMs,
        dataFolder: folder.root,
        recordings: store.recordingLists.count(),
        unreadable: store.unreadableFiles.count(),
        flags: store.flagQueue.count(),
        models: await parts.nets.level(),
      }),
      shutdown: async () => {
        parts.onShutdown();
        return {};
      },
    },
    archive: {
      import: async ({ folders }) => {
        await requireFolders(folders);
        return { job: jobs.start('import', { folders }) };
      },
      recordings: async ({ folder: under, ...page }) => {
        if (under !== undefined) return pageOfFolder(store, under, page);
        const ids = pageFrom(store.recordingLists.find({ order: 'camera' }), page, (id) => id);
        return { ...ids, items: store.recordingLists.rows(ids.items) };
      },
      unreadable: async (params) => {
        const files =
          params.folder === undefined ? store.unreadableFiles.list() : store.unreadableFiles.under(params.folder, sep);
        return pageFrom(files.map(unreadableRecording), params, ({ id }) => id);
      },
      overview: async () => ({
        cameras: store.recordingLists.byCamera(),
        unreadable: store.unreadableFiles.count(),
      }),
      retention: async () => retentionOf(store.holdings.list().map(retentionItem)),
      retentionItems: async ({ advice, ...page }) => {
        const items = store.holdings.list().map(retentionItem);
        return pageFrom(
          items.filter((item) => item.advice === advice),
          page,
          ({ recording }) => recording,
        );
      },
    },
    cameras: {
      normality: async ({ camera }) => ({
        normality: await inspectNormality(store, camera, await parts.nets.modelsId()),
      }),
      resetNormality: async ({ camera }) => {
        await resetNormality(store, camera);
        return {};
      },
      footage: async (span, { signal }) => ({ footage: await footageOf(store, span, signal) }),
      moment: async ({ utcMs }) => ({ cameras: camerasAt(store, utcMs) }),
      setClock: async ({ camera, ...clock }) => ({
        before: correctClock(store, camera, clock, settings.get().timeZone || undefined),
      }),
      settings: async ({ camera }) => ({ settings: settingsOf(store, requireCamera(store, camera).id) }),
      configure: async ({ camera, settings: wanted }) => ({
        settings: configureCamera(store, camera, wanted, now()),
      }),
    },
    recordings: {
      find: async (filter) => ({ ids: store.recordingLists.find(filter) }),
      rows: async ({ ids }) => ({ items: store.recordingLists.rows(ids) }),
      timeline: ({ recording }, { signal }) => timelineOf(store, recording, signal),
      overlay: async ({ recording, ...stretch }) =>
        overlayFor(store, recording, stretch, await parts.nets.modelsId(), now()),
    },
    folders: {
      list: ({ path }, { signal }) =>
        path === undefined
          ? listPlaces(placesHere(store.jobs.recentFolders(mostRecentFolders)), signal)
          : listFolder(path, signal),
      watched: async () => ({ items: parts.watches.list() }),
      watch: async ({ folders, scan }) => ({ items: await parts.watches.add(folders, scan) }),
      unwatch: async ({ folder: path }) => ({ items: parts.watches.remove(path) }),
    },
    samples: {
      start: async () => ({
        job: underWay(jobs, 'samples') ?? jobs.start('samples', { framesPerMinute: settings.get().framesPerMinute }),
      }),
    },
    playback: {
      plan: ({ recording }, { signal }) => parts.playback.plan(recording, signal),
      groundTruth: async ({ recording }) => ({ truth: await groundTruth(recording) }),
    },
    scan: {
      start: async (params) => {
        // Before there is a job: a misspelt name is the caller's to mend.
        if (params.policy !== undefined) resolvePolicy(store, params.policy);
        await requireFolders(params.folders ?? []);
        return { job: jobs.start('scan', jsonOf({ ...params, nano: store.policyVersions.active() })) };
      },
    },
    jobs: {
      list: async () => ({ items: [...jobs.list()] }),
      cancel: async (params) => ({ job: jobs.cancel(params.job) }),
      resume: async (params) => ({ job: jobs.resume(params.job) }),
    },
    flags: {
      ...search.flags,
      get: async (params) => ({ flag: findFlag(store, params.flag) }),
      rows: async ({ ids }) => ({ items: store.flags.rows(ids) }),
      tag: async ({ flag, tags }) => {
        const { id } = findFlag(store, flag);
        store.tags.set(id, tags);
        return { flag: changedFlag(id) };
      },
    },
    savedFilters: search.savedFilters,
    overview: createOverviewCalls(store),
    trajectories: {
      get: async ({ id }) => ({ trajectory: await storedTrajectory(store.blobs, id) }),
      ...training.trajectories,
    },
    training: training.training,
    verdicts: {
      decide: async ({ flag, decision, start, end, note, reason, class: incidentClass }) => {
        const found = findFlag(store, flag);
        const { id } = found;
        requireInside(store, found.recording, { start: start ?? found.start, end: end ?? found.end });
        const verdict = { decision, class: incidentClass ?? null, start: start ?? null, end: end ?? null };
        const words = { note: note ?? '', ...(reason !== undefined && { reason }) };
        store.verdicts.add(id, { ...verdict, ...words, decidedAtMs: now() });
        return { flag: changedFlag(id) };
      },
      undo: async ({ flag }) => {
        const { id } = findFlag(store, flag);
        if (!store.verdicts.undo(id, now())) throw new AppError('not-found', `Flag ${id} has no verdict to take back.`);
        return { flag: changedFlag(id) };
      },
      words: async () => ({ ...store.verdicts.words(), tags: store.tags.words() }),
    },
    misses: {
      add: async ({ recording, start, end, note, class: incidentClass }) => {
        requireInside(store, recording, { start, end });
        const miss = { recording, start, end, class: incidentClass, note: note ?? '', addedAtMs: now() };
        return { miss: store.misses.add(miss) };
      },
      remove: async ({ miss }) => {
        if (!store.misses.remove(miss, now())) throw new AppError('not-found', `There is no miss ${miss}.`);
        return {};
      },
      list: async ({ recording, ...page }) =>
        pageFrom(store.misses.list(recording === undefined ? {} : { recording }), page, ({ id }) => id),
    },
    models: {
      fetch: async () => ({ job: jobs.start('models', {}) }),
    },
    simulate: {
      start: async ({ out, suite = 'sample', seed, rate, hours, scenes }) => {
        const options = {
          seed,
          ...(rate !== undefined && { rate }),
          ...(hours !== undefined && { hours }),
          ...(scenes !== undefined && { scenes }),
        };
        // An unknown suite is a typing error, which no job would mend.
        requireSuite(suite);
        return { job: jobs.start('simulate', { out, suite, ...options }) };
      },
    },
    evaluations: {
      start: async (params) => {
        await checkRequest(params, (text) => resolvePolicy(store, text));
        return { job: jobs.start('evaluation', jsonOf({ ...params, nano: store.policyVersions.active() })) };
      },
      list: async () => ({ items: await parts.results.list() }),
      get: async ({ id }) => ({ evaluation: await parts.results.get(id) }),
    },
    ...createPolicyCalls({ store, jobs, settings, policies: parts.policies, now }),
    ...createEvidenceCalls({
      ...{ store, jobs, folder, now, nets: parts.nets, results: parts.exportResults },
      ...{ settings: () => settings.get(), findFlag: (id) => findFlag(store, id) },
    }),
    ...createAuditCalls(store),
    doctor: {
      run: async (_params, { signal }) => ({
        checks: await examine(
          {
            store,
            folder,
            nets: parts.nets,
            policies: parts.policies,
            workerCount: supervisor.workerCount,
            preference: settings.get().provider,
          },
          signal,
        ),
      }),
    },
    settings: {
      get: async () => ({ settings: settings.get() }),
      set: async (params) => ({ settings: settings.set(params.settings) }),
    },
  };
}

/** Params without the members that are not there: a job's are stored as JSON. */
const jsonOf = (params: unknown): JsonValue => JSON.parse(JSON.stringify(params)) as JsonValue;

/** Errors: `not-found` that names the first that is not there: most likely a typing error, and no job would mend it. */
async function requireFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await access(folder).catch((error: unknown) => {
      throw new AppError('not-found', `There is no folder or file ${folder}.`, { cause: error, details: { folder } });
    });
  }
}

/** A second more than the recording is allowed: players and people round. Errors: `invalid-argument`. */
function requireInside(store: Store, recording: string, { start, end }: Interval): void {
  const seconds = store.recordings.get(recording)?.video?.seconds;
  const limits = seconds === undefined ? '' : ` of a recording of ${seconds.toFixed(1)} s`;
  if (start >= end || end > (seconds ?? Infinity) + 1) {
    throw new AppError('invalid-argument', `From ${start} s to ${end} s is no interval${limits}.`);
  }
}

/** The job of this kind that runs or waits. */
const underWay = (jobs: Jobs, kind: Job['kind']): Job | undefined =>
  jobs.list().find((job) => job.kind === kind && (job.state === 'running' || job.state === 'waiting'));

/** The flag of this id, or the only one whose id begins so. Errors: `not-found`, `invalid-argument`. */
function findFlag(store: Store, id: string): Flag {
  const [flag, other] = /^[0-9a-f]{6,64}$/.test(id) ? store.flags.startingWith(id) : [];
  if (flag === undefined) throw new AppError('not-found', `There is no flag ${id}; \`anom-pi flags\` lists them.`);
  if (other !== undefined)
    throw new AppError('invalid-argument', `More than one flag begins with ${id}; give more of it.`);
  return flag;
}

/** Each file of the folder with the recording that it holds: a recording that lies there twice is listed twice. */
function pageOfFolder(store: Store, folder: string, page: PageParams): { items: Recording[]; next: string | null } {
  const files = pageFrom(store.recordings.pathsUnder(folder, sep), page, ({ path }) => path);
  const items = files.items.flatMap(({ recording, path }) => {
    const found = store.recordings.get(recording);
    return found === undefined ? [] : [{ ...found, path }];
  });
  return { items, next: files.next };
}

/** A file that could not be read, in the form of a recording: its path is all the identity that it has. */
function unreadableRecording({ path, bytes, reason }: UnreadableFile): Recording {
  const clock = { utcMs: null, source: 'none', text: '' } as const;
  return { id: path, path, camera: '', clock, bytes, status: 'unreadable', reason, video: null };
}
