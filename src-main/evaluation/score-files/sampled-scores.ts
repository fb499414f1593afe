/** Scores as other systems give them, a frame here and there or one for a snippet, made into one for each frame. */
import { labelError, type Place } from '../labels/label-error.ts';

/** What a file says of one recording. */
export interface SampledScores {
  /** First frames that the scores stand for, ascending; null where they follow each other. */
  readonly frames: readonly number[] | null;
  readonly scores: ArrayLike<number>;
  readonly place: Place;
}

/** Frames to a snippet in I3D, C3D and CLIP features, and to a score in LAVAD and VERA. */
export const snippetFrames = 16;

/**
 * [frames] the score of each frame.
 *
 * - Scores with frames hold until the next one's, the last to the end; before the first its own holds (LAVAD's and VERA's
 *   scores are of every 16th frame, repeated forwards).
 * - Scores without frames are one for each frame or one for each snippet of 16, whichever comes nearer to the length;
 *   as near, snippets.
 *   Snippets end with what is left (features drop the tail, or pad it; I3D drops a frame more for the flow): up to two
 *   snippets may be missing, where the last score holds on, and up to one may be too many, which is cut.
 *
 * Errors: AppError `invalid-argument` by the file's line: no scores, frames beyond the end, another length.
 */
export function scoresForFrames(
  { frames: starts, scores, place }: SampledScores,
  name: string,
  frames: number,
): Float64Array {
  if (scores.length === 0) throw labelError(place, `${name} has no scores.`);
  if (starts !== null) return held(starts, scores, place, name, frames);
  const distance = (each: number) => Math.abs(scores.length * each - frames);
  const each = distance(snippetFrames) <= distance(1) ? snippetFrames : 1;
  const covered = scores.length * each;
  if (covered < frames - 2 * snippetFrames || covered > frames + snippetFrames) {
    throw labelError(
      place,
      `${name} has ${scores.length} scores for ${frames} frames; one for each frame or one for each ${snippetFrames} is needed.`,
    );
  }
  return Float64Array.from({ length: frames }, (_, frame) =>
    at(scores, Math.min(scores.length - 1, Math.floor(frame / each))),
  );
}

const at = (scores: ArrayLike<number>, index: number): number => scores[index] ?? Number.NaN;

function held(
  starts: readonly number[],
  scores: ArrayLike<number>,
  place: Place,
  name: string,
  frames: number,
): Float64Array {
  const last = starts.at(-1) ?? 0;
  if (last >= frames + snippetFrames) {
    throw labelError(place, `a score of ${name} is of frame ${last}, and the recording has ${frames} frames.`);
  }
  let index = 0;
  return Float64Array.from({ length: frames }, (_, frame) => {
    while ((starts[index + 1] ?? Infinity) <= frame) index++;
    return at(scores, index);
  });
}

/** Frames and scores in order. Errors: a frame that is there twice. */
export function inOrder(pairs: readonly (readonly [frame: number, score: number])[], place: Place): SampledScores {
  const sorted = pairs.toSorted(([a], [b]) => a - b);
  const twice = sorted.find(([frame], index) => sorted[index + 1]?.[0] === frame);
  if (twice !== undefined) throw labelError(place, `frame ${twice[0]} has two scores.`);
  return { frames: sorted.map(([frame]) => frame), scores: sorted.map(([, score]) => score), place };
}
