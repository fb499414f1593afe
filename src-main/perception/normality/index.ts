/** Camera normality: what a camera usually shows, learned without labels. The public face of the folder. */
export { percentileOf } from './attribute-percentile.ts';
export { decodeNormality, decodeNormalityPart, encodeNormality, encodeNormalityPart } from './codec.ts';
export { heatMap } from './heat-map.ts';
export { mergeNormality } from './merge.ts';
export { normalityVersion } from './normality.ts';
export type {
  FrameNovelty,
  Normality,
  NormalityHeatMap,
  NormalityHere,
  NormalityPart,
  NoveltyKind,
} from './normality.ts';
export { noveltiesOf } from './novelty.ts';
export { normalityPartOf } from './part.ts';
export type { LearnedWindow, NormalityInput } from './part.ts';
