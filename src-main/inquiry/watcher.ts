/** The port through which an episode sees its world: a video through perception, or recorded answers of a model. */
import type { Observation } from '../contract/trajectory.ts';
import type { ViewObservation } from './policy.ts';

/** Triage's activity per second of a recording, `[ceil(seconds)]` in [0, 1]. */
export interface Activity {
  readonly secondsPerBin: 1;
  readonly activity: Float32Array;
}

/** What some frames show together: for the policy without positions, and as it is stored. */
export interface Described {
  readonly view: ViewObservation;
  readonly stored: Observation;
}

/** `F`: what one instant shows, known to its watcher alone. All times in seconds of the recording (SPEC W1 to W3). */
export interface Watcher<F extends { readonly time: number } = { readonly time: number }> {
  /** Length of the recording. */
  readonly seconds: number;
  readonly activity: Activity;
  /**
   * The frames on screen at `times` (ascending, on the time grid): the last that is not later, else the first. In
   * ascending order and each frame once, so there may be fewer than times. `level` is the look's in the lattice.
   */
  observe(times: readonly number[], level: number, signal?: AbortSignal): Promise<readonly F[]>;
  /**
   * What those frames show together in `[start, end)`, looked at every `interval` seconds. The frames come from one
   * call of `observe`; what is described points at them by their place in the list.
   */
  describe(frames: readonly F[], start: number, end: number, interval: number): Described;
  /** Two times with one key, at whatever levels, are one thing to look at: it is paid once and re-read after that. */
  keyOf(time: number, level: number): number;
}
