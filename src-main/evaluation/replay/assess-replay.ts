/** What a policy makes of a replayed recording: frame-level scores, and how many of its segments it looked at. */
import type { Budget, Operator, Trajectory } from '../../contract/trajectory.ts';
import {
  budgetFor,
  episodesFromActivity,
  type Policy,
  policyNamed,
  runEpisode,
  scoresOfEpisodes,
  type Watcher,
} from '../../inquiry/index.ts';
import { framesCharged } from '../../inquiry/operators.ts';
import type { Interval } from '../../math/interval.ts';
import { replayLevels, type ReplayLevel, type ReplayRecording, type ReplaySegment } from './replay-file.ts';
import { replayWorld, segmentsMeeting } from './replay-world.ts';
import { everySegment, interpolatedScores, levelScores, meanScores } from './segment-scores.ts';

export interface ReplayAssessment {
  /** `[frames]`; a model's refusal (−1) stays as recorded under `coarse`, `fine` and `mean`. */
  readonly scores: Float32Array;
  /**
   * Segments looked at, and how often one was looked at again. Of a segment and its twin at the other level a policy's look
   * at the second is one at the first again; comparators read every segment of their levels.
   */
  readonly segmentsNew: number;
  readonly segmentsReread: number;
  /** Of the recording, at both levels. */
  readonly segments: number;
  /** How often the policy used each operator; zeros where it took no step. */
  readonly steps: Readonly<Record<Operator, number>>;
  /** One for each episode; none for the comparators that read a whole level. */
  readonly trajectories: readonly Trajectory[];
}

/**
 * They read segments without looking, and only over replays: all of a level or of both, or every second or third coarse
 * one with straight lines between.
 */
export const replayComparators = ['coarse', 'fine', 'mean', 'every-2', 'every-3'] as const;
export type ReplayComparator = (typeof replayComparators)[number];

export const isComparator = (name: string): name is ReplayComparator =>
  (replayComparators as readonly string[]).includes(name);

export interface ReplayOptions {
  /**
   * What the recording may cost, as a share of its segments at both levels: what its episodes leave is there for later
   * ones, and each may look at one segment at least. By default an episode may cost what `coarse` does. `dense` may look at
   * everything.
   */
  readonly share?: number | null;
}

/**
 * Runs a policy, or one of the program or a comparator by its name, over a replayed recording. Nothing depends on anything but the
 * arguments. Over flat activity `triage` can say no more than `blind`.
 * @param seed of the episodes; `${seed}/${name of the recording}/${episode}` in their trajectories
 * @throws AppError `invalid-argument` for a policy that is not there
 */
export async function assessReplay(
  recording: ReplayRecording,
  asked: string | Policy,
  seed: number | string,
  { share = null }: ReplayOptions = {},
): Promise<ReplayAssessment> {
  const segments = replayLevels.reduce((sum, level) => sum + recording.levels[level].length, 0);
  if (typeof asked === 'string' && isComparator(asked)) return { ...assessWhole(recording, asked), segments };
  const world = replayWorld(recording);
  const policy = typeof asked === 'string' ? policyNamed(asked) : asked;
  const trajectories: Trajectory[] = [];
  for (const [index, episode] of episodesFromActivity(world.activity, world.seconds).entries()) {
    const { trajectory } = await runEpisode({
      ...{ policy, watcher: world, episode, seed: `${String(seed)}/${recording.name}/${String(index)}` },
      budget: budgetOf(policy.name, recording, episode, share, trajectories),
      source: { perception: `replay/${recording.name}` },
    });
    trajectories.push(trajectory);
  }
  const times = Array.from({ length: recording.frames }, (_, frame) => (frame + 0.5) / recording.framesPerSecond);
  return {
    scores: Float32Array.from(scoresOfEpisodes(trajectories, times)),
    ...costOf(trajectories, world),
    segments,
    steps: stepsOf(trajectories),
    trajectories,
  };
}

function assessWhole(recording: ReplayRecording, name: ReplayComparator): Omit<ReplayAssessment, 'segments'> {
  const { scores, read } = readWhole(recording, name);
  return {
    scores: Float32Array.from(scores),
    ...{ segmentsNew: read.length, segmentsReread: 0 },
    steps: stepsOf([]),
    trajectories: [],
  };
}

function readWhole(
  recording: ReplayRecording,
  name: ReplayComparator,
): { scores: Float64Array; read: readonly ReplaySegment[] } {
  const { coarse, fine } = recording.levels;
  switch (name) {
    case 'coarse':
    case 'fine':
      return { scores: levelScores(recording, name), read: recording.levels[name] };
    case 'mean':
      return { scores: meanScores(recording), read: [...coarse, ...fine] };
    case 'every-2':
    case 'every-3': {
      const read = everySegment(coarse, name === 'every-2' ? 2 : 3);
      return { scores: interpolatedScores(read, recording.frames), read };
    }
    default:
      return name satisfies never;
  }
}

/** In segments instead of frames; steps as over video. `before`: the episodes that were paid for. */
function budgetOf(
  policy: string,
  recording: ReplayRecording,
  episode: Interval,
  share: number | null,
  before: readonly Trajectory[],
): Budget {
  const { steps, seconds } = budgetFor(policy, episode);
  const met = (level: ReplayLevel) => segmentsMeeting(recording, level, episode).length;
  if (policy === 'dense') return { frames: met('coarse') + met('fine'), steps, seconds };
  if (share === null) return { frames: met('coarse'), steps, seconds };
  const due = share * begunBefore(recording, episode.end);
  return { frames: Math.max(1, Math.round(due - paidIn(before))), steps, seconds };
}

const begunBefore = ({ levels, framesPerSecond }: ReplayRecording, time: number): number =>
  replayLevels.flatMap((level) => levels[level]).filter(({ start }) => start < time * framesPerSecond).length;

const paidIn = (trajectories: readonly Trajectory[]): number =>
  trajectories.reduce((sum, { costs }) => sum + framesCharged(costs), 0);

/** A segment that two episodes share is new in the first; what an episode did not see of others it has to look at again. */
function costOf(trajectories: readonly Trajectory[], world: Pick<Watcher, 'keyOf'>) {
  const keys = new Set<number>();
  for (const { looks, grid } of trajectories) {
    for (const look of looks)
      for (const tick of look.keys) keys.add(world.keyOf(tick / grid.ticksPerSecond, look.level));
  }
  keys.delete(-1);
  const paid = trajectories.reduce((sum, { costs }) => sum + costs.newFrames + costs.rereadFrames, 0);
  return { segmentsNew: keys.size, segmentsReread: Math.max(0, paid - keys.size) };
}

function stepsOf(trajectories: readonly Trajectory[]): Record<Operator, number> {
  const steps: Record<Operator, number> = { THINK: 0, BACKTRACK: 0, EXPAND: 0, SAMPLE: 0, FINAL: 0 };
  for (const { action } of trajectories.flatMap((trajectory) => trajectory.steps)) {
    if (action !== null) steps[action.operator]++;
  }
  return steps;
}
