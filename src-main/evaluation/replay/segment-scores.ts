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
