/** A service of the whole contract without anything behind it: the ids that it is given say what it shall do. */
import { defaultCameraSettings } from '../../src-main/contract/camera.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { createEventHub } from '../../src-main/contract/event-hub.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { FolderListing } from '../../src-main/contract/folder.ts';
import type { PlaybackPlan } from '../../src-main/contract/playback.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import type { WatchedFolder } from '../../src-main/contract/watched-folder.ts';
import type { CallContext, EventSink, Service } from '../../src-main/contract/service.ts';

export interface StandInService {
  readonly service: Service;
  readonly events: EventSink;
  /** Resolves when a call of `trajectories.get` with this id was cancelled, with the reason that its signal gave. */
  readonly cancelled: (id: string) => Promise<unknown>;
  /** Listeners that are subscribed now. */
  readonly listeners: () => number;
  /** Lets calls of `trajectories.get` with id `held` answer. */
  readonly letGo: () => void;
}

export const standInJob = (id: string, done = 0): Job => ({
  id,
  kind: 'scan',
  state: 'running',
  folders: [],
  progress: { done, total: 100, unit: 'files', rate: null, secondsLeft: null, label: '', failed: 0 },
  startedAtMs: 1,
  endedAtMs: null,
  reason: null,
});

const flag = (id: string): Flag => ({
  id,
  recording: 'r',
  path: '/r.mp4',
  camera: 'c',
  start: 1,
  end: 2,
  class: 'fall',
  score: 0.5,
  explanation: '',
  claims: [],
  trajectory: 't',
  policy: 'rules',
  policyVersion: '1',
  verdict: null,
});

