/** A look as the environment keeps it: which frames came back, what they showed, on which axis of time. */
import type { FoundByReason } from '../contract/claim.ts';
import type { Look } from '../contract/trajectory.ts';
import type { Interval } from '../math/interval.ts';
import { intervalOfLevel, longestSight, tickOf, windowOfLook } from './lattice.ts';
import type { PlannedLook } from './operators.ts';
import type { ViewLook, ViewObservation } from './policy.ts';
import type { Watcher } from './watcher.ts';

/** One frame that a look saw. */
export interface TakenFrame {
  /** The lattice time that asked for it, seconds after the anchor. */
  readonly asked: number;
  /** The time that it shows, seconds after the anchor, clipped to the episode. */
  readonly sight: Interval;
  /** Its time stamp, seconds of the recording. */
  readonly time: number;
  readonly reread: boolean;
}

export interface TakenLook {
  readonly step: number;
  readonly purpose: FoundByReason;
  readonly plan: PlannedLook;
  readonly frames: readonly TakenFrame[];
  readonly observation: ViewObservation;
  /** As stored: with times of the recording. */
  readonly stored: Look['observation'];
}

export interface LookContext {
  readonly step: number;
  readonly purpose: FoundByReason;
  /** Seconds of the recording at which the lattice starts. */
  readonly anchor: number;
  /** The episode, seconds after the anchor. */
  readonly episode: Interval;
  readonly watcher: Watcher;
  /** Keys of what was seen before. */
  readonly seen: ReadonlySet<number>;
}

/**
 * Which of the returned frames each asked time shows: the last that is not later, else the first. A time stamp may be
 * rounded, hence the thousandth of a second.
 */
function framesOnScreen<F extends { readonly time: number }>(
  asked: readonly number[],
  returned: readonly F[],
  anchor: number,
): { asked: number; frame: F }[] {
  const shown: { asked: number; frame: F }[] = [];
  for (const time of asked) {
    const frame = returned.findLast((candidate) => candidate.time - anchor <= time + 1e-3) ?? returned[0];
    if (frame !== undefined && shown.at(-1)?.frame !== frame) shown.push({ asked: time, frame });
  }
  return shown;
}

/** The look that a plan became, or null where the recording had no frame to show. */
export function takeLook(
  plan: PlannedLook,
  returned: readonly { readonly time: number }[],
  context: LookContext,
): TakenLook | null {
  const { anchor, episode, watcher, seen } = context;
  const shown = framesOnScreen(plan.times, returned, anchor);
  const [first] = shown;
  if (first === undefined) return null;
  const interval = intervalOfLevel(plan.level);
  const lastAsked = plan.times.at(-1) ?? first.asked;
  const frames = shown.map(({ asked, frame }, index): TakenFrame => {
    // A frame that several times asked for (the recording is slower than the look) shows all of them.
    const until = shown[index + 1]?.asked ?? lastAsked + interval;
    const end = Math.min(until, asked + longestSight, episode.end);
    const reread = seen.has(watcher.keyOf(anchor + asked, plan.level));
    return { asked, sight: { start: asked, end }, time: frame.time, reread };
  });
  const window = windowOfLook(plan);
  const { view, stored } = watcher.describe(
    shown.map(({ frame }) => frame),
    Math.min(anchor + window.start, first.frame.time),
    Math.max(anchor + window.end, (shown.at(-1)?.frame.time ?? 0) + 1e-3),
    interval,
  );
  return { step: context.step, purpose: context.purpose, plan, frames, observation: view, stored };
}

/** The look as a policy sees it, with times relative to a focus that starts at `focusStart` after the anchor. */
export function viewOfLook(look: TakenLook, focusStart: number): ViewLook {
  return {
    interval: intervalOfLevel(look.plan.level),
    purpose: look.purpose,
    frames: look.frames.map(({ asked, sight, reread }) => ({
      offset: asked - focusStart,
      sight: sight.end - sight.start,
      reread,
    })),
    observation: look.observation,
  };
}

/** The look as it is stored. */
export function storedLook(look: TakenLook, evidence: readonly number[], anchor: number, episode: Interval): Look {
  const window = windowOfLook(look.plan);
  return {
    step: look.step,
    purpose: look.purpose,
    start: anchor + Math.max(window.start, episode.start),
    end: anchor + Math.min(window.end, episode.end),
    level: look.plan.level,
    density: 1 / intervalOfLevel(look.plan.level),
    times: look.frames.map(({ time }) => time),
    keys: look.frames.map(({ asked }) => tickOf(anchor + asked)),
    reread: look.frames.map(({ reread }) => reread),
    evidence: look.frames.map((_, index) => evidence[index] ?? 0),
    observation: look.stored,
  };
}
