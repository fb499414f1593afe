/** Inquiry: from a recording's activity and frames to flagged intervals, each with the path by which it was found. */
export type { Budget, Trajectory } from '../contract/trajectory.ts';
export { budgetFor } from './budget.ts';
export { episodesFromActivity, episodesOf } from './episodes.ts';
export type { Grid } from './episodes.ts';
export { longestSight, ticksPerSecond } from './lattice.ts';
export { mergeFlags } from './merge.ts';
export { policyNamed, policyNames } from './policies/index.ts';
export type { Policy } from './policy.ts';
export { runEpisode } from './run-episode.ts';
export type { EpisodeRequest, EpisodeResult, FlaggedInterval } from './run-episode.ts';
export { perceptionWatcher } from './perception-watcher.ts';
export type { PerceptionSource } from './perception-watcher.ts';
export { defaultThresholds } from './score.ts';
export type { Thresholds } from './score.ts';
export { thresholdsFor } from './sensitivity.ts';
export { scoresOfEpisodes } from './trajectory-scores.ts';
export type { Activity, Described, Watcher } from './watcher.ts';
