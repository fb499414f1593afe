/** The store of a data folder: SQLite tables and content-addressed files, for the one process that holds its lock. */
export { openBlobs, type Blobs } from './blobs.ts';
export { acquireDataFolderLock, readHolder, type DataFolderHolder, type DataFolderLock } from './data-folder-lock.ts';
export { inspectDatabase, type DatabaseReport } from './open-database.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export type { Camera, Cameras } from './tables/cameras.ts';
export type { Flags, FlagFilter } from './tables/flags.ts';
export type { CachedFrame, FrameCache, FramePart } from './tables/frame-cache.ts';
export type { JobCounts, Jobs, StoredJob } from './tables/jobs.ts';
export type { JsonValue } from './tables/json.ts';
export type { Misses } from './tables/misses.ts';
export type { Quarantine, QuarantineEntry } from './tables/quarantine.ts';
export type { KnownPath, NewRecording, RawClock, Recordings, SeenFile } from './tables/recordings.ts';
export { canonicalJson, flagId, scanId, type ScanIdentity } from './tables/scan-id.ts';
export type { Episode, NewFlag, Scan, Scans, ScanState } from './tables/scans.ts';
export type { Settings } from './tables/settings.ts';
export type { TriageTable } from './tables/triage.ts';
export type { UnreadableFile, UnreadableFiles } from './tables/unreadable-files.ts';
export type { VerdictEntry, Verdicts } from './tables/verdicts.ts';
