/** What is known of one frame: its motion and what the nets saw. It is the unit that is cached. */
import type { Detection, Person } from './detection.ts';
import type { MotionObservation } from './motion.ts';

/** Goes up whenever the same pixels and the same models would give another FrameObservation. */
const perceptionVersion = 2;

export interface FrameObservation {
  /** Seconds since the first video frame: the frame's own time stamp. */
  readonly time: number;
  /** Width over height of the displayed picture, which turns shares of it into comparable lengths. */
  readonly aspect: number;
  readonly motion: MotionObservation;
  /** Null where the object net was not there; empty where it saw nothing. */
  readonly objects: readonly Detection[] | null;
  /** Null where the pose net was not there; empty where it saw nobody. */
  readonly persons: readonly Person[] | null;
}

/**
 * The part of a cached frame's key that the recording and the frame time do not give: which models saw it (`''` for
 * none) and by which version of this folder. Frames under different keys are never mixed in one look.
 */
export function perceptionKey(modelsId: string): string {
  return `perception-${String(perceptionVersion)}${modelsId === '' ? '' : `-${modelsId}`}`;
}
