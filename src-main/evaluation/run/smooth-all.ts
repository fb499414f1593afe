/** The smoothing of a table: none unless asked for, and then the same for every policy. */
import { smoothed } from '../metrics/smoothing.ts';
import type { AssessedPolicy, TrueRecording } from './assessed.ts';

/** In words for the report. */
export const smoothingInWords = (seconds: number): string =>
  seconds === 0 ? 'none' : `Gaussian, standard deviation ${seconds} s, for all policies alike`;

/** `policies` with scores smoothed by a Gaussian of `seconds`; the same objects for 0. */
export function smoothAll(
  policies: readonly AssessedPolicy[],
  recordings: readonly TrueRecording[],
  seconds: number,
): readonly AssessedPolicy[] {
  if (seconds === 0) return policies;
  return policies.map((policy) => ({
    ...policy,
    recordings: policy.recordings.map((made, index) => {
      const truth = recordings[index];
      if (made === null || truth === undefined || truth.seconds <= 0) return made;
      return { ...made, scores: smoothed(made.scores, (seconds * truth.frames) / truth.seconds) };
    }),
  }));
}
