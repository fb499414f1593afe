/** Rollouts: episodes on recordings whose truth is known, with their terms of the utility. */
import { normalClass } from '../../contract/taxonomy.ts';
import type { Budget, Trajectory } from '../../contract/trajectory.ts';
import { observationSet } from '../../inquiry/policies/nano/index.ts';
import type { Grid } from '../../inquiry/episodes.ts';
import type { BeliefInput, Policy, ReadOut } from '../../inquiry/policy.ts';
import { runEpisode } from '../../inquiry/run-episode.ts';
import type { Watcher } from '../../inquiry/watcher.ts';
import type { Interval } from '../../math/interval.ts';
import { matchIntervals } from '../aei/match-intervals.ts';
import {
  type AeiTerms,
  costShare,
  flaggedShare,
  information,
  intervalSuccess,
  localisation,
  videoSuccess,
} from '../aei/terms.ts';
import type { Truth } from '../nano/examples.ts';
import type { Recorded, Recording } from '../nano/recorded.ts';
import type { RankedRollout } from '../pairs/preference-pairs.ts';
import { remaining } from './remaining.ts';

/** One episode to be rolled out, any number of times. */
export interface RolloutTask {
  readonly watcher: Watcher;
  readonly episode: Interval;
  readonly truth: Truth;
  readonly budget: Budget;
  /** Classes asked for; empty for anything unusual. */
  readonly question: readonly string[];
  /** What looks are laid from; by default what triage found. */
  readonly grid?: Grid | undefined;
}

export interface Rollout extends RankedRollout, Recorded {
  readonly truth: Truth;
}

/** The belief that rollouts are judged by: that of the round's reference, for all of them the same. */
type Judge = Pick<Policy, 'readBelief' | 'forEpisode'>;

/** `q(·|E)`: of the set of looks, whatever the judge would make of repetitions. */
const judged = (judge: Judge, input: BeliefInput) => judge.readBelief({ ...input, looks: observationSet(input.looks) });

/** Runs one episode and judges it. The same seed gives the same rollout. */
export async function rollOut(
  task: RolloutTask,
  recording: Recording,
  judge: Judge,
  seed: number | string,
  signal?: AbortSignal,
): Promise<Rollout> {
  const { watcher, episode, budget, question, truth, grid } = task;
  const { trajectory } = await runEpisode({
    ...{ policy: recording, watcher, episode, budget, seed, question },
    ...(grid !== undefined && { grid }),
    ...(signal === undefined ? {} : { signal }),
  });
  const recorded = recording.record(trajectory);
  const { terms, incident } = await assess(recorded, task, judge);
  return { ...recorded, truth, terms, incident, actions: recorded.transcript.actions };
}

const incidentOf = ({ probabilities }: ReadOut) => 1 - (probabilities[normalClass] ?? 0);

/** The terms of the utility, and `q(1|E_T)`. FINAL's intervals are what is flagged. Throws RangeError without any input. */
export async function assess(
  { trajectory, inputs }: Pick<Recorded, 'trajectory' | 'inputs'>,
  { truth, episode, budget, watcher }: Omit<RolloutTask, 'question' | 'grid'>,
  asked: Judge,
): Promise<{ terms: AeiTerms; incident: number }> {
  const judge = asked.forEpisode?.() ?? asked;
  const last = inputs.at(-1);
  if (last === undefined) throw new RangeError('An episode without a read-out cannot be judged.');
  const after = await judged(judge, last);
  const incident = incidentOf(after);
  const before = incidentOf(await judged(judge, { ...last, looks: [] }));
  const { intervals } = trajectory;
  const video = videoSuccess(incident, truth.label);
  const terms: AeiTerms = {
    success:
      truth.intervals === null
        ? video
        : intervalSuccess(video, matchIntervals(intervals, within(truth.intervals, episode))),
    information: information(before, incident, truth.label),
    cost: costShare(trajectory.costs, budget.frames),
    localisation: localisation(
      {
        incident,
        incidentWithout: await incidentWithout(last, trajectory, watcher, judge, incident),
        flaggedShare: Math.min(1, flaggedShare(intervals, episode)),
      },
      truth.label,
    ),
  };
  return { terms, incident };
}

const within = <T extends Interval>(intervals: readonly T[], { start, end }: Interval): T[] =>
  intervals
    .filter((each) => each.end > start && each.start < end)
    .map((each) => ({ ...each, start: Math.max(start, each.start), end: Math.min(end, each.end) }));

/** `q(1|E∖F)`. */
async function incidentWithout(
  input: BeliefInput,
  trajectory: Trajectory,
  watcher: Watcher,
  judge: Judge,
  incident: number,
): Promise<number> {
  if (trajectory.intervals.length === 0) return incident;
  return incidentOf(await judged(judge, await remaining(input, trajectory, trajectory.intervals, watcher)));
}
