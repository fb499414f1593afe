/** Recorded outputs of real models, as a world that policies look at. */
export { assessReplay, replayComparators } from './assess-replay.ts';
export type { ReplayAssessment, ReplayComparator, ReplayOptions } from './assess-replay.ts';
