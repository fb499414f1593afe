/** Learning rates over the steps of a run. */

/** The rate of update `step`, counted from 1. Pure. */
export type Schedule = (step: number) => number;

export const constant =
  (rate: number): Schedule =>
  () =>
    rate;

export interface WarmupCosineOptions {
  readonly peak: number;
  /** Updates until the peak is reached, the first one being `peak / warmupSteps`; 0 starts at the peak. */
  readonly warmupSteps: number;
  /** All updates of the run, warm-up included; later ones stay at `floor`. */
  readonly steps: number;
  /** The rate that the cosine ends at. */
  readonly floor?: number;
}

/**
 * Linear warm-up, then half a cosine down to `floor`, which the last update reaches. Source: Loshchilov and Hutter, 2017,
 * equation 5, without restarts.
 */
export function warmupCosine({ peak, warmupSteps, steps, floor = 0 }: WarmupCosineOptions): Schedule {
  return (step) => {
    if (step <= warmupSteps) return (peak * step) / warmupSteps;
    const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps));
    return floor + ((peak - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}
