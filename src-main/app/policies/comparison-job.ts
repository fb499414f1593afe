/** The comparison of two policies as a job: both run over the same recordings, on what was seen of these before. */
import { appErrorFrom, type ErrorCode } from '../../contract/errors.ts';
import type { Recording } from '../../contract/recording.ts';
import { budgetFor, episodesFromActivity } from '../../inquiry/index.ts';
import { intervalLength } from '../../math/interval.ts';
import { perceptionKey, readTriage } from '../../perception/index.ts';
import type { ComparedResult, ComparisonSettings, Store } from '../../store/index.ts';
import { knownSpans } from '../../training/verdicts/known-spans.ts';
import { labelledEpisodes } from '../../training/verdicts/labelled-episodes.ts';
import type { NetsChoice, PolicyChoice, TaskResult } from '../../workers/index.ts';
import { lookOf, settingsOf } from '../camera-settings.ts';
import { inParallel } from '../in-parallel.ts';
import type { JobContext } from '../jobs.ts';
import { normalityFor } from '../normality.ts';
import { allOrFirstError, flagsFrom } from '../scan.ts';
import { cachedBlobs, cacheEntry, storedTriage, triageKey } from '../seen-before.ts';
import { requireImported } from '../source-file.ts';
import type { Tasks } from '../tasks.ts';

export interface ComparisonRequest extends ComparisonSettings {
  readonly sides: readonly [PolicyChoice, PolicyChoice];
  /** By id; those that a scan has finished where absent. */
  readonly recordings?: readonly string[] | undefined;
}

export interface ComparisonTools {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly nets: (signal: AbortSignal) => Promise<NetsChoice>;
  /** Id of the models that `nets` uses; '' for none. */
  readonly modelsId: () => Promise<string>;
  readonly recordingsAtOnce: number;
  readonly now: () => number;
}

/** As in scans: what differs between looks is the recording. */
const seed = 1;

/** No fault of the recording: the whole job stops, and goes on from here. */
const stopping: ReadonlySet<ErrorCode> = new Set(['cancelled', 'disk-full', 'database-damaged', 'model-missing']);

/**
 * Fills the comparison `context.job`. Recordings that it was through with before it was cut off stay as they are.
 * Errors: `cancelled`, `disk-full`; a recording that cannot be looked at is named with its reason.
 */
export async function runComparison(
  tools: ComparisonTools,
  request: ComparisonRequest,
  context: JobContext,
): Promise<void> {
  const { store, now } = tools;
  const recordings = recordingsOf(store, request);
  const lengthOf = ({ video }: Recording) => video?.seconds ?? 0;
  const total = recordings.reduce((sum, recording) => sum + lengthOf(recording), 0);
  const done = new Set(store.comparisons.results(context.job).map(({ recording }) => recording));
  const secondsDone = new Map<string, number>();
  let failed = 0;
  const show = (recording: Recording, seconds: number) => {
    secondsDone.set(recording.id, seconds);
    const sum = [...secondsDone.values()].reduce((all, each) => all + each, 0);
    context.progress({ done: sum, total, unit: 'seconds', label: recording.path, failed });
  };
  await inParallel(recordings, tools.recordingsAtOnce, async (recording) => {
    if (!done.has(recording.id)) {
      const result = await compareRecording(tools, request, recording, context.signal, (seconds) =>
        show(recording, seconds),
      ).catch((error: unknown): ComparedResult => {
        const failure = appErrorFrom(error);
        if (stopping.has(failure.code)) throw failure;
        failed++;
        return { recording: recording.id, reason: failure.message };
      });
      store.comparisons.put(context.job, result);
    }
    show(recording, lengthOf(recording));
  });
  store.comparisons.finish(context.job, now());
}

function recordingsOf(store: Store, { recordings }: ComparisonRequest): Recording[] {
  if (recordings !== undefined) return recordings.flatMap((id) => store.recordings.get(id) ?? []);
  return store.recordings.list().filter(({ id }) => store.scans.standing(id)?.state === 'done');
}

