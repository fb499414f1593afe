/** The store of a data folder: SQLite tables and content-addressed files, for the one process that holds its lock. */
export { auditDigest, beforeFirstRow, chainedHash } from './audit-chain.ts';
export { openBlobs, type Blobs } from './blobs.ts';
export { storeErrorFrom } from './database.ts';
export { acquireDataFolderLock, readHolder, type DataFolderHolder, type DataFolderLock } from './data-folder-lock.ts';
export { inspectDatabase, type DatabaseReport } from './open-database.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export type { Audit } from './tables/audit.ts';
export type { Camera, Cameras } from './tables/cameras.ts';
export { quarterMs } from './tables/flag-days.ts';
export type { TimeSpan } from './tables/flag-days.ts';
export type { FlagTerms } from './tables/flag-filter.ts';
export type { FlagQueue, QueueFilter } from './tables/flag-queue.ts';
export type { UnseenFlag } from './tables/flag-vectors.ts';
export type { Flags, FlagFilter } from './tables/flags.ts';
export type { CachedFrame, FrameCache, FramePart } from './tables/frame-cache.ts';
export type { Holding } from './tables/holdings.ts';
export type { JobCounts, Jobs, StoredJob } from './tables/jobs.ts';
export type { JsonValue } from './tables/json.ts';
export type { Misses } from './tables/misses.ts';
export type { NormalitySnapshot, NormalityTable } from './tables/normality.ts';
export type { ComparedResult, Comparisons, ComparisonSettings, StoredComparison } from './tables/comparisons.ts';
export type {
  NewPolicyVersion,
  PolicyVersions,
  StoredVersion,
  StoredVersionSummary,
} from './tables/policy-versions.ts';
export type { Quarantine, QuarantineEntry } from './tables/quarantine.ts';
export type { RecordingLists } from './tables/recording-lists.ts';
export type { KnownPath, NewRecording, RawClock, Recordings, SeenFile } from './tables/recordings.ts';
export { canonicalJson, flagId, scanId, type ScanIdentity } from './tables/scan-id.ts';
export type { Episode, NewFlag, Scan, Scans, ScanState } from './tables/scans.ts';
export type { Settings } from './tables/settings.ts';
export type { TriageTable } from './tables/triage.ts';
export type { UnreadableFile, UnreadableFiles } from './tables/unreadable-files.ts';
export type { VerdictEntry, Verdicts } from './tables/verdicts.ts';
export type { StoredWatch } from './tables/watched-folders.ts';
