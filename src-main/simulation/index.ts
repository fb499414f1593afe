/** Simulated recordings with exact ground truth: scenes as data, rendered frames, archives of video files. */
export {
  simulateArchive,
  type EncodeFrames,
  type SimulateArchiveOptions,
  type SimulatedRecording,
  type SimulationProgress,
} from './sample-archive.ts';
export { filmScene, type Film, type SimulatedFrame } from './frames.ts';
export type { FrameTruth, Incident, Track, TrackInFrame, TruthBox } from './ground-truth.ts';
export type { Manifest, RecordingTruth } from './manifest.ts';
export type { IncidentClass, Scene } from './scene.ts';
export { sampleScenes } from './scenes/sample.ts';
