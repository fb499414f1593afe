/** Perception: frames into observations. The public face of the folder. */
export { attributeDefinitions, attributeNames } from './attributes.ts';
export type { Attribute, AttributeDefinition, AttributeName } from './attributes.ts';
export type { Box, Detection, Person } from './detection.ts';
export { decodeFrames, encodeFrames } from './frame-codec.ts';
export { perceptionKey, perceptionVersion } from './frame-observation.ts';
export type { FrameObservation } from './frame-observation.ts';
export { motionColumns, motionRows } from './motion.ts';
export type { MotionObservation } from './motion.ts';
export { openPerceptionNets } from './nets.ts';
export type { PerceptionNetOptions, PerceptionNets } from './nets.ts';
export {
  evenInstants,
  frameTimeAt,
  gridInstant,
  gridInstants,
  gridRate,
  motionLag,
  snapToKeyframes,
} from './time-grid.ts';
export { triage, triageVersion } from './triage.ts';
export type { ActivityCurve, Triage, TriageOptions } from './triage.ts';
export { readTriage, writeTriage } from './triage-codec.ts';
export { analysisSize, observeFrames } from './watch.ts';
export type { FrameCache, WatchRequest } from './watch.ts';
export {
  strengthOf,
  windowLayout,
  windowLayoutEntries,
  windowVectorIndex,
  windowVectorLength,
} from './window-layout.ts';
export { observeWindow } from './window-observation.ts';
export type { WindowObservation } from './window-observation.ts';
