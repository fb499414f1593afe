/** One array over a whole data set, recordings one after the other as the label file has them. */
import { labelError } from '../labels/label-error.ts';
import { scoresForFrames, snippetFrames, type SampledScores } from './sampled-scores.ts';

/** A recording with the number of its frames. */
export interface CountedFrames {
  readonly name: string;
  readonly frames: number;
}

/** How many values a recording of so many frames has in the array, by what the system did with its tail. */
const conventions: readonly { readonly name: string; readonly values: (frames: number) => number }[] = [
  { name: 'a score for each frame', values: (frames) => frames },
  { name: 'each frame of whole snippets', values: (frames) => frames - (frames % snippetFrames) },
  {
    name: 'each frame of snippets, the last one padded',
    values: (frames) => Math.ceil(frames / snippetFrames) * snippetFrames,
  },
  // XD-Violence's `gt.npy`: the last frame goes, for the flow, and then what is left of a snippet.
  {
    name: 'each frame of whole snippets but the last frame',
    values: (frames) => frames - 1 - ((frames - 1) % snippetFrames),
  },
  { name: 'a score for each whole snippet', values: (frames) => Math.floor(frames / snippetFrames) },
  { name: 'a score for each snippet, the last one padded', values: (frames) => Math.ceil(frames / snippetFrames) },
  {
    name: 'a score for each whole snippet but the last frame',
    values: (frames) => Math.floor((frames - 1) / snippetFrames),
  },
];

/**
 * The parts of `scores` ([N]) that belong to each of `recordings`, in their order, as scores for each frame. The first
 * convention whose sum is exactly N is taken, and named; with none there is no telling where a recording begins.
 * Errors: AppError `invalid-argument` that names the file and what N would have to be.
 */
export function splitConcatenated(
  scores: Float64Array,
  recordings: readonly CountedFrames[],
  file: string,
): { readonly scores: ReadonlyMap<string, Float64Array>; readonly convention: string } {
  const place = { file, line: null };
  const sums = conventions.map(({ values }) => recordings.reduce((sum, { frames }) => sum + values(frames), 0));
  const convention = conventions[sums.indexOf(scores.length)];
  if (convention === undefined) {
    const wanted = conventions.map(({ name }, index) => `${sums[index] ?? 0} (${name})`).join(', ');
    throw labelError(
      place,
      `there are ${scores.length} scores; for these ${recordings.length} recordings it must be ${wanted}.`,
    );
  }
  const parts = new Map<string, Float64Array>();
  let start = 0;
  for (const { name, frames } of recordings) {
    const end = start + convention.values(frames);
    // A recording shorter than a snippet has none of its own, and what is not scored scores 0.
    const own: SampledScores = { frames: null, scores: scores.subarray(start, end), place };
    parts.set(name, end > start ? scoresForFrames(own, name, frames) : new Float64Array(frames));
    start = end;
  }
  return { scores: parts, convention: convention.name };
}
