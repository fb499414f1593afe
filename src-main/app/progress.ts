/** Rate and time left of long work, from how far it was when. */
import type { JobProgress } from '../contract/job.ts';

/** The rate is taken over this much of the past: long enough to be steady, short enough to follow a change of pace. */
const windowMs = 20_000;

/** How far work is, as it says itself. */
export type WorkDone = Omit<JobProgress, 'rate' | 'secondsLeft' | 'failed'> & Partial<Pick<JobProgress, 'failed'>>;

export interface ProgressMeter {
  /** The progress to show, with what is done and known at `nowMs`. Where `done` falls or the clock was set back, the rate starts anew. */
  measure(state: WorkDone, nowMs: number): JobProgress;
}

export function createProgressMeter(): ProgressMeter {
  let samples: { atMs: number; done: number }[] = [];
  return {
    measure(state, nowMs) {
      const last = samples.at(-1);
      const isBehind = last !== undefined && (state.done < last.done || nowMs < last.atMs);
      if (isBehind) samples = [];
      samples.push({ atMs: nowMs, done: state.done });
      samples = samples.filter((sample) => nowMs - sample.atMs <= windowMs);
      const first = samples[0];
      const seconds = first === undefined ? 0 : (nowMs - first.atMs) / 1000;
      const rate = first === undefined || seconds <= 0 ? null : (state.done - first.done) / seconds;
      const left = Math.max(0, state.total - state.done);
      return { failed: 0, ...state, rate, secondsLeft: rate === null || rate <= 0 ? null : left / rate };
    },
  };
}
