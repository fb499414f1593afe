/** What several policies make of one recording: every episode under each, on frame observations that they share. */
import { readFile } from 'node:fs/promises';
import { oraclePolicy } from '../../evaluation/oracle-policy.ts';
import { lookedAtShare, operatorsOf } from '../../evaluation/run/index.ts';
import {
  type Budget,
  budgetFor,
  episodesOf,
  longestSight,
  mergeFlags,
  perceptionWatcher,
  runEpisode,
  scoresOfEpisodes,
  type FlaggedInterval,
  type Grid,
  type Policy,
  type Trajectory,
  type Watcher,
} from '../../inquiry/index.ts';
import {
  decodeNormality,
  type FrameObservation,
  frameTimeAt,
  observeFrames,
  perceptionKey,
  readTriage,
  type Triage,
} from '../../perception/index.ts';
import { bytesOfFloat64s } from '../float64s.ts';
import { readFrames } from '../frame-blobs.ts';
import { chunkOf, writeChunks } from '../frame-chunks.ts';
import { openPolicy } from '../open-policy.ts';
import type { LabelledPolicy, PolicyAssessment, TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

type Params = TaskParams<'assess'>;

export const assess: TaskFunction<'assess'> = async (params, context) => {
  const triage = readTriage(await readFile(context.blobPath(params.triage)));
  const eyes = await openEyes(params, triage, context);
  const { frameTimes } = triage;
  const scores = new Float64Array(params.policies.length * frameTimes.length);
  const policies: PolicyAssessment[] = [];
  try {
    for (const [index, policy] of params.policies.entries()) {
      const { assessment, trajectories } = await assessPolicy(policy, params, triage, eyes, context);
      policies.push(assessment);
      scores.set(scoresOfEpisodes(trajectories, [...frameTimes]), index * frameTimes.length);
      context.progress(index + 1, params.policies.length);
    }
  } catch (error) {
    if (error instanceof NotCached) return { missing: true };
    throw error;
  }
  return {
    missing: false,
    scores: await context.putBlob(bytesOfFloat64s(scores)),
    policies,
    chunks: await writeChunks(eyes.frames, eyes.touched, context),
    framesMade: eyes.made(),
    secondsMaking: eyes.secondsMaking(),
  };
};

/** Nothing may be looked at, and something is not cached. */
class NotCached extends Error {}

interface Eyes {
  readonly watcher: Watcher;
  readonly frames: ReadonlyMap<number, FrameObservation>;
  /** Numbers of the chunks that frames were added to. */
  readonly touched: ReadonlySet<number>;
  readonly made: () => number;
  readonly secondsMaking: () => number;
  /** What the observations come from, for the trajectories. */
  readonly perception: string | null;
}

async function openEyes(params: Params, triage: Triage, context: TaskContext): Promise<Eyes> {
  const { recording, nets: choice } = params;
  const { resources, signal } = context;
  const frames = await readFrames(
    params.chunks.map((chunk) => chunk.frames),
    context,
  );
  const normality =
    params.normality === null ? null : decodeNormality(await readFile(context.blobPath(params.normality)));
  const path = context.recordingPath(recording);
  const touched = new Set<number>();
  let [made, msMaking] = [0, 0];
  const { seconds, activity, frameTimes } = triage;

  async function observe(times: readonly number[], aborted: AbortSignal | undefined) {
    const asked = [...new Set(times.map((time) => frameTimeAt(frameTimes, time)))].sort((a, b) => a - b);
    const cached = asked.flatMap((time) => frames.get(time) ?? []);
    // Neither decoder nor nets are opened for what was seen before: a second evaluation reads files alone.
    if (cached.length === asked.length) return cached;
    if (choice === null) throw new NotCached();
    const nets = await resources.nets(choice);
    const startedMs = performance.now();
    const reader = await resources.reader(recording, path, signal);
    const observed = await observeFrames({
      ...{ reader, nets, cache: frames, times, frameTimes, signal: aborted ?? signal },
      onMade: ({ time }) => {
        made++;
        touched.add(chunkOf(time));
        context.progress(made, frameTimes.length);
      },
    });
    msMaking += performance.now() - startedMs;
    return observed;
  }

  return {
    watcher: perceptionWatcher({
      ...{ seconds, activity, observe },
      here: normality === null ? null : { normality, hour: null },
    }),
    ...{ frames, touched },
    perception: choice === null ? null : perceptionKey(choice.modelsId),
    made: () => made,
    secondsMaking: () => msMaking / 1000,
  };
}

type Span = TaskParams<'assess'>['truth'][number];

/** The policy for an episode: the oracle is told where to look in it. */
async function opened(
  { policy }: LabelledPolicy,
  { truth }: Params,
  { activity }: Triage,
  grid: Grid,
  context: TaskContext,
): Promise<(episode: Span) => Policy> {
  if (policy.name === 'oracle') return (episode) => oraclePolicy({ truth, episode, activity, grid });
  const same = await openPolicy(policy, context);
  return () => same;
}

/**
 * `dense` looks at every instant whatever the budget. A rate that was asked for holds for clips of seconds too, which
 * otherwise get a few looks however short they are: a figure at so many frames is one at so many frames.
 */
function budgetOf(name: string, { framesPerMinute, framesPerSecond }: Params, episode: Span): Budget {
  const usual = budgetFor(name, episode);
  const rate = framesPerSecond ?? (framesPerMinute === null ? null : framesPerMinute / 60);
  if (rate === null || name === 'dense') return usual;
  return { ...usual, frames: Math.max(1, Math.round(rate * (episode.end - episode.start))) };
}

async function assessPolicy(
  labelled: LabelledPolicy,
  params: Params,
  triage: Triage,
  eyes: Eyes,
  context: TaskContext,
) {
  const { recording, seed } = params;
  const grid: Grid = params.framesPerSecond === null ? 'activity' : 'recording';
  const trajectories: Trajectory[] = [];
  const flags: FlaggedInterval[] = [];
  const policyFor = await opened(labelled, params, triage, grid, context);
  const madeBefore = eyes.secondsMaking();
  const startedMs = performance.now();
  for (const episode of episodesOf(triage.activity, triage.seconds, grid)) {
    const result = await runEpisode({
      policy: policyFor(episode),
      watcher: eyes.watcher,
      budget: budgetOf(labelled.policy.name, params, episode),
      ...{ episode, grid, seed, signal: context.signal },
      source: { recording, perception: eyes.perception, normality: params.normality },
    });
    trajectories.push(result.trajectory);
    flags.push(...result.flags);
  }
  const assessment: PolicyAssessment = {
    policy: labelled.label,
    flags: mergeFlags(flags).map(({ start, end, class: of, score }) => ({ start, end, class: of, score })),
    framesObserved: trajectories.reduce((sum, { costs }) => sum + costs.newFrames, 0),
    lookedAt: lookedAtShare(trajectories, triage.seconds, longestSight),
    operators: operatorsOf(trajectories),
    seconds: Math.max(0, (performance.now() - startedMs) / 1000 - (eyes.secondsMaking() - madeBefore)),
  };
  return { assessment, trajectories };
}
