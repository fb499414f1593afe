/** The scan: triage, then inquiry, of every recording asked for; what is done stays done whatever interrupts it. */
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { Flag } from '../contract/flag.ts';
import type { Recording } from '../contract/recording.ts';
import type { ScanLine } from '../contract/scan.ts';
import { describeEvidence, englishFor } from '../contract/wording/en.ts';
import { intervalLength, type Interval } from '../math/interval.ts';
import type { NewFlag, ScanIdentity, Store } from '../store/index.ts';
import { type NetsChoice, type PolicyChoice, type TaskResult, workerLosses } from '../workers/index.ts';
import { budgetFor, episodesFromActivity, type FlaggedInterval, mergeFlags } from '../inquiry/index.ts';
import { perceptionKey, readTriage, triageVersion } from '../perception/index.ts';
import { lookOf, settingsOf } from './camera-settings.ts';
import { learnFrom, normalityFor } from './normality.ts';
import { cachedBlobs, cacheEntry, storedTriage, triageKey } from './seen-before.ts';
import { requireImported } from './source-file.ts';
import type { Tasks } from './tasks.ts';

export interface ScanRequest {
  readonly policy: PolicyChoice;
  readonly framesPerMinute: number;
  /** Looks again even where the same look was taken before. */
  readonly again: boolean;
  readonly seed: number;
}

/** What a scan of one recording came to. */
export interface ScanOutcome {
  readonly status: 'scanned' | 'unchanged';
  readonly flags: readonly Flag[];
  readonly framesDecoded: number;
  readonly provider: string;
}

export interface ScanTools {
  readonly store: Store;
  readonly tasks: Tasks;
  /** Asked for only when a frame has to be looked at. */
  readonly nets: () => Promise<NetsChoice>;
  /** Id of the models that `nets` uses; '' for none. */
  readonly models: string;
  readonly now: () => number;
}

/** What an episode leaves in the database: enough to make the recording's flags once all are done. */
interface EpisodeRow {
  readonly trajectory: string;
  readonly flags: readonly FlaggedInterval[];
  readonly framesMade: number;
  readonly provider: string;
}

/** Share of a scan's work that triage is, for the progress that is shown. */
const triageShare = 0.1;

/**
 * Scans `recording`, whose file is at `path`. Episodes done by an earlier, interrupted scan are kept. `onProgress` gets
 * the seconds of footage done so far.
 * Errors: `quarantined` where the file ended its worker twice; those of decoding; `cancelled`; `disk-full`.
 */
export async function scanRecording(
  { store, tasks, nets, models, now }: ScanTools,
  recording: Recording,
  path: string,
  request: ScanRequest,
  signal: AbortSignal,
  onProgress: (secondsDone: number) => void,
): Promise<ScanOutcome> {
  const seconds = recording.video?.seconds ?? 0;
  const { key: cameraKey, ...look } = lookOf(settingsOf(store, store.recordings.cameraOf(recording.id) ?? ''));
  const identity: ScanIdentity = {
    recording: recording.id,
    policy: request.policy.name,
    policyVersion: request.policy.version,
    budget: request.framesPerMinute,
    models,
    settings: {
      ...{ seed: request.seed, perception: perceptionKey(models), triage: triageVersion },
      ...(cameraKey !== null && { camera: cameraKey }),
    },
  };
  const scan = store.scans.start(identity, now(), { again: request.again });
  if (scan.state === 'done') {
    store.scans.reinstate(scan.id, now());
    return { status: 'unchanged', flags: store.flags.list({ scan: scan.id }), framesDecoded: 0, provider: '' };
  }

  const inputs = { recordings: { [recording.id]: path } };
  const guarded = async <R>(task: string, work: () => Promise<R>): Promise<R> => {
    await requireImported(store, recording.id, path);
    const result = await quarantineOnCrash(store, recording, path, task, work(), now);
    // Replaced on the way: what was seen may belong to another recording.
    await requireImported(store, recording.id, path);
    return result;
  };
  let framesDecoded = 0;

  const known = await storedTriage(store, recording.id);
  const made =
    known === null
      ? await guarded('triage', () =>
          tasks.run('triage', { recording: recording.id }, inputs, (result) => [result.triage], {
            signal,
            onProgress: ({ done, total }) => onProgress((triageShare * seconds * done) / Math.max(1, total)),
          }),
        )
      : null;
  if (made !== null) store.triage.put(recording.id, triageKey, made.triage);
  framesDecoded += made?.framesDecoded ?? 0;
  const triage = made?.triage ?? known;
  if (triage === null) throw new AppError('internal', 'A recording has no triage after it was made.');
  onProgress(triageShare * seconds);

  const { activity, seconds: exactSeconds } = readTriage(await store.blobs.read(triage));
  // The curve has whole seconds; the last episode, and every flag in it, ends with the recording.
  store.scans.planEpisodes(scan.id, episodesFromActivity(activity, exactSeconds));

  const waiting = store.scans.unfinishedEpisodes(scan.id);
  let secondsLeft = waiting.reduce((sum, episode) => sum + intervalLength(episode), 0);
  const showProgress = () => onProgress(seconds - (1 - triageShare) * secondsLeft);
  showProgress();

  const normality = await normalityFor(store, recording, models);
  const runEpisode = async (choice: NetsChoice, episode: Interval) => {
    const cached = cachedBlobs(store, recording.id, perceptionKey(models), episode, now());
    const params = {
      recording: recording.id,
      triage,
      episode,
      policy: request.policy,
      budget: budgetFor(request.policy.name, episode, request.framesPerMinute),
      seed: request.seed,
      cached,
      normality,
      ...look,
      nets: choice,
    };
    const { weights } = request.policy;
    const blobs = [triage, ...cached, ...(normality === null ? [] : [normality.snapshot])];
    if (weights !== null) blobs.push(weights);
    const result = await guarded('inquire', () =>
      tasks.run('inquire', params, { ...inputs, blobs }, madeBlobs, { signal }),
    );
    keepEpisode(store, scan.id, recording.id, perceptionKey(models), episode, result, now());
    secondsLeft -= intervalLength(episode);
    showProgress();
  };
  if (waiting.length > 0) {
    const choice = await nets();
    await allOrFirstError(waiting.map((episode) => runEpisode(choice, episode)));
  }
  // Before the scan counts as done: cut off here, it is taken up again here.
  await learnFrom(store, tasks, { recording, scan: scan.id, models }, now, signal);

  const episodes = store.scans.episodes(scan.id).map(({ result }) => result as unknown as EpisodeRow);
  const flags = flagsFrom(episodes);
  framesDecoded += episodes.reduce((sum, episode) => sum + episode.framesMade, 0);
  const provider = episodes.find((episode) => episode.provider !== '')?.provider ?? '';
  store.scans.finish(scan.id, { flags, summary: { framesDecoded, provider }, atMs: now() });
  store.quarantine.release(recording.id);
  return { status: 'scanned', flags: store.flags.list({ scan: scan.id }), framesDecoded, provider };
}

