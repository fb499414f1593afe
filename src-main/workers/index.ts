/** Worker processes as the core sees them; the program that runs in one is `program.ts`, which only a host's entry imports. */
export { chunkSeconds } from './frame-chunks.ts';
export type {
  BlobHash,
  FrameChunk,
  MediaPart,
  NetsChoice,
  NormalityAt,
  PolicyAssessment,
  TabulatedRecording,
  TaskName,
  TaskParams,
  TaskResult,
} from './protocol.ts';
export { startSupervisor, type RunOptions, type Supervisor, workerLosses } from './supervisor.ts';
