/** What the core and a worker process say to each other: tasks by name, with control as JSON and bulk as blobs. */
export type { Backdrop, PolicyAssessment, TabulatedRecording } from './assessing.ts';
export type { EpisodeAgain, TrainingEpisode, TrainingMaterial } from './learning.ts';
export type { ComparedChoice, ComparedEpisode } from './looking.ts';
export type { MadeClipFacts, MediaPart, ViewingPlan } from './media.ts';
export type { FromWorker, TaskPaths, TaskProgress, ToWorker } from './messages.ts';
export type {
  BlobHash,
  FrameBlob,
  FrameChunk,
  LabelledPolicy,
  NetsChoice,
  NormalityAt,
  PolicyChoice,
} from './shared.ts';
export type { TaskName, TaskParams, TaskResult } from './tasks.ts';
