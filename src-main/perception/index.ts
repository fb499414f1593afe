/** Perception: frames into observations. The public face of the folder. */
export { decodeFrames, encodeFrames } from './frame-codec.ts';
export { perceptionKey } from './frame-observation.ts';
export type { FrameObservation } from './frame-observation.ts';
export { openPerceptionNets } from './nets.ts';
export type { PerceptionNets } from './nets.ts';
export { triage, triageVersion } from './triage.ts';
export type { ActivityCurve, Triage } from './triage.ts';
export { readTriage, writeTriage } from './triage-codec.ts';
export { analysisSize, observeFrames } from './watch.ts';