const madeBlobs = ({ trajectory, frames }: TaskResult<'inquire'>) =>
  frames === null ? [trajectory] : [trajectory, frames.blob];

function keepEpisode(
  store: Store,
  scan: string,
  recording: string,
  key: string,
  episode: Interval,
  { trajectory, frames, flags, framesMade, provider }: TaskResult<'inquire'>,
  atMs: number,
): void {
  const row: EpisodeRow = { trajectory, flags, framesMade, provider };
  store.transaction(() => {
    if (frames !== null) store.frameCache.put(recording, key, cacheEntry(frames), atMs);
    // Plain data from the worker's JSON message.
    store.scans.finishEpisode(scan, episode.start, { result: JSON.parse(JSON.stringify(row)), trajectory });
  });
}

/** The recording's flags, each with the trajectory of the episode that it has its score from. */
export function flagsFrom(episodes: readonly Pick<EpisodeRow, 'trajectory' | 'flags'>[]): NewFlag[] {
  const flags = episodes.flatMap((episode) =>
    episode.flags.map((flag) => ({ ...flag, trajectory: episode.trajectory })),
  );
  return mergeFlags(flags).map((flag) => ({
    ...flag,
    claims: [...flag.claims],
    explanation: englishFor.explanation(flag.claims),
  }));
}

/** A file that ends its worker is set aside with its reason; everything else goes on. */
async function quarantineOnCrash<R>(
  store: Store,
  recording: Recording,
  path: string,
  task: string,
  work: Promise<R>,
  now: () => number,
): Promise<R> {
  try {
    return await work;
  } catch (error) {
    const failure = appErrorFrom(error);
    if (!workerLosses.has(failure.code)) throw failure;
    const reason = `${path} is set aside: ${failure.message} \`anom-pi scan --again\` tries it once more.`;
    store.quarantine.fail({ recording: recording.id, task, reason, failedAtMs: now() });
    throw new AppError('quarantined', reason, { cause: failure, details: { path } });
  }
}

/** Waits for all; then throws the first error, if there was one. Nothing is left running behind an error. */
export async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw appErrorFrom(failed.reason);
}

/** A flag as a line of the scan. */
export function flagLine(flag: Flag): Extract<ScanLine, { type: 'flag' }> {
  return {
    type: 'flag',
    id: flag.id,
    recording: flag.recording,
    path: flag.path,
    start: flag.start,
    end: flag.end,
    class: flag.class,
    score: flag.score,
    explanation: flag.explanation,
    evidence: describeEvidence(flag.claims),
    trajectory: flag.trajectory,
    policyVersion: flag.policyVersion,
  };
}