async function compareRecording(
  { store, tasks, nets, modelsId, now }: ComparisonTools,
  { sides, framesPerMinute, newFrames }: ComparisonRequest,
  recording: Recording,
  signal: AbortSignal,
  onProgress: (secondsDone: number) => void,
): Promise<ComparedResult> {
  const { id, path } = recording;
  await requireImported(store, id, path);
  const triage = await triageOf({ store, tasks }, recording, signal);
  const { activity, seconds } = readTriage(await store.blobs.read(triage));
  const episodes = episodesFromActivity(activity, seconds);
  const models = await modelsId();
  const key = perceptionKey(models);
  const normality = await normalityFor(store, recording, models);
  const { key: _key, ...look } = lookOf(settingsOf(store, store.recordings.cameraOf(id) ?? ''));
  const known = knownSpans({
    flags: store.flags.list({ recording: id }),
    misses: store.misses.list({ recording: id }),
  });
  const labelled = labelledEpisodes(episodes, known);
  const choice = await nets(signal);

  const made: TaskResult<'compare'>[] = [];
  let secondsDone = 0;
  await allOrFirstError(
    episodes.map(async (episode, number) => {
      const cached = cachedBlobs(store, id, key, episode, now());
      const budgeted = (policy: PolicyChoice) => ({
        policy,
        budget: budgetFor(policy.name, episode, framesPerMinute),
      });
      const weights = sides.flatMap((side) => side.weights ?? []);
      const result = await tasks.run(
        'compare',
        {
          ...{ recording: id, triage, episode, seed, cached, normality, ...look, newFrames, nets: choice },
          sides: [budgeted(sides[0]), budgeted(sides[1])],
          truth: labelled.find((each) => each.episode.start === episode.start)?.truth ?? null,
        },
        {
          recordings: { [id]: path },
          blobs: [triage, ...cached, ...weights, ...(normality === null ? [] : [normality.snapshot])],
        },
        ({ sides: both, frames }) => [
          ...both.map(({ trajectory }) => trajectory),
          ...(frames === null ? [] : [frames.blob]),
        ],
        { signal },
      );
      if (result.frames !== null) store.frameCache.put(id, key, cacheEntry(result.frames), now());
      made[number] = result;
      secondsDone += intervalLength(episode);
      onProgress(secondsDone);
    }),
  );
  // Replaced on the way: what was seen may belong to another recording.
  await requireImported(store, id, path);
  return { recording: id, sides: [sideOf(made, 0, episodes), sideOf(made, 1, episodes)] };
}

async function triageOf(
  { store, tasks }: Pick<ComparisonTools, 'store' | 'tasks'>,
  { id, path }: Recording,
  signal: AbortSignal,
): Promise<string> {
  const known = await storedTriage(store, id);
  if (known !== null) return known;
  const inputs = { recordings: { [id]: path } };
  const { triage } = await tasks.run('triage', { recording: id }, inputs, (made) => [made.triage], { signal });
  store.triage.put(id, triageKey, triage);
  return triage;
}

/** What one of the two made of all episodes. */
function sideOf(
  made: readonly TaskResult<'compare'>[],
  which: 0 | 1,
  episodes: readonly { readonly start: number; readonly end: number }[],
) {
  const own = made.map(({ sides }) => sides[which]);
  const sum = (of: 'framesObserved' | 'framesMasked') => own.reduce((all, each) => all + each[of], 0);
  const utilities = own.flatMap(({ utility }) => utility ?? []);
  return {
    flags: flagsFrom(own).map(({ start, end, class: of, score, explanation, trajectory }) => ({
      ...{ start, end, class: of, score, explanation, trajectory },
    })),
    trajectories: episodes.flatMap(({ start, end }, number) => {
      const trajectory = own[number]?.trajectory;
      return trajectory === undefined ? [] : [{ start, end, trajectory }];
    }),
    framesObserved: sum('framesObserved'),
    framesMasked: sum('framesMasked'),
    utility: utilities.length === 0 ? null : utilities.reduce((all, each) => all + each, 0) / utilities.length,
  };
}
