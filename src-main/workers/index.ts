/** Worker processes as the core sees them; the program that runs in one is `program.ts`, which only a host's entry imports. */
export { chunkSeconds } from './frame-chunks.ts';
export type {
  BlobHash,
  EpisodeAgain,
  FrameChunk,
  LabelledPolicy,
  MadeClipFacts,
  MediaPart,
  NetsChoice,
  NormalityAt,
  PolicyAssessment,
  PolicyChoice,
  TabulatedRecording,
  TaskName,
  TaskParams,
  TaskResult,
  TrainingEpisode,
  TrainingMaterial,
  ViewingPlan,
} from './protocol/index.ts';
export { startSupervisor, type RunOptions, type Supervisor, workerLosses } from './supervisor.ts';
