/** Simulated recordings with exact ground truth: scenes as data, rendered frames, archives of video files. */
export {
  makingHere,
  simulateArchive,
  type MakeRecording,
  type SimulateArchiveOptions,
  type SimulatedRecording,
  type SimulationProgress,
} from './archive.ts';
export { filmScene, type Film, type SimulatedFrame } from './frames.ts';
export type { FrameTruth, Incident, Track, TrackInFrame, TruthBox } from './ground-truth.ts';
export { manifestFileName, manifestFrom, type Manifest, type RecordingTruth } from './manifest.ts';
export { makeRecording, type EncodeFrames } from './recording.ts';
export { incidentClasses } from './scene.ts';
export type { IncidentClass, Scene } from './scene.ts';
export { sampleScenes } from './scenes/sample.ts';
export { requireSuite, suiteNamed } from './suites/index.ts';
export { recordingOf, type Encoding, type Suite, type SuiteOptions, type SuiteRecording } from './suites/suite.ts';
