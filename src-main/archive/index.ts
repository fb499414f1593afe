/** The archive: folders of recordings, read into the store and never written. */
export { setCameraClock } from './camera-clock.ts';
export { fileErrorFrom } from './file-error.ts';
export { fingerprint, sha256File, type Fingerprint } from './fingerprint.ts';
export {
  importFolder,
  type ImportedFile,
  type ImportOptions,
  type ImportProgress,
  type ImportSummary,
  type Probe,
  type ProbedVideo,
} from './import-folder.ts';
export { isTimeZone, localFromUtc, systemTimeZone, utcFromLocal, type LocalTime } from './local-time.ts';
export { namePatternFrom, readName, type NamePattern, type NameReading } from './name-pattern.ts';
export { recorderPatterns } from './recorder-patterns.ts';
export { watchFolder, type WatchPace, type WatchStatus } from './watch-folder.ts';
export { hasVideoExtension, isWanted, walkVideoFiles, type FoundFile, type FoundUnreadable } from './walk.ts';
