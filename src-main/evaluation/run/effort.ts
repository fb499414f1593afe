/** What looking cost: operators and how evenly they were used, how much was seen, frames and seconds per footage. */
import type { Trajectory } from '../../contract/trajectory.ts';
import { intervalLength, mergeIntervals } from '../../math/interval.ts';
import { operatorEntropy } from '../metrics/operator-usage.ts';
import type { Effort } from './assessed.ts';

/** Those that a policy chooses between; FINAL, which ends every episode, tells nothing of it. */
const chosenOperators = ['THINK', 'BACKTRACK', 'EXPAND', 'SAMPLE'] as const;

/** How often each operator was used. */
export function operatorsOf(trajectories: readonly Pick<Trajectory, 'steps'>[]): Record<string, number> {
  return summed(
    trajectories.flatMap(({ steps }) =>
      steps.flatMap(({ action }) => (action === null ? [] : [{ [action.operator]: 1 }])),
    ),
  );
}

/** Sums of counts by name. */
export function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of counts) for (const [name, count] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** Entropy of the use of the operators that are chosen between; null where none was used. */
function entropyOf(operators: Readonly<Record<string, number>>): number | null {
  const chosen = chosenOperators.map((operator) => [operator, operators[operator] ?? 0]);
  return operatorEntropy(Object.fromEntries(chosen), chosenOperators.length);
}

/**
 * Share of `[0, seconds)` that the looks saw. A frame stands for the sampling interval of its look, at most `sight` seconds.
 */
export function lookedAtShare(
  trajectories: readonly Pick<Trajectory, 'looks' | 'episode' | 'grid'>[],
  seconds: number,
  sight: number,
): number {
  // By the instants that were asked for: the frame on screen then may have appeared earlier.
  const spans = trajectories.flatMap(({ looks, episode, grid }) =>
    looks.flatMap(({ keys, density }) =>
      keys.map((tick) => {
        const start = tick / grid.ticksPerSecond;
        return { start, end: Math.min(episode.end, start + Math.min(sight, 1 / density)) };
      }),
    ),
  );
  const seen = mergeIntervals(spans).reduce((sum, span) => sum + intervalLength(span), 0);
  return seconds > 0 ? Math.min(1, seen / seconds) : 0;
}

/** The efforts of a policy over recordings of `seconds` each; figures are null where nothing is known of them. */
export function totalEffort(efforts: readonly { readonly seconds: number; readonly effort: Effort | null }[]) {
  const known = efforts.flatMap(({ seconds, effort }) => (effort === null ? [] : [{ length: seconds, ...effort }]));
  const length = known.reduce((sum, each) => sum + each.length, 0);
  const operators = summed(known.map((each) => each.operators));
  const spent = known.map((each) => each.seconds);
  const isTimed = spent.every((seconds) => seconds !== null);
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  if (length === 0) {
    return { framesPerMinute: null, lookedAtFraction: null, secondsPerHour: null, operatorEntropy: null, operators };
  }
  return {
    framesPerMinute: (60 * sum(known.map((each) => each.framesObserved))) / length,
    lookedAtFraction: Math.min(1, sum(known.map((each) => each.length * each.lookedAt)) / length),
    secondsPerHour: isTimed ? (3600 * sum(spent)) / length : null,
    operatorEntropy: entropyOf(operators),
    operators,
  };
}
