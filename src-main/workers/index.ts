/** Worker processes as the core sees them; the program that runs in one is `program.ts`, which only a host's entry imports. */
export type { BlobHash, MediaPart, NetsChoice, TaskName, TaskParams, TaskResult } from './protocol.ts';
export { startSupervisor, type RunOptions, type Supervisor, workerLosses } from './supervisor.ts';
