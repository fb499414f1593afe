/** A replay as the world of an episode: looks answer with what a model once said of the segments that they fall on. */
import type { CaptionedSegment } from '../../contract/trajectory.ts';
import type { Watcher } from '../../inquiry/index.ts';
import type { Interval } from '../../math/interval.ts';
import { intervalOfLevel } from '../../inquiry/lattice.ts';
import { replayLevels, type ReplayLevel, type ReplayRecording, type ReplaySegment } from './replay-file.ts';

/** What one instant of a replay shows; null in the stretch at the end that some recordings' segments leave uncovered. */
export interface ReplayFrame {
  readonly time: number;
  readonly segment: ReplaySegment | null;
}

/** Whether a look sees coarse or fine segments. */
type LevelOf = (latticeLevel: number) => ReplayLevel;

/**
 * The world of a recording. A look sees the fine segments where its frames lie no further apart than those are long on
 * average, so that it passes over none of them; else the coarse ones. One segment is one unit of cost, however many
 * frames of a look fall on it; a coarse segment with a fine twin of the same span is one unit with it, so that the second
 * of the two counts as a re-read: frames with one key are one of them, −1 where no segment is. Nothing was recorded that could be triage: activity is flat.
 */
export function replayWorld(recording: ReplayRecording): Watcher<ReplayFrame> {
  const { frames, framesPerSecond, levels } = recording;
  const seconds = frames / framesPerSecond;
  const segmentAt = { coarse: segmentOfFrames(recording, 'coarse'), fine: segmentOfFrames(recording, 'fine') };
  const keys = keysOf(recording);
  const levelOf = levelChoice(recording);
  const segmentOf = (time: number, level: ReplayLevel): ReplaySegment | null => {
    // A frame's own time may be a last bit before it.
    const frame = Math.min(frames - 1, Math.max(0, Math.floor(time * framesPerSecond + 1e-6)));
    return levels[level][segmentAt[level][frame] ?? -1] ?? null;
  };
  return {
    seconds,
    activity: { secondsPerBin: 1, activity: new Float32Array(Math.ceil(seconds)) },
    observe: (times, latticeLevel) =>
      Promise.resolve(times.map((time) => ({ time, segment: segmentOf(time, levelOf(latticeLevel)) }))),
    describe: (seen) => {
      const segments = captionsOf(seen);
      return { view: { kind: 'caption', segments }, stored: { kind: 'caption', segments } };
    },
    keyOf: (time, latticeLevel) => {
      const segment = segmentOf(time, levelOf(latticeLevel));
      return segment === null ? -1 : (keys.get(segment) ?? -1);
    },
  };
}

/** The segments of a level that meet a span, seconds. */
export const segmentsMeeting = ({ levels, framesPerSecond }: ReplayRecording, level: ReplayLevel, span: Interval) =>
  levels[level].filter(({ start, end }) => start < span.end * framesPerSecond && end > span.start * framesPerSecond);

/** `[frames]`: number of the segment that each frame lies in, the later one where two overlap; −1 for none. */
function segmentOfFrames({ levels, frames }: ReplayRecording, level: ReplayLevel): Int32Array {
  const numbers = new Int32Array(frames).fill(-1);
  for (const [number, { start, end }] of levels[level].entries()) numbers.fill(number, start, end);
  return numbers;
}

/** A number for every span: segments of one span, at whatever levels, have one. */
function keysOf({ levels }: ReplayRecording): ReadonlyMap<ReplaySegment, number> {
  const numbers = new Map<string, number>();
  return new Map(
    replayLevels.flatMap((level) =>
      levels[level].map((segment) => {
        const span = `${segment.start}-${segment.end}`;
        const number = numbers.get(span) ?? numbers.size;
        numbers.set(span, number);
        return [segment, number] as const;
      }),
    ),
  );
}

function levelChoice({ levels, frames, framesPerSecond }: ReplayRecording): LevelOf {
  const fineSeconds = frames / framesPerSecond / Math.max(1, levels.fine.length);
  return (latticeLevel) => (intervalOfLevel(latticeLevel) <= fineSeconds ? 'fine' : 'coarse');
}

/** Each segment once, with the places of the frames that fall on it. */
function captionsOf(frames: readonly ReplayFrame[]): CaptionedSegment[] {
  const places = new Map<ReplaySegment, number[]>();
  for (const [place, { segment }] of frames.entries()) {
    if (segment !== null) places.set(segment, [...(places.get(segment) ?? []), place]);
  }
  return [...places].map(([{ caption, score }, own]) => ({ caption, score: score < 0 ? null : score, frames: own }));
}
