/** Simulated recordings with exact ground truth: scenes as data, rendered frames, archives of video files. */
export {
  simulateArchive,
  type EncodeFrames,
  type SimulateArchiveOptions,
  type SimulatedRecording,
  type SimulationProgress,
} from './sample-archive.ts';
export { filmScene, frameCount, type Film, type SimulatedFrame } from './frames.ts';
export {
  incidentsOf,
  type FrameTruth,
  type Incident,
  type Track,
  type TrackInFrame,
  type TruthBox,
} from './ground-truth.ts';
export { manifestFileName, manifestFrom, type Manifest, type RecordingTruth } from './manifest.ts';
export { incidentClasses, type IncidentClass, type Scene } from './scene.ts';
export { sampleScenes } from './scenes/sample.ts';
