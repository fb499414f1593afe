/** Frame labels as ranges: what goes to another process in a message. */
import type { FrameRange } from '../../evaluation/labels/index.ts';

/** Runs of 1 in `labels`, `[start, end)`, ascending. */
export function labelRuns(labels: Uint8Array): FrameRange[] {
  const runs: FrameRange[] = [];
  for (let start = labels.indexOf(1); start >= 0;) {
    const end = labels.indexOf(0, start);
    runs.push({ start, end: end < 0 ? labels.length : end });
    start = end < 0 ? -1 : labels.indexOf(1, end);
  }
  return runs;
}
