/** What figures and bootstraps are made of: recordings with frame labels, whole recordings, or seconds of them. */
import { recordingScore, type Judged } from './assessed.ts';
import type { Unit } from './pair-wins.ts';

/** Fewer recordings than this give no interval worth its name. Ours. */
export const fewestRecordings = 10;
/** A table of pairs of more blocks would take more memory than it tells; blocks of longer footage are longer. */
const mostBlocks = 2000;

/** The frames of a recording; null where only its class is known. */
export const framesOf = ({ truth, made }: Judged): Unit | null =>
  truth.labels === null ? null : { scores: made.scores, labels: truth.labels };

/** A recording by its highest score. */
export const wholeOf = ({ truth, made }: Judged): Unit => ({
  scores: Float64Array.of(recordingScore(made)),
  labels: Uint8Array.of(Number(truth.isAnomalous)),
});

/** The frames of the recordings that have labels, cut into seconds. */
export function blocksOf(judged: readonly Judged[]): Unit[] {
  const labelled = judged.flatMap((each) => {
    const frames = framesOf(each);
    return frames === null ? [] : [{ ...frames, seconds: each.truth.seconds }];
  });
  const blockSeconds = Math.max(1, labelled.reduce((sum, { seconds }) => sum + seconds, 0) / mostBlocks);
  return labelled.flatMap(({ scores, labels, seconds }) => {
    const blocks = Math.max(1, Math.round(seconds / blockSeconds));
    return Array.from({ length: blocks }, (_, block) => {
      const start = Math.round((block * labels.length) / blocks);
      const end = Math.round(((block + 1) * labels.length) / blocks);
      return { scores: scores.subarray(start, end), labels: labels.subarray(start, end) };
    });
  });
}

/** The frames of several units one after the other. */
export function joined(units: readonly Unit[]): Unit {
  const frames = units.reduce((sum, { labels }) => sum + labels.length, 0);
  const all = { scores: new Float64Array(frames), labels: new Uint8Array(frames) };
  let offset = 0;
  for (const { scores, labels } of units) {
    all.scores.set(scores, offset);
    all.labels.set(labels, offset);
    offset += labels.length;
  }
  return all;
}
