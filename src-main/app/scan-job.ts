/** The scan as a job: imports the folders it was given, scans their recordings several at once, and reports each. */
import { sep } from 'node:path';
import type { EventSink } from '../contract/service.ts';
import type { ScanLine } from '../contract/scan.ts';
import type { Recording } from '../contract/recording.ts';
import { appErrorFrom, type ErrorCode } from '../contract/errors.ts';
import type { Store } from '../store/index.ts';
import { settingsOf } from './camera-settings.ts';
import type { UnreadablePath } from './import-job.ts';
import { inParallel } from './in-parallel.ts';
import type { JobContext } from './jobs.ts';
import { pinnedPolicy, resolvePolicy } from './policies/find-version.ts';
import { requireImported } from './source-file.ts';
import { flagLine, scanRecording, type ScanTools } from './scan.ts';

export interface ScanParams {
  readonly folders?: readonly string[] | undefined;
  readonly recordings?: readonly string[] | undefined;
  /** Single files, as a watched folder hands them over. */
  readonly files?: readonly string[] | undefined;
  /** For every camera, whatever is set for it; absent: the camera's own, or the program's. */
  readonly policy?: string | undefined;
  /** Id of the version of `nano` that was in force when the scan was asked for. */
  readonly nano?: string | null | undefined;
  readonly framesPerMinute?: number | undefined;
  readonly again: boolean;
}

export interface ScanJobTools extends ScanTools {
  readonly events: EventSink;
  /** Recordings that are open at once. More than workers, so that none waits while a recording's last episode runs. */
  readonly recordingsAtOnce: number;
  /** Resident memory of the core and its workers now, in bytes. */
  readonly residentBytes: () => number;
  /** Frames per minute where neither the scan nor the camera says. */
  readonly framesPerMinute: () => number;
  readonly importFolders: (folders: readonly string[]) => Promise<readonly UnreadablePath[]>;
}

/** Failures that the content of the file makes, so that they would come again. */
const damageCodes: ReadonlySet<ErrorCode> = new Set(['no-video', 'video-damaged', 'video-unsupported']);
const unreadableCodes: ReadonlySet<ErrorCode> = new Set([
  ...damageCodes,
  'file-unreadable',
  'not-found',
  'permission-denied',
]);

/** How the program looks where nobody chose: the readable hand-written policy. */
const defaultPolicy = 'rules';
/** Every scan uses the same: what differs between looks is the recording. */
const scanSeed = 1;

