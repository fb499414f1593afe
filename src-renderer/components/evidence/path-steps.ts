/** A trajectory as the rows of a step list: what was done, seen, paid and believed, step by step. */
import type { Action, Look, Operator, Trajectory } from '../../../src-main/contract/trajectory.ts';
import { normalClass } from '../../../src-main/contract/taxonomy.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface PathStep {
  readonly index: number;
  /** `LOOK` is the opening look, which no one chose. */
  readonly operator: Operator | 'LOOK';
  readonly action: Action | null;
  /** What the action's times are relative to. */
  readonly focus: Span;
  readonly reason: string;
  readonly forced: boolean;
  readonly looks: readonly Look[];
  /** Belief after the step that anything unusual happens, [0, 1], and how much the step changed it. */
  readonly belief: number;
  readonly change: number;
  /** The class that is believed most, normal aside, with its probability; null where there is none. */
  readonly leading: { readonly class: string; readonly probability: number } | null;
  /** Highest score of a second of the interval after the step; null where none of its seconds is in the episode. */
  readonly score: number | null;
  /** Frames charged so far: re-read ones count a quarter. */
  readonly framesCharged: number;
  readonly newFrames: number;
  readonly rereadFrames: number;
}

const logistic = (logit: number) => 1 / (1 + Math.exp(-logit));

/** Steps of `trajectory` for the interval of a flag. */
export function pathSteps(trajectory: Trajectory, interval: Span): PathStep[] {
  const { steps, looks, episode } = trajectory;
  return steps.map(({ action, belief, costs, ...step }, index): PathStep => {
    const before = steps[index - 1];
    const unusual = 1 - (belief.probabilities[normalClass] ?? 0);
    // Before anything was looked at, the belief is the prior.
    const earlier = before === undefined ? logistic(belief.prior) : 1 - (before.belief.probabilities[normalClass] ?? 0);
    const [leading] = Object.entries(belief.probabilities)
      .filter(([id]) => id !== normalClass)
      .sort(([, a], [, b]) => b - a);
    const from = Math.floor(interval.start - episode.start);
    const seconds = belief.scores.slice(Math.max(0, from), Math.max(0, Math.ceil(interval.end - episode.start)));
    return {
      index,
      operator: action?.operator ?? 'LOOK',
      action,
      focus: before?.focus ?? step.focus,
      reason: step.reason,
      forced: step.forced,
      looks: step.looks.flatMap((look) => looks[look] ?? []),
      belief: unusual,
      change: unusual - earlier,
      leading: leading === undefined ? null : { class: leading[0], probability: leading[1] },
      score: seconds.length === 0 ? null : Math.max(...seconds),
      framesCharged: costs.newFrames + costs.rereadFrames / 4,
      newFrames: costs.newFrames - (before?.costs.newFrames ?? 0),
      rereadFrames: costs.rereadFrames - (before?.costs.rereadFrames ?? 0),
    };
  });
}

/** Span and frame times of some looks together; null without any. */
export function spanOfLooks(looks: readonly Look[]): (Span & { readonly times: readonly number[] }) | null {
  if (looks.length === 0) return null;
  return {
    start: Math.min(...looks.map((look) => look.start)),
    end: Math.max(...looks.map((look) => look.end)),
    times: [...new Set(looks.flatMap((look) => look.times))].sort((a, b) => a - b),
  };
}
