/** The contract's calls, answered from the store and by jobs. */
import { access } from 'node:fs/promises';
import { sep } from 'node:path';
import { upgradeTrajectory } from '../contract/trajectory.ts';
import { AppError } from '../contract/errors.ts';
import type { EventSource, Service } from '../contract/service.ts';
import type { Flag } from '../contract/flag.ts';
import type { Recording } from '../contract/recording.ts';
import { policyNamed } from '../inquiry/index.ts';
import type { Interval } from '../math/interval.ts';
import type { Store, UnreadableFile } from '../store/index.ts';
import type { Supervisor } from '../workers/index.ts';
import type { DataFolder } from './data-folder.ts';
import { examine } from './doctor.ts';
import type { Jobs } from './jobs.ts';
import type { Nets } from './nets.ts';
import { pageFrom } from './pages.ts';
import type { SettingsService } from './settings.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly settings: SettingsService;
  readonly supervisor: Supervisor;
  readonly nets: Nets;
  readonly hub: EventSource;
  readonly folder: DataFolder;
  readonly version: string;
  readonly now: () => number;
  readonly onShutdown: () => void;
}

export function createService(parts: ServiceParts): Service {
  const { store, jobs, settings, supervisor, folder, now } = parts;
  const startedAtMs = now();

  return {
    on: parts.hub.on,
    core: {
      info: async () => ({
        version: parts.version,
        pid: process.pid,
        startedAtMs,
        dataFolder: folder.root,
        recordings: store.recordings.list().length,
        unreadable: store.unreadableFiles.list().length,
        flags: store.flags.list().length,
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
      recordings: async (params) => pageFrom(recordingsUnder(store, params.folder), params, ({ id }) => id),
      unreadable: async (params) => {
        const files =
          params.folder === undefined ? store.unreadableFiles.list() : store.unreadableFiles.under(params.folder, sep);
        return pageFrom(files.map(unreadableRecording), params, ({ id }) => id);
      },
    },
    scan: {
      start: async (params) => {
        // Before there is a job: a misspelt name is the caller's to mend.
        policyNamed(params.policy);
        const { folders, recordings, policy, again } = params;
        await requireFolders(folders ?? []);
        const framesPerMinute = params.framesPerMinute ?? settings.get().framesPerMinute;
        return {
          job: jobs.start('scan', {
            ...(folders !== undefined && { folders }),
            ...(recordings !== undefined && { recordings }),
            ...{ policy, framesPerMinute, again },
          }),
        };
      },
    },
    jobs: {
      list: async () => ({ items: [...jobs.list()] }),
      cancel: async (params) => ({ job: jobs.cancel(params.job) }),
      resume: async (params) => ({ job: jobs.resume(params.job) }),
    },
    flags: {
      list: async ({ recording, state, ...page }) => {
        const flags = store.flags.list(recording === undefined ? {} : { recording });
        const wanted = flags.filter((flag) => state === undefined || stateOf(flag) === state);
        return pageFrom(wanted, page, ({ id }) => id);
      },
      get: async (params) => ({ flag: findFlag(store, params.flag) }),
    },
    trajectories: {
      get: async ({ id }) => {
        const text = new TextDecoder().decode(await store.blobs.read(id));
        return { trajectory: upgradeTrajectory(JSON.parse(text)) };
      },
    },
    verdicts: {
      decide: async ({ flag, decision, start, end, note, class: incidentClass }) => {
        const found = findFlag(store, flag);
        const { id } = found;
        requireInside(store, found.recording, { start: start ?? found.start, end: end ?? found.end });
        const verdict = { decision, class: incidentClass ?? null, start: start ?? null, end: end ?? null };
        store.verdicts.add(id, { ...verdict, note: note ?? '', decidedAtMs: now() });
        return { flag: findFlag(store, id) };
      },
      undo: async ({ flag }) => {
        const { id } = findFlag(store, flag);
        if (!store.verdicts.undo(id, now())) throw new AppError('not-found', `Flag ${id} has no verdict to take back.`);
        return { flag: findFlag(store, id) };
      },
    },
    misses: {
      add: async ({ recording, start, end, note, class: incidentClass }) => {
        requireInside(store, recording, { start, end });
        const miss = { recording, start, end, class: incidentClass, note: note ?? '', addedAtMs: now() };
        return { miss: store.misses.add(miss) };
      },
      list: async ({ recording, ...page }) =>
        pageFrom(store.misses.list(recording === undefined ? {} : { recording }), page, ({ id }) => id),
    },
    models: {
      fetch: async () => ({ job: jobs.start('models', {}) }),
    },
    simulate: {
      start: async ({ out, seed, scenes }) => ({
        job: jobs.start('simulate', { out, seed, ...(scenes !== undefined && { scenes }) }),
      }),
    },
    doctor: {
      run: async (_params, { signal }) => ({
        checks: await examine({ store, folder, nets: parts.nets, workerCount: supervisor.workerCount }, signal),
      }),
    },
    settings: {
      get: async () => ({ settings: settings.get() }),
      set: async (params) => ({ settings: settings.set(params.settings) }),
    },
  };
}

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

const stateOf = (flag: Flag) => flag.verdict?.decision ?? 'open';

/** The flag of this id, or the only one whose id begins so. Errors: `not-found`, `invalid-argument`. */
function findFlag(store: Store, id: string): Flag {
  const [flag, other] = /^[0-9a-f]{6,64}$/.test(id) ? store.flags.startingWith(id) : [];
  if (flag === undefined) throw new AppError('not-found', `There is no flag ${id}; \`anom-pi flags\` lists them.`);
  if (other !== undefined)
    throw new AppError('invalid-argument', `More than one flag begins with ${id}; give more of it.`);
  return flag;
}

function recordingsUnder(store: Store, folder: string | undefined): Recording[] {
  if (folder === undefined) return store.recordings.list();
  return store.recordings.pathsUnder(folder, sep).flatMap(({ recording, path }) => {
    const found = store.recordings.get(recording);
    return found === undefined ? [] : [{ ...found, path }];
  });
}

/** A file that could not be read, in the form of a recording: its path is all the identity that it has. */
function unreadableRecording({ path, bytes, reason }: UnreadableFile): Recording {
  const clock = { utcMs: null, source: 'none', text: '' } as const;
  return { id: path, path, camera: '', clock, bytes, status: 'unreadable', reason, video: null };
}