const recordingRow = (id: string): RecordingRow => ({
  id,
  path: '/r.mp4',
  camera: 'c',
  clock: { utcMs: null, source: 'none', text: '' },
  bytes: 1,
  status: 'ready',
  reason: null,
  video: { seconds: 60, width: 64, height: 36, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' },
  flags: 1,
  openFlags: 1,
  scanned: true,
});

const places: FolderListing = {
  path: null,
  parent: null,
  entries: [{ name: 'home', path: '/home', kind: 'home', bytes: null }],
  truncated: false,
};

const nothingKept = { recordings: 0, bytes: 0 };
const watchedFolder = (path: string, scan: boolean): WatchedFolder => ({
  ...{ path, scan, state: 'looking', reason: null, nextTryAtMs: null, lookedAtMs: null },
  ...{ files: 0, beingWritten: 0, underWay: 0, taken: 0 },
});

const plan: PlaybackPlan = {
  kind: 'original',
  ...{ seconds: 60, frames: 1500, width: 64, height: 36, startTime: 0 },
  sheets: { count: 1, columns: 10, rows: 6, interval: 1, tileWidth: 160, tileHeight: 90 },
};

/** `dataFolder` and `version` are what `core.info` answers; `onShutdown` is called by `core.shutdown`. */
export function createStandInService({ dataFolder = '/data', onShutdown = () => {} } = {}): StandInService {
  const hub = createEventHub();
  const cancellations = new Map<string, PromiseWithResolvers<unknown>>();
  const held = Promise.withResolvers<void>();
  let listeners = 0;
  const cancellation = (id: string) => {
    const known = cancellations.get(id) ?? Promise.withResolvers<unknown>();
    cancellations.set(id, known);
    return known;
  };

  const trajectory = async (id: string, signal: CallContext['signal']): Promise<unknown> => {
    switch (id) {
      case 'missing':
        throw new AppError('not-found', 'There is no trajectory missing.', { details: { id, count: 0, known: false } });
      case 'bug':
        throw new TypeError('Cannot read properties of undefined');
      case 'cycle': {
        const cycle: Record<string, unknown> = {};
        cycle['self'] = cycle;
        return cycle;
      }
      case 'huge':
        return 'x'.repeat(40 * 1024 * 1024);
      case 'held':
        await held.promise;
        return id;
      default: {
        if (!id.startsWith('never')) return { id, text: id };
        const { promise, reject } = Promise.withResolvers<never>();
        signal.addEventListener('abort', () => {
          cancellation(id).resolve(signal.reason);
          reject(signal.reason as Error);
        });
        return promise;
      }
    }
  };

  const started = async () => ({ job: standInJob('j') });
  const emptyPage = async () => ({ items: [], next: null });
  const service: Service = {
    on(event, listener) {
      listeners++;
      const off = hub.on(event, listener);
      return () => {
        listeners--;
        off();
      };
    },
    core: {
      info: async () => ({
        version: '1.2.3',
        pid: process.pid,
        startedAtMs: 1,
        dataFolder,
        recordings: 1,
        unreadable: 2,
        flags: 3,
        models: 'both' as const,
      }),
      shutdown: async () => {
        onShutdown();
        return {};
      },
    },
    archive: {
      import: started,
      recordings: emptyPage,
      unreadable: emptyPage,
      overview: async () => ({ cameras: [], unreadable: 2 }),
      retention: async () => ({
        all: { keep: nothingKept, undecided: nothingKept, 'may-go': nothingKept },
        folders: [],
      }),
      retentionItems: emptyPage,
    },
    cameras: {
      normality: async () => ({ normality: null }),
      resetNormality: async () => ({}),
      settings: async () => ({ settings: defaultCameraSettings }),
      configure: async ({ settings }) => ({ settings }),
      footage: async () => ({ footage: [] }),
      moment: async () => ({ cameras: [] }),
      setClock: async () => ({ before: { clockOffsetMs: 0, timeZone: null } }),
    },
    recordings: {
      find: async () => ({ ids: ['r'] }),
      rows: async ({ ids }) => ({ items: ids.map(recordingRow) }),
      timeline: async () => ({ seconds: 60, activity: [], policy: null, episodes: [], looks: [] }),
      overlay: async () => ({ frames: [] }),
    },
    folders: {
      list: async ({ path }) => (path === undefined ? places : { ...places, path, parent: '/', entries: [] }),
      watched: async () => ({ items: [] }),
      watch: async ({ folders, scan }) => ({ items: folders.map((path) => watchedFolder(path, scan)) }),
      unwatch: async () => ({ items: [] }),
    },
    samples: { start: started },
    playback: { plan: async () => plan, groundTruth: async () => ({ truth: null }) },
    scan: {
      start: async ({ recordings = [] }) => {
        for (const [index, id] of recordings.entries()) hub.emit('job.changed', standInJob(id, index));
        return { job: standInJob('j') };
      },
    },
    jobs: {
      list: async () => ({ items: [standInJob('j')] }),
      cancel: async ({ job }) => ({ job: standInJob(job) }),
      resume: async ({ job }) => ({ job: standInJob(job) }),
    },
    // One flag whose score tells the limit, so that a test sees what the service was given.
    flags: {
      list: async ({ limit }) => ({ items: [{ ...flag('f'), score: limit }], next: null }),
      get: async (params) => ({ flag: flag(params.flag) }),
      head: async () => ({ ids: ['f'] }),
      find: async () => ({ ids: ['f'], states: { open: 1, confirm: 0, reject: 0, unsure: 0 } }),
      rows: async ({ ids }) => ({ items: ids.map(flag) }),
      tag: async ({ flag: id, tags }) => ({ flag: { ...flag(id), tags } }),
      versions: async () => ({ items: [] }),
      decideAll: async ({ flags }) => ({ flags, decidedAtMs: 1 }),
      undoAll: async ({ flags }) => ({ flags }),
      tagAll: async ({ flags }) => ({ flags }),
    },
    savedFilters: {
      list: async () => ({ items: [] }),
      put: async ({ filter }) => ({ items: [filter] }),
      remove: async () => ({ items: [] }),
    },
    overview: {
      days: async () => ({ days: [], undated: 0 }),
      recap: async () => ({
        ...{ recordings: 0, seconds: 0, scanned: 0, cameras: [], classes: [], strongest: [] },
        flags: { open: 0, confirm: 0, reject: 0, unsure: 0 },
      }),
    },
    trajectories: {
      get: async ({ id }, { signal }) => ({ trajectory: await trajectory(id, signal) }),
      prefer: async (pair) => ({ preference: { id: 'p', recording: 'r', ...pair, statedAtMs: 1 } }),
      withdraw: async () => ({}),
      preferences: emptyPage,
    },
    verdicts: {
      decide: async (params) => ({ flag: { ...flag(params.flag), explanation: params.note ?? '' } }),
      undo: async (params) => ({ flag: flag(params.flag) }),
      words: async () => ({ classes: [], tags: [], reasons: [] }),
    },
    misses: {
      add: async ({ recording, start, end, class: of, note = '' }) => ({
        miss: { id: 'm', recording, start, end, class: of, note, addedAtMs: 1 },
      }),
      remove: async () => ({}),
      list: emptyPage,
    },
    models: { fetch: started },
    simulate: { start: started },
    evaluations: {
      start: started,
      list: async () => ({ items: [] }),
      get: async ({ id }) => {
        throw new AppError('not-found', `There is no evaluation ${id}.`);
      },
    },
    policies: {
      list: async () => ({ items: [], activations: [], notice: null }),
      get: async ({ version }) => {
        throw new AppError('not-found', `There is no policy version ${version}.`);
      },
      activate: async ({ version }) => {
        throw new AppError('not-found', `There is no policy version ${version}.`);
      },
      rollback: async () => {
        throw new AppError('not-found', 'Nothing was in force before.');
      },
      compare: started,
      comparisons: emptyPage,
      comparison: async ({ id }) => {
        throw new AppError('not-found', `There is no comparison ${id}.`);
      },
    },
    training: {
      readiness: async () => ({
        reviewed: { confirmed: 2, rejected: 3, unsure: 1, misses: 1, preferences: 0 },
        ...{ incidents: 3, innocent: 2, needed: 10 },
      }),
      start: started,
      runs: emptyPage,
      get: async ({ run }) => {
        throw new AppError('not-found', `There is no training run ${run}.`);
      },
    },
    evidence: {
      export: started,
      estimate: async () => ({ bytes: 1, name: 'r-evidence.zip', isFolder: false, missing: [], unable: null }),
      exports: async () => ({ items: [] }),
      receive: async () => ({ upload: 'u' }),
      discard: async () => ({}),
      verify: async () => ({
        isOwn: false,
        verification: {
          ...{ holds: true, faults: [], signer: 'SHA256:x', signerVerified: false },
          ...{ madeAtMs: 1, flags: ['f'], auditHead: null, files: 9 },
        },
      }),
      publicKey: async () => ({ fingerprint: 'SHA256:x', pem: '' }),
    },
    audit: {
      head: async () => ({ head: { number: 1, hash: '0'.repeat(64) }, atMs: 1, fault: null }),
      list: emptyPage,
    },
    doctor: { run: async () => ({ checks: [{ name: 'disk', state: 'ok', detail: '1 GB' }] }) },
    settings: { get: async () => ({ settings: {} }), set: async (params) => params },
  };

  return {
    service,
    events: hub,
    cancelled: (id) => cancellation(id).promise,
    listeners: () => listeners,
    letGo: () => held.resolve(),
  };
}
