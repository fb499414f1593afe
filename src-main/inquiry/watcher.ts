/** The port through which an episode sees a recording. */
import type { FrameObservation } from '../perception/frame-observation.ts';

/** Triage's activity per second of a recording, `[ceil(seconds)]` in [0, 1]. */
export interface Activity {
  readonly secondsPerBin: 1;
  readonly activity: Float32Array;
}

export interface Watcher {
  /** Length of the recording. */
  readonly seconds: number;
  readonly activity: Activity;
  /**
   * The frames on screen at `times` (seconds, ascending, on the time grid): the last that is not later, else the first.
   * In ascending order and each frame once, so there may be fewer than times.
   */
  observe(times: readonly number[], signal?: AbortSignal): Promise<readonly FrameObservation[]>;
}
