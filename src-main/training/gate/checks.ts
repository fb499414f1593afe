/** What the gate looks at before it offers a version: each check a pure function of what was measured. */
import type { GateCheck, TrainingPoint } from '../../contract/training.ts';
import { operatorEntropy } from '../../evaluation/metrics/operator-usage.ts';
import { lookOperators } from '../../inquiry/operators.ts';
import type { VideoLabel } from '../aei/terms.ts';
import { meanWithBounds } from './one-sided.ts';

/** One episode under the version that the run began with and under one that did not learn from it. */
export interface JudgedEpisode {
  readonly label: VideoLabel;
  /** `−ln q(y)` of the belief after all that each of them chose to look at. */
  readonly before: number;
  readonly after: number;
}

/** Labelled episodes that there are, whether or not they could be judged. */
export interface LabelCounts {
  readonly incidents: number;
  readonly innocent: number;
}

/** Episodes of each label that verdicts must give before they can tell anything. Ours. */
export const neededEpisodes = 8;
/** A log-loss may rise by so many nats, and a utility fall by so much, before it counts as worse. Ours. */
const tolerance = 0.02;
/** Share of the largest entropy below which usage of the look operators counts as collapsed. Ours. */
const leastEntropy = 0.4;
/** Source: DESIGN §8. */
const mostFall = 0.05;

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
const inWords = (value: number | null, digits = 3) => (value === null ? 'nothing' : value.toFixed(digits));

/**
 * The cross-fitted log-loss on the verdicts. Passed where its rise is below the tolerance with 80 % confidence, failed
 * where there is a rise with 80 % confidence; unknown between the two, and with fewer than `neededEpisodes` of a label.
 */
export function verdictCheck(episodes: readonly JudgedEpisode[], { incidents, innocent }: LabelCounts): GateCheck {
  const [before, after] = [meanOf(episodes.map((each) => each.before)), meanOf(episodes.map((each) => each.after))];
  const common = { check: 'verdicts', before, after, limit: tolerance } as const;
  const rise = meanWithBounds(episodes.map((each) => each.after - each.before));
  if (Math.min(incidents, innocent) < neededEpisodes || rise === null) {
    const reason = `Labelled episodes: ${incidents} with an incident, ${innocent} without; it takes ${neededEpisodes} of each to tell.`;
    return { ...common, outcome: 'unknown', reason, figures: { incidents, innocent, needed: neededEpisodes } };
  }
  const outcome = rise.lower > 0 ? 'failed' : rise.upper <= tolerance ? 'passed' : 'unknown';
  const change = `from ${inWords(before)} to ${inWords(after)} nats, between ${inWords(rise.lower)} and ${inWords(rise.upper)} of difference`;
  const reason = {
    failed: `The log-loss on verdicts that it did not learn from rose ${change}.`,
    passed: `The log-loss on verdicts that it did not learn from went ${change}.`,
    unknown: `The log-loss on verdicts that it did not learn from went ${change}: too few verdicts to tell.`,
  }[outcome];
  return { ...common, outcome, reason, figures: { lower: rise.lower, upper: rise.upper } };
}

/** The utility on the guard set, recording by recording. Failed where it fell by more than the tolerance, with 80 % confidence. */
export function guardCheck(recordings: readonly { readonly before: number; readonly after: number }[]): GateCheck {
  const [before, after] = [meanOf(recordings.map((each) => each.before)), meanOf(recordings.map((each) => each.after))];
  const fall = meanWithBounds(recordings.map((each) => each.before - each.after));
  const common = { check: 'guard', before, after, limit: tolerance } as const;
  if (fall === null) return { ...common, outcome: 'unknown', reason: 'The guard set is too small to compare on.' };
  const outcome = fall.lower > tolerance ? 'failed' : 'passed';
  const reason = `The utility on ${recordings.length} simulated recordings went from ${inWords(before)} to ${inWords(after)}.`;
  return { ...common, outcome, reason, figures: { recordings: recordings.length } };
}

/** Every action must be one of the grammar. `unparsed` are those that were not, of `actions`. */
export function parseCheck(actions: number, unparsed: number): GateCheck {
  const after = actions === 0 ? null : 1 - unparsed / actions;
  return {
    ...{ check: 'parse-rate', before: null, after, limit: 1 },
    outcome: unparsed === 0 ? 'passed' : 'failed',
    figures: { actions, unparsed },
    reason:
      unparsed === 0
        ? `Every one of ${actions} actions was one of the grammar.`
        : `${unparsed} of ${actions} actions were none of the grammar.`,
  };
}

type Usage = Readonly<Record<string, number>>;

/** Usage of the look operators: failed where it collapsed to fewer than it was spread over before. */
export function operatorCheck(before: Usage, after: Usage): GateCheck {
  const entropyOf = (usage: Usage) =>
    operatorEntropy(
      Object.fromEntries(lookOperators.map((operator) => [operator, usage[operator] ?? 0])),
      lookOperators.length,
    );
  const [first, last] = [entropyOf(before), entropyOf(after)];
  const hasCollapsed = (last ?? 0) < leastEntropy && (last ?? 0) < (first ?? 0);
  return {
    ...{ check: 'operators', before: first, after: last, limit: leastEntropy },
    outcome: hasCollapsed ? 'failed' : 'passed',
    reason: `Its look operators are used with ${inWords(last, 2)} of the largest entropy, ${inWords(first, 2)} before.`,
  };
}

/** Points whose mean is shown: those of single batches vary with the pairs in them. */
const shownPoints = 6;

/**
 * The mean log-probability of chosen trajectories. `fell`: the run itself has followed them against its reference, batch by
 * batch, and stopped; the figures, of the first and the last points, are of different pairs.
 */
export function chosenCheck(points: readonly Pick<TrainingPoint, 'chosenLogProb'>[], fell: boolean): GateCheck {
  const measured = points.flatMap(({ chosenLogProb }) => chosenLogProb ?? []);
  const [before, after] = [meanOf(measured.slice(0, shownPoints)), meanOf(measured.slice(-shownPoints))];
  const common = { check: 'chosen-log-prob', before, after, limit: mostFall } as const;
  if (before === null || after === null) {
    return { ...common, outcome: 'unknown', reason: 'There were no pairs whose chosen trajectory could be followed.' };
  }
  const change = `from ${inWords(before, 2)} to ${inWords(after, 2)}`;
  return {
    ...common,
    outcome: fell ? 'failed' : 'passed',
    reason: fell
      ? `The log-probability of chosen trajectories fell by more than ${100 * mostFall} %, ${change} on average.`
      : `The mean log-probability of chosen trajectories went ${change}.`,
  };
}
