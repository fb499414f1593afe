/** How surprising frames are for their camera, in nats and as percentiles, and what makes them so. */
import type { FrameObservation } from '../frame-observation.ts';
import { featuresOf } from './features.ts';
import { type FrameNovelty, type NormalityHere, noveltyKinds, type Pattern } from './normality.ts';
import { surpriseOf } from './tail.ts';
import { together } from './together.ts';
import { type Measure, measuresOf, type Measures, type Usual, usualFrom } from './usual.ts';

/** Made once per pattern: it takes about as long as measuring ten frames. */
const usualOf = new WeakMap<Pattern, Usual>();

/** Frames further apart show different moments, seconds. Of the lattice's looks the two finest have closer ones. */
const sameMoment = 0.3;

/**
 * Of each of the `frames` of a look (ascending in time); null where too little footage was learned. What one frame alone
 * shows is more often a mistake of the eye than the camera's life: of two frames an eighth of a second apart in normal
 * footage of Ped2 the velocity measures correlate by .3 only, whereas incidents last. So a frame between two others of
 * the same moment has, kind by kind, the middle one of the three measures.
 */
export function noveltiesOf(
  frames: readonly FrameObservation[],
  { normality, hour }: NormalityHere,
): (FrameNovelty | null)[] {
  if (!normality.enough) return frames.map(() => null);
  const pattern = (hour === null ? null : normality.hours[hour]) ?? normality.all;
  let usual = usualOf.get(pattern);
  if (usual === undefined) {
    usual = usualFrom(pattern.counts);
    usualOf.set(pattern, usual);
  }
  const known = usual;
  const measures = frames.map((frame) => measuresOf(featuresOf(frame), known));
  return frames.map((frame, index) => {
    const [own, before, after] = [measures[index] ?? {}, measures[index - 1], measures[index + 1]];
    const isNear = (other: FrameObservation | undefined) =>
      other !== undefined && Math.abs(other.time - frame.time) <= sameMoment;
    const lasting =
      before !== undefined && after !== undefined && isNear(frames[index - 1]) && isNear(frames[index + 1])
        ? middleMeasures(own, before, after)
        : own;
    return noveltyOfMeasures(lasting, pattern);
  });
}

/** Kind by kind the middle one; of a kind that one of the three lacks, its own. */
function middleMeasures(own: Measures, before: Measures, after: Measures): Measures {
  const middle = noveltyKinds.flatMap((kind): [string, Measure][] => {
    const [here, earlier, later] = [own[kind], before[kind], after[kind]];
    if (here === undefined) return [];
    if (earlier === undefined || later === undefined) return [[kind, here]];
    const sorted = [here, earlier, later].sort((a, b) => a.value - b.value);
    return [[kind, sorted[1] ?? here]];
  });
  return Object.fromEntries(middle);
}

function noveltyOfMeasures(measures: Measures, pattern: Pattern): FrameNovelty {
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
