/** Plans which packets to decode so that the wanted frames come out and as little else as possible; pure. */
import { decodingStart, lastAtMost, type Timeline } from './timeline.ts';

/** Packets `start` to `end` (inclusive, in file order), decoded in one go from a keyframe. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Going on past the end of a run costs less than emptying the decoder when the next keyframe is this near. */
const joinedGapPackets = 2;
/** Times that were computed, say as n / 25, may miss the PTS they mean by rounding. */
const timeTolerance = 1e-6;

/** The frame on screen at each of `times`, as distinct ascending places in `timeline.times`. */
export function ranksAt(timeline: Timeline, times: readonly number[]): number[] {
  const ranks = new Set(times.map((time) => lastAtMost(timeline.times, time + timeTolerance)));
  return [...ranks].sort((a, b) => a - b);
}

/** The places [from, to) of the frames with start <= PTS < end. */
export function ranksBetween(timeline: Timeline, start: number, end: number): { from: number; to: number } {
  const { times } = timeline;
  const firstFrom = (time: number) => {
    const index = lastAtMost(times, time - timeTolerance);
    return (times[index] ?? 0) < time - timeTolerance ? index + 1 : index;
  };
  return { from: firstFrom(start), to: Math.max(firstFrom(start), firstFrom(end)) };
}

/** The runs that give the frames at `ranks` (ascending). */
export function planRuns(timeline: Timeline, ranks: readonly number[]): Run[] {
  const runs: { start: number; end: number }[] = [];
  for (const rank of ranks) {
    const packet = timeline.packetOf[rank] ?? 0;
    const start = decodingStart(timeline, packet);
    const run = runs.at(-1);
    if (run !== undefined && start <= run.end + joinedGapPackets) run.end = Math.max(run.end, packet);
    else runs.push({ start, end: packet });
  }
  return runs;
}
