/** The temporal operators: pure functions from an action and the focus to a plan of looks. */
import type { Action } from '../contract/trajectory.ts';
import { intersection, type Interval } from '../math/interval.ts';
import {
  coarsestLevel,
  framesPerLook,
  levelOfRate,
  levelSpanning,
  snapDown,
  snapUp,
  spanOfLevel,
  timesOfLook,
  windowOfLook,
  type LatticeLook,
} from './lattice.ts';

/** A look with the times that it asks for, after clipping to the episode. All times in seconds after the anchor. */
export interface PlannedLook extends LatticeLook {
  readonly times: readonly number[];
}

export interface SamplingPlan {
  readonly looks: readonly PlannedLook[];
  /** The span that the looks cover before clipping, which becomes the focus; null where nothing is left to look at. */
  readonly focus: Interval | null;
}

/** Operators that look. */
export const lookOperators = ['BACKTRACK', 'EXPAND', 'SAMPLE'] as const;
export type LookOperator = (typeof lookOperators)[number];
/** Actions that look. */
export type LookAction = Extract<Action, { operator: LookOperator }>;

export interface PlanContext {
  /** What the action's times are relative to. */
  readonly focus: Interval;
  /** Bounds of the episode; looks outside are clipped. */
  readonly episode: Interval;
}

/**
 * The plan of an action (SPEC O1 to O4): the same action in the same focus gives the same plan.
 * BACKTRACK and EXPAND take one look; SAMPLE takes as many, back to back, as its window needs at its rate.
 */
export function planOf(action: LookAction, context: PlanContext): SamplingPlan {
  const { focus, episode } = context;
  const length = focus.end - focus.start;
  switch (action.operator) {
    case 'BACKTRACK': {
      const level = levelSpanning(length);
      return clipped([{ level, start: snapDown(focus.start - action.distance * length, level) }], episode);
    }
    case 'EXPAND': {
      const level = Math.min(coarsestLevel, levelSpanning(length) + Math.log2(action.factor));
      const centre = (focus.start + focus.end) / 2;
      return clipped([{ level, start: snapDown(centre - spanOfLevel(level) / 2, level) }], episode);
    }
    case 'SAMPLE': {
      const window = intersection({ start: focus.start + action.start, end: focus.start + action.end }, episode);
      if (window === null) return { looks: [], focus: null };
      return clipped(cover(window, levelOfRate(action.rate)), episode);
    }
    default:
      return action satisfies never;
  }
}

/** The fixed sparse look that opens an episode (SPEC O5): eight frames at most, spread over all of it. */
export function openingPlan(episode: Interval): SamplingPlan {
  const level = levelSpanning(episode.end - episode.start);
  return clipped([{ level, start: snapUp(episode.start, level) }], episode);
}

/** Looks of a level, back to back, over all of a window. */
function cover(window: Interval, level: number): LatticeLook[] {
  const span = spanOfLevel(level);
  const start = snapDown(window.start, level);
  const count = Math.max(1, Math.ceil((window.end - start) / span));
  return Array.from({ length: count }, (_, index) => ({ level, start: start + index * span }));
}

function clipped(looks: readonly LatticeLook[], episode: Interval): SamplingPlan {
  const planned = looks
    .map((look) => ({ ...look, times: timesOfLook(look, episode) }))
    .filter((look) => look.times.length > 0);
  const [first, last] = [planned[0], planned.at(-1)];
  if (first === undefined || last === undefined) return { looks: [], focus: null };
  return { looks: planned, focus: { start: first.start, end: windowOfLook(last).end } };
}

export interface Charge {
  readonly newFrames: number;
  readonly rereadFrames: number;
}

/** What tells one thing to look at from another, by a time after the anchor and a level (SPEC W2). */
export type KeyOf = (time: number, level: number) => number;

/**
 * What a plan costs where the keys of `seen` were looked at before. What several times or looks of the plan share is
 * paid once.
 * @param paid keys that an earlier part of the same plan has paid
 */
export function chargeOfPlan(
  plan: SamplingPlan,
  seen: ReadonlySet<number>,
  keyOf: KeyOf,
  paid: ReadonlySet<number> = new Set(),
): Charge {
  const keys = new Set(plan.looks.flatMap((look) => look.times.map((time) => keyOf(time, look.level))));
  let [newFrames, rereadFrames] = [0, 0];
  for (const key of keys) {
    if (paid.has(key)) continue;
    if (seen.has(key)) rereadFrames++;
    else newFrames++;
  }
  return { newFrames, rereadFrames };
}

/** Reading again what was seen decodes nothing and costs a quarter (SPEC B2). */
export const framesCharged = (charge: Charge): number => charge.newFrames + charge.rereadFrames / 4;

/** The most that one look can cost. */
export const dearestLook = framesPerLook;
