/** What reviewers said as the material of a run: labelled episodes, each with the frames that its rollouts may see. */
import { AppError, appErrorFrom, type ErrorCode } from '../../contract/errors.ts';
import { defaultClassIds, unusualClass } from '../../contract/taxonomy.ts';
import { budgetFor } from '../../inquiry/index.ts';
import { perceptionKey } from '../../perception/index.ts';
import type { Store } from '../../store/index.ts';
import type { Truth } from '../../training/nano/examples.ts';
import type { EpisodeAgain, NetsChoice, PolicyChoice, TrainingEpisode } from '../../workers/index.ts';
import { workerLosses } from '../../workers/index.ts';
import { lookOf, settingsOf } from '../camera-settings.ts';
import { inParallel } from '../in-parallel.ts';
import { normalityFor } from '../normality.ts';
import { cacheEntry, cachedBlobs } from '../seen-before.ts';
import { requireImported } from '../source-file.ts';
import type { Tasks } from '../tasks.ts';
import { countReviewed, type ReviewedEpisode, reviewedEpisodes, reviewedIds } from './reviewed.ts';
import type { RunPlan } from './run-plan.ts';

export interface MaterialTools {
  readonly store: Store;
  readonly tasks: Tasks;
  /** Asked for only when a frame has to be looked at. */
  readonly nets: (signal: AbortSignal) => Promise<NetsChoice>;
  /** Id of the models that `nets` uses; '' for none. */
  readonly models: string;
  readonly recordingsAtOnce: number;
  readonly now: () => number;
}

export interface MaterialRequest {
  readonly policy: PolicyChoice;
  readonly framesPerMinute: number;
  /** New frames to be looked at of each episode. */
  readonly framesPerEpisode: number;
  readonly seed: number;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, label: string) => void;
}

/** The fault of one recording: what is cached of it has to do. */
const faultsOfFile: ReadonlySet<ErrorCode> = new Set([
  ...workerLosses,
  ...(['file-unreadable', 'no-video', 'not-found', 'permission-denied', 'video-damaged', 'video-unsupported'] as const),
]);

/** Errors: `invalid-argument` where no episode has a label; those of looking at frames; `cancelled`. */
export async function verdictMaterial(tools: MaterialTools, request: MaterialRequest): Promise<RunPlan> {
  const { store } = tools;
  const reviewed = await reviewedEpisodes(store);
  if (reviewed.length === 0) throw nothingToLearnFrom();
  const planned: { readonly number: number; readonly episode: TrainingEpisode }[] = [];
  let done = 0;
  await inParallel(
    reviewed.map((each, number) => ({ each, number })),
    tools.recordingsAtOnce,
    async ({ each, number }) => {
      planned.push({ number, episode: await planEpisode(tools, each, request) });
      request.onProgress(++done, reviewed.length, store.recordings.get(each.recording)?.path ?? '');
    },
  );
  const episodes = planned.toSorted((a, b) => a.number - b.number).map(({ episode }) => episode);
  const incidents = episodes.filter(({ truth }) => truth.label === 1).length;
  return {
    material: { kind: 'episodes', episodes },
    blobs: [...new Set(episodes.flatMap(blobsOf))],
    files: {},
    data: { kind: 'verdicts', ...countReviewed(store), incidents, innocent: episodes.length - incidents },
    sources: reviewedIds(store),
    threads: request.threads,
  };
}

export const nothingToLearnFrom = (): AppError =>
  new AppError(
    'invalid-argument',
    'There is nothing to learn from yet: confirm or reject flags of scanned recordings first, or name a data set.',
  );

const blobsOf = ({ triage, cached, normality, corrects, preferences }: TrainingEpisode): string[] => [
  ...[triage, ...cached, ...corrects],
  ...(normality === null ? [] : [normality.snapshot]),
  ...preferences.flatMap(({ chosen, rejected }) => [chosen, rejected]),
];

async function planEpisode(
  { store, tasks, nets, models, now }: MaterialTools,
  reviewed: ReviewedEpisode,
  request: MaterialRequest,
): Promise<TrainingEpisode> {
  const { recording: id, episode, triage, spans } = reviewed;
  const { signal, policy, seed, framesPerEpisode: mostFrames } = request;
  const recording = store.recordings.get(id);
  const key = perceptionKey(models);
  const { zones, question } = lookOf(settingsOf(store, store.recordings.cameraOf(id) ?? ''));
  const cached = () => cachedBlobs(store, id, key, episode, now());
  const again: EpisodeAgain = {
    ...{ recording: id, triage, episode, zones, question, cached: cached() },
    normality: recording === undefined ? null : await normalityFor(store, recording, models),
    budget: budgetFor('nano', episode, request.framesPerMinute),
  };
  if (recording !== undefined && mostFrames > 0) {
    try {
      await requireImported(store, id, recording.path);
      const blobs = [triage, ...again.cached, ...(again.normality === null ? [] : [again.normality.snapshot])];
      const { frames } = await tasks.run(
        'look-ahead',
        { ...again, spans, policy, mostFrames, seed, nets: await nets(signal) },
        {
          recordings: { [id]: recording.path },
          blobs: [...blobs, ...(policy.weights === null ? [] : [policy.weights])],
        },
        (result) => (result.frames === null ? [] : [result.frames.blob]),
        { signal },
      );
      if (frames !== null) store.frameCache.put(id, key, cacheEntry(frames), now());
    } catch (error) {
      if (!faultsOfFile.has(appErrorFrom(error).code)) throw error;
    }
  }
  return {
    ...again,
    cached: cached(),
    truth: sayable(reviewed.truth, question),
    // Only where it is known of everything in the episode what it is.
    corrects: reviewed.truth.intervals === null ? [] : reviewed.trajectories,
    preferences: reviewed.preferences.map(({ chosen, rejected }) => ({ chosen, rejected })),
  };
}

/** The truth in classes that an episode has words for: one of the reviewer's own that nobody asks for is just unusual. */
function sayable({ label, intervals }: Truth, question: readonly string[]): Truth {
  const known = new Set<string>([...defaultClassIds, ...question]);
  const named = intervals?.map((interval) => ({
    ...interval,
    class: known.has(interval.class) ? interval.class : unusualClass,
  }));
  return { label, intervals: named ?? null };
}