export async function runScanJob(tools: ScanJobTools, params: ScanParams, context: JobContext): Promise<void> {
  const { store, events, now } = tools;
  const policyMeant = (text: string) => resolvePolicy(store, pinnedPolicy(text, params.nano));
  if (params.policy !== undefined) policyMeant(params.policy);
  const startedAtMs = now();
  let peakBytes = tools.residentBytes();
  const memoryClock = setInterval(() => (peakBytes = Math.max(peakBytes, tools.residentBytes())), 500);
  try {
    const places = placesOf(params);
    const unreadable = places === undefined ? [] : await tools.importFolders(places);
    const recordings = recordingsOf(store, params);
    const totals = { recordings: 0, flags: 0, footageSeconds: 0, framesDecoded: 0 };
    const providers = new Set<string>();
    const policies = new Set<string>();
    const versions = new Set<string>();
    const emit = (line: ScanLine) => events.emit('scan.line', { job: context.job, line });

    for (const file of unreadable) {
      totals.recordings++;
      emit({ type: 'recording', path: file.path, seconds: null, status: 'unreadable', reason: file.reason });
    }

    const lengthOf = (recording: Recording) => recording.video?.seconds ?? 0;
    const total = recordings.reduce((sum, recording) => sum + lengthOf(recording), 0);
    let failed = unreadable.length;
    const secondsDone = new Map<string, number>();
    const showProgress = (recording: Recording, seconds: number) => {
      secondsDone.set(recording.id, seconds);
      const done = [...secondsDone.values()].reduce((sum, each) => sum + each, 0);
      context.progress({ done, total, unit: 'seconds', label: recording.path, failed });
    };

    // Where the job was cut off, recordings that it had looked at again are not looked at a third time.
    store.jobs.addItems(
      context.job,
      recordings.map((recording) => recording.id),
    );
    const toDo = new Set(store.jobs.waitingItems(context.job));

    const look = async (recording: Recording, again: boolean) => {
      const own = settingsOf(store, store.recordings.cameraOf(recording.id) ?? '');
      const policy = policyMeant(params.policy ?? own.policy ?? defaultPolicy);
      const framesPerMinute = params.framesPerMinute ?? own.framesPerMinute ?? tools.framesPerMinute();
      const request = { policy, framesPerMinute, again, seed: scanSeed };
      policies.add(policy.name);
      versions.add(policy.version);
      const outcome = await scanRecording(tools, recording, recording.path, request, context.signal, (done) =>
        showProgress(recording, done),
      );
      totals.flags += outcome.flags.length;
      totals.footageSeconds += lengthOf(recording);
      totals.framesDecoded += outcome.framesDecoded;
      if (outcome.provider !== '') providers.add(outcome.provider);
      emit({ type: 'recording', path: recording.path, seconds: lengthOf(recording), status: outcome.status });
      for (const flag of outcome.flags) emit(flagLine(flag));
      store.jobs.finishItem(context.job, recording.id);
    };

    const scanOne = async (recording: Recording) => {
      const head = { type: 'recording', path: recording.path, seconds: lengthOf(recording) } as const;
      const again = params.again && toDo.has(recording.id);
      totals.recordings++;
      try {
        await requireImported(store, recording.id, recording.path);
        if (again) forgetFailures(store, recording.id);
        const refusal = again ? null : refusalOf(store, recording);
        if (refusal === null) {
          await look(recording, again);
        } else {
          failed++;
          emit({ ...head, ...refusal });
        }
      } catch (error) {
        const { code, message } = appErrorFrom(error);
        // Not this recording's fault: the whole job stops, and resumes from here.
        if (code === 'cancelled' || code === 'disk-full' || code === 'database-damaged') throw error;
        failed++;
        if (damageCodes.has(code)) store.recordings.setUnreadable(recording.id, message);
        const status = code === 'quarantined' ? code : unreadableCodes.has(code) ? 'unreadable' : 'failed';
        emit({ ...head, status, reason: message });
        store.jobs.finishItem(context.job, recording.id, message);
      }
      showProgress(recording, lengthOf(recording));
    };
    await inParallel(recordings, tools.recordingsAtOnce, scanOne);

    // A clock that was set back meanwhile tells nothing.
    const wallSeconds = Math.max(0, now() - startedAtMs) / 1000;
    peakBytes = Math.max(peakBytes, tools.residentBytes());
    emit({
      type: 'summary',
      ...totals,
      wallSeconds,
      timesRealTime: totals.footageSeconds > 0 && wallSeconds > 0 ? totals.footageSeconds / wallSeconds : null,
      peakMemoryMB: Math.round(peakBytes / 2 ** 20),
      policy: [...policies].toSorted().join('+') || (params.policy ?? defaultPolicy),
      policyVersion: [...versions].toSorted().join('+'),
      provider: [...providers].join('+') || 'none',
    });
  } finally {
    clearInterval(memoryClock);
  }
}

function forgetFailures({ quarantine, recordings }: Store, recording: string): void {
  quarantine.release(recording);
  recordings.setUnreadable(recording, null);
}

/** Why a recording is not looked at, from what earlier scans met; null where nothing speaks against it. */
function refusalOf({ quarantine }: Store, { id, status, reason }: Recording) {
  const [entry] = ['probe', 'triage', 'inquire'].flatMap((task) => quarantine.find(id, task) ?? []);
  if (entry !== undefined) return { status: 'quarantined', reason: entry.reason } as const;
  if (status === 'ready') return null;
  return { status: 'unreadable', reason: reason ?? 'The file could not be read.' } as const;
}

/** Folders and files to be imported first; undefined where only what is known is looked at. */
const placesOf = ({ folders, files }: ScanParams) =>
  folders === undefined && files === undefined ? undefined : [...(folders ?? []), ...(files ?? [])];

function recordingsOf(store: Store, params: ScanParams): Recording[] {
  const { recordings } = params;
  const folders = placesOf(params);
  if (recordings !== undefined) return recordings.flatMap((id) => store.recordings.get(id) ?? []);
  if (folders === undefined) return store.recordings.list();
  const found = new Map<string, Recording>();
  for (const folder of folders) {
    for (const { recording: id, path } of store.recordings.pathsUnder(folder, sep)) {
      const recording = store.recordings.get(id);
      // A copy elsewhere may have been seen later; what was asked for is the file in this folder.
      if (recording !== undefined && !found.has(id)) found.set(id, { ...recording, path });
    }
  }
  return [...found.values()];
}
