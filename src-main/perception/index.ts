/** Perception: frames into observations. The public face of the folder. */
export { decodeFrames, encodeFrames } from './frame-codec.ts';
export { perceptionKey } from './frame-observation.ts';
export type { FrameObservation } from './frame-observation.ts';
export { frameTimeAt } from './frame-times.ts';
export {
  decodeNormality,
  decodeNormalityPart,
  encodeNormality,
  encodeNormalityPart,
  heatMap,
  mergeNormality,
  normalityPartOf,
  normalityVersion,
  noveltiesOf,
} from './normality/index.ts';
export type {
  FrameNovelty,
  LearnedWindow,
  Normality,
  NormalityHeatMap,
  NormalityHere,
  NormalityInput,
  NormalityPart,
  NoveltyKind,
} from './normality/index.ts';
export { openPerceptionNets } from './nets.ts';
export type { PerceptionNets } from './nets.ts';
export { overlayOf } from './tracks/overlay.ts';
export { triage, triageVersion } from './triage.ts';
export type { ActivityCurve, Triage } from './triage.ts';
export { readTriage, writeTriage } from './triage-codec.ts';
export { analysisSize, observeFrames } from './watch.ts';
export { observeWindow } from './window-observation.ts';
export type { WindowObservation } from './window-observation.ts';
export { zoneMask } from './zones.ts';
