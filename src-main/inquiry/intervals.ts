/** Hypotheses as intervals: from the observations that they point at to seconds. */
import { AppError } from '../contract/errors.ts';
import type { Hypothesis, ObservationPointer } from '../contract/trajectory.ts';
import type { Interval } from '../math/interval.ts';
import type { ScoredSpan } from './score.ts';
import type { TakenFrame, TakenLook } from './taken-look.ts';

/** A hypothesis in seconds after the anchor. */
export interface EpisodeInterval extends ScoredSpan {
  readonly class: string;
}

function frameAt(pointer: ObservationPointer, looks: readonly TakenLook[]): TakenFrame {
  const frame = looks[pointer.look]?.frames[pointer.frame];
  if (frame === undefined) {
    throw new AppError('internal', `No look ${pointer.look} with a frame ${pointer.frame} to point at.`);
  }
  return frame;
}

/** From the first observation to the end of what the last one shows (SPEC F3); `scoreOf` reads the belief inside. */
export function intervalOfHypothesis(
  hypothesis: Hypothesis,
  looks: readonly TakenLook[],
  scoreOf: (inside: Interval) => number,
): EpisodeInterval {
  const start = frameAt(hypothesis.first, looks).asked;
  const { end } = frameAt(hypothesis.last, looks).sight;
  return { start, end, class: hypothesis.class, score: scoreOf({ start, end }) };
}
