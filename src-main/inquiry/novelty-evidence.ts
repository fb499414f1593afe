/** What is unusual for the camera as evidence: log-odds from the surprise of frames (SPEC P3, P4). */
import type { BeliefInput, ReadOut, ViewLook } from './policy.ts';

/** From this share of less surprising frames on novelty speaks for "unusual". */
const unusualFrom = 0.99;
/** Log-odds per e-fold of surprise: slow, because surprise beyond the camera's own footage is an extrapolation. Ours. */
const perFold = 2;
/** Taken from what speaks for "unusual", so that one frame in ten thousand is not enough by itself. Ours. */
const reserve = 1;
/** Evidence of a frame that is as usual as can be. */
const usual = -4;

/** Rises with surprise (nats, not negative) smoothly and without an end: 3.4 at one frame in a hundred, 9 at 90 nats. */
const pointsOf = (surprise: number): number => perFold * Math.log1p(surprise);

/** Log-odds that each frame adds to "unusual"; 0 where it is usual or nothing is known of what is. */
export function noveltyPoints({ frames, observation }: ViewLook): number[] {
  return frames.map((_, frame) => {
    if (observation.kind !== 'perception') return 0;
    const [novelty, surprise] = [observation.novelty[frame] ?? null, observation.surprise[frame] ?? null];
    if (novelty === null || surprise === null || novelty < unusualFrom) return 0;
    return Math.max(0, pointsOf(surprise) - reserve);
  });
}

/**
 * The read-out with each frame's evidence replaced by one that rises with its surprise alone, smoothly and without
 * saturation, where the camera's normality is known: frame-level scores then rank as the surprise does.
 */
export function rankedBySurprise(readOut: ReadOut, { looks }: BeliefInput): ReadOut {
  const evidence = looks.map(({ observation }, number) =>
    (readOut.evidence[number] ?? []).map((logit, frame) => {
      const surprise = observation.kind === 'perception' ? (observation.surprise[frame] ?? null) : null;
      return surprise === null ? logit : usual + pointsOf(surprise);
    }),
  );
  return { ...readOut, evidence };
}
