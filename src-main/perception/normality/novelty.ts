/** How surprising a frame is for its camera, in nats and as a percentile, and what makes it so. */
import type { FrameObservation } from '../frame-observation.ts';
import { type FrameFeatures, featuresOf } from './features.ts';
import { type FrameNovelty, type NormalityHere, noveltyKinds, type Pattern } from './normality.ts';
import { surpriseOf } from './tail.ts';
import { measuresOf, type Measures, type Usual, usualFrom } from './usual.ts';

/** Made once per pattern: it takes about as long as measuring ten frames. */
const usualOf = new WeakMap<Pattern, Usual>();

/** Null where too little footage was learned. */
export function noveltyOf(frame: FrameObservation, { normality, hour }: NormalityHere): FrameNovelty | null {
  if (!normality.enough) return null;
  const pattern = (hour === null ? null : normality.hours[hour]) ?? normality.all;
  let usual = usualOf.get(pattern);
  if (usual === undefined) {
    usual = usualFrom(pattern.counts);
    usualOf.set(pattern, usual);
  }
  return noveltyOfFeatures(featuresOf(frame), usual, pattern);
}

function noveltyOfFeatures(features: FrameFeatures, usual: Usual, pattern: Pattern): FrameNovelty {
  const measures = measuresOf(features, usual);
  const parts = noveltyKinds
    .flatMap((kind) => {
      const [measure, tail] = [measures[kind], pattern.tails[kind]];
      if (measure === undefined || tail === undefined) return [];
      const surprise = surpriseOf(measure.value, tail);
      return [{ kind, surprise, percentile: percentileFrom(surprise), place: measure.place }];
    })
    .toSorted((a, b) => b.surprise - a.surprise);
  const surprise = surpriseOf(together(measures, pattern.tails), pattern.together);
  return { surprise, percentile: percentileFrom(surprise), parts };
}

const percentileFrom = (surprise: number) => 1 - Math.exp(-surprise);

/**
 * Kinds speak for themselves: each tail tells how rare that much of the kind is, and independent rarities multiply, so
 * their nats add up.
 */
export function together(measures: Measures, tails: Pattern['tails']): number {
  return noveltyKinds.reduce((sum, kind) => {
    const [measure, tail] = [measures[kind], tails[kind]];
    return measure === undefined || tail === undefined ? sum : sum + surpriseOf(measure.value, tail);
  }, 0);
}
