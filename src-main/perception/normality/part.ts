/** What one recording teaches of its camera. */
import { type Attribute, type AttributeName, attributeNames } from '../attributes.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { strengthOf } from '../window-layout.ts';
import { countFrame, countsLength, spacingClass, spacingCount, strengthBins, table } from './counts.ts';
import { featuresOf } from './features.ts';
import type { NormalityPart } from './normality.ts';

/** The part of a WindowObservation that normality learns from. */
export interface LearnedWindow {
  /** Times of its frames, ascending. */
  readonly times: readonly number[];
  readonly attributes: readonly Attribute[];
}

export interface NormalityInput {
  /** Names the recording; the same footage under the same name counts once. */
  readonly recording: string;
  /** Local hour of the day, 0 to 23; null where it is not known. */
  readonly hour: number | null;
  /** In any order; a frame that is there twice counts once. */
  readonly frames: readonly FrameObservation[];
  readonly windows: readonly LearnedWindow[];
}

/** Frames of a recording that are kept for comparison. */
const mostSamples = 64;

export function normalityPartOf({ recording, hour, frames, windows }: NormalityInput): NormalityPart {
  const byTime = new Map(frames.map((frame) => [frame.time, frame]));
  const counts = new Float64Array(countsLength);
  const features = [...byTime.values()]
    .toSorted((a, b) => a.time - b.time)
    .map((frame) => {
      const each = featuresOf(frame);
      countFrame(counts, each, frame.motion.velocity);
      return each;
    });
  for (const { times, attributes } of windows) {
    const interval = intervalOf(times);
    for (const { name, value } of attributes) {
      const at = strengthsOf(name, interval) + strengthClass(name, value);
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const step = Math.max(1, features.length / mostSamples);
  const samples = features.filter((_, index) => Math.floor((index + 1) / step) > Math.floor(index / step));
  return { recording, hour, counts, samples };
}

/** Mean seconds between the frames of a look; 0 for a single frame. */
function intervalOf(times: readonly number[]): number {
  return times.length < 2 ? 0 : ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1);
}

/** Where the strengths of an attribute in looks of that spacing are counted. */
export const strengthsOf = (name: AttributeName, interval: number) =>
  table.strengths + (attributeNames.indexOf(name) * spacingCount + spacingClass(interval)) * strengthBins;

const strengthClass = (name: AttributeName, value: number) =>
  Math.min(strengthBins - 1, Math.floor(strengthBins * strengthOf(name, value)));
