/** Frame-level scores from scored segments: what a passive reader of a whole replay says. */
import type { ReplayLevel, ReplayRecording, ReplaySegment } from './replay-file.ts';

/**
 * [frames] of each frame the score of the segment it lies in. Where segments overlap the later one in the list counts, and
 * a frame in none scores 0 (in MSAD the last segments of eight videos end before the video does).
 */
export function frameScores(segments: readonly Pick<ReplaySegment, 'start' | 'end' | 'score'>[], frames: number) {
  const scores = new Float64Array(frames);
  for (const { start, end, score } of segments) scores.fill(score, start, end);
  return scores;
}

export const levelScores = ({ levels, frames }: ReplayRecording, level: ReplayLevel): Float64Array =>
  frameScores(levels[level], frames);

/** Of each frame the mean of both levels. */
export function meanScores(recording: ReplayRecording): Float64Array {
  const fine = levelScores(recording, 'fine');
  return levelScores(recording, 'coarse').map((score, frame) => (score + (fine[frame] ?? 0)) / 2);
}

/** Every `step`-th segment from the first, in order of time: what a reader of a part of them has to go by. */
export const everySegment = (segments: readonly ReplaySegment[], step: number): ReplaySegment[] =>
  segments.toSorted((a, b) => a.start - b.start).filter((_, index) => index % step === 0);

/** [frames] of each frame the score between the middles of the segments read, straight from one to the next. */
export function interpolatedScores(segments: readonly ReplaySegment[], frames: number): Float64Array {
  const points = segments.map(({ start, end, score }) => ({ middle: (start + end - 1) / 2, score }));
  let next = 0;
  return Float64Array.from({ length: frames }, (_, frame) => {
    while (next < points.length && (points[next]?.middle ?? 0) <= frame) next++;
    const [before, after] = [points[next - 1] ?? points[next], points[next] ?? points[next - 1]];
    if (before === undefined || after === undefined) return 0;
    const share = after.middle > before.middle ? (frame - before.middle) / (after.middle - before.middle) : 0;
    return before.score + share * (after.score - before.score);
  });
}
