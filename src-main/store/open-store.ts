/** Opens the store of a data folder and puts its tables together. */
import type { AuditState } from '../contract/audit.ts';
import { type ArchiveChanges, createArchiveChanges } from './archive-changes.ts';
import { auditOrigin, inspectAudit } from './audit-state.ts';
import { type Blobs, openBlobs } from './blobs.ts';
import { closeDatabase, openDatabase, type OpenOptions, storeFiles } from './open-database.ts';
import { type Audit, createAudit } from './tables/audit.ts';
import { type CameraSettingsTable, createCameraSettings } from './tables/camera-settings.ts';
import { type Cameras, createCameras } from './tables/cameras.ts';
import { type Comparisons, createComparisons } from './tables/comparisons.ts';
import { createFlagDays, type FlagDays } from './tables/flag-days.ts';
import { createFlagQueue, type FlagQueue } from './tables/flag-queue.ts';
import { createFlagVectors, type FlagVectors } from './tables/flag-vectors.ts';
import { createFlags, type Flags } from './tables/flags.ts';
import { createFootage, type FootageTable } from './tables/footage.ts';
import { createFrameCache, type FrameCache } from './tables/frame-cache.ts';
import { createHoldings, type Holdings } from './tables/holdings.ts';
import { createJobs, type Jobs } from './tables/jobs.ts';
import { createMisses, type Misses } from './tables/misses.ts';
import { createNormalityTable, type NormalityTable } from './tables/normality.ts';
import { createPolicyVersions, type PolicyVersions } from './tables/policy-versions.ts';
import { createPreferences, type Preferences } from './tables/preferences.ts';
import { createQuarantine, type Quarantine } from './tables/quarantine.ts';
import { createRecordingLists, type RecordingLists } from './tables/recording-lists.ts';
import { createRecordings, type Recordings } from './tables/recordings.ts';
import { createSavedFilters, type SavedFilters } from './tables/saved-filters.ts';
import { createScans, type Scans } from './tables/scans.ts';
import { createSettings, type Settings } from './tables/settings.ts';
import { createTags, type Tags } from './tables/tags.ts';
import { createTrainingRuns, type TrainingRuns } from './tables/training-runs.ts';
import { createTriageTable, type TriageTable } from './tables/triage.ts';
import { createUnreadableFiles, type UnreadableFiles } from './tables/unreadable-files.ts';
import { createVerdicts, type Verdicts } from './tables/verdicts.ts';
import { createWatchedFolders, type WatchedFolders } from './tables/watched-folders.ts';

export type StoreOptions = OpenOptions;

/** Every method of a table is synchronous and durable when it returns; each one that writes rows writes all or none. */
export interface Store extends Disposable {
  readonly folder: string;
  readonly cameras: Cameras;
  readonly cameraSettings: CameraSettingsTable;
  readonly recordings: Recordings;
  readonly recordingLists: RecordingLists;
  readonly holdings: Holdings;
  readonly footage: FootageTable;
  readonly unreadableFiles: UnreadableFiles;
  readonly quarantine: Quarantine;
  readonly triage: TriageTable;
  readonly normality: NormalityTable;
  readonly scans: Scans;
  readonly flags: Flags;
  readonly flagQueue: FlagQueue;
  readonly flagDays: FlagDays;
  readonly flagVectors: FlagVectors;
  readonly savedFilters: SavedFilters;
  readonly verdicts: Verdicts;
  readonly misses: Misses;
  readonly tags: Tags;
  readonly preferences: Preferences;
  readonly trainingRuns: TrainingRuns;
  readonly policyVersions: PolicyVersions;
  readonly comparisons: Comparisons;
  readonly jobs: Jobs;
  readonly frameCache: FrameCache;
  readonly settings: Settings;
  readonly watchedFolders: WatchedFolders;
  readonly audit: Audit;
  /** Reads the whole audit log and compares it with the tables: some microseconds a row. */
  inspectAudit(): AuditState;
  readonly blobs: Blobs;
  /** Subscribes to changes of what lists of recordings and flags show; verdicts aside, which their giver knows of. */
  readonly onArchiveChange: ArchiveChanges['on'];
  /** Several writes of several tables as one: all or nothing; `work` is synchronous. */
  transaction<Result>(work: () => Result): Result;
  /** A second call does nothing. */
  close(): void;
}

/**
 * Opens or creates the store in `folder`. The caller holds the folder's lock (data-folder-lock.ts).
 * @throws AppError `database-newer` | `database-damaged` | `disk-full` | `permission-denied`
 */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  const database = openDatabase(folder, options);
  try {
    const blobs = openBlobs(storeFiles(folder).blobs);
    const changes = createArchiveChanges();
    const audit = createAudit(database, options.nowMs ?? Date.now, () => auditOrigin(database));
    const frameCache = createFrameCache(database, blobs);
    let open = true;
    const close = () => {
      if (!open) return;
      open = false;
      try {
        frameCache.flushUse();
      } finally {
        closeDatabase(database, folder);
      }
    };
    return {
      folder,
      cameras: createCameras(database, audit),
      cameraSettings: createCameraSettings(database, audit),
      recordings: createRecordings(database, changes.note),
      recordingLists: createRecordingLists(database),
      holdings: createHoldings(database),
      footage: createFootage(database),
      unreadableFiles: createUnreadableFiles(database, changes.note),
      quarantine: createQuarantine(database, changes.note),
      triage: createTriageTable(database),
      normality: createNormalityTable(database, audit),
      scans: createScans(database, changes.note),
      flags: createFlags(database),
      flagQueue: createFlagQueue(database),
      flagDays: createFlagDays(database),
      flagVectors: createFlagVectors(database),
      savedFilters: createSavedFilters(database),
      verdicts: createVerdicts(database, audit),
      misses: createMisses(database, audit),
      tags: createTags(database, audit),
      preferences: createPreferences(database, audit),
      trainingRuns: createTrainingRuns(database),
      policyVersions: createPolicyVersions(database, audit),
      comparisons: createComparisons(database),
      jobs: createJobs(database),
      frameCache,
      settings: createSettings(database, audit),
      watchedFolders: createWatchedFolders(database),
      audit,
      inspectAudit: () => inspectAudit(database, audit),
      blobs,
      onArchiveChange: changes.on,
      transaction: (work) => database.transaction(work),
      close,
      [Symbol.dispose]: close,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
