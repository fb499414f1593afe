/** Calls that read the archive, look through it and make sample ones. */
import * as v from 'valibot';
import { jobSchema } from '../job.ts';
import { cameraSummarySchema, recordingRowSchema, recordingSchema } from '../recording.ts';
import { folderListingSchema } from '../folder.ts';
import { overlaySchema } from '../overlay.ts';
import { retentionAdvices, retentionItemSchema, retentionSchema } from '../retention.ts';
import { timelineSchema } from '../timeline.ts';
import { call, folders, idList, names, pageOf, pageParams, seconds, startedJob, text } from './call.ts';

/** By camera and wall clock; by path; by number of open flags, most first; longest first. */
export const recordingOrders = ['camera', 'path', 'flags', 'length'] as const;
export type RecordingOrder = (typeof recordingOrders)[number];

export const archiveCalls = {
  /** Indexes the recordings under the folders (absolute paths); sources are only ever read. */
  import: call({ folders: v.pipe(folders, v.minLength(1)) }, startedJob),
  recordings: call({ ...pageParams, folder: v.optional(text) }, pageOf(recordingSchema)),
  /** Files that look like recordings and could not be read, or were quarantined, each with its reason. */
  unreadable: call({ ...pageParams, folder: v.optional(text) }, pageOf(recordingSchema)),
  /** What the archive holds, by camera in the order of their names. */
  overview: call({}, v.object({ cameras: v.array(cameraSummarySchema), unreadable: v.number() })),
  /** What should be kept, what may go, and how much disk each folder takes. Advice: nothing is removed. */
  retention: call({}, retentionSchema),
  /** The recordings of one kind of advice, in the order of their paths. */
  retentionItems: call({ ...pageParams, advice: v.picklist(retentionAdvices) }, pageOf(retentionItemSchema)),
};

export const recordingsCalls = {
  /** Ids of the recordings that a list shows, in its order. */
  find: call(
    { cameras: v.optional(names), order: v.optional(v.picklist(recordingOrders), 'camera') },
    v.object({ ids: v.array(v.string()) }),
  ),
  /** Recordings by their full ids, in the order asked for; those that are gone are left out. */
  rows: call({ ids: idList }, v.object({ items: v.array(recordingRowSchema) })),
  /** What is known along a recording: triage, scores, looks. Errors: `not-found`. */
  timeline: call({ recording: text }, timelineSchema),
  /** What was seen in `[start, end)`, at most five minutes of it. Errors: `not-found`, `invalid-argument`. */
  overlay: call({ recording: text, start: seconds, end: seconds }, overlaySchema),
};

export const foldersCalls = {
  /**
   * The folders and recordings in `path` (absolute), or the places to begin at where none is given: home, roots, drives.
   * Errors: `not-found`, `permission-denied`.
   */
  list: call({ path: v.optional(text) }, folderListingSchema),
};

export const scanCalls = {
  /** Triage and inquiry over folders (imported first), over recordings by id, or over everything where neither is given. */
  start: call(
    {
      folders: v.optional(folders),
      recordings: v.optional(v.pipe(v.array(text), v.maxLength(100_000))),
      /** That of each camera where absent, and `rules` where it has none. */
      policy: v.optional(text),
      /** That of each camera where absent, and that of the settings where it has none. */
      framesPerMinute: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
      /** Looks even where the same look was taken before. */
      again: v.optional(v.boolean(), false),
    },
    startedJob,
  ),
};

export const jobsCalls = {
  /** Running and waiting ones first, then the latest that ended. */
  list: call({}, v.object({ items: v.array(jobSchema) })),
  /** Stops it where it is; what it found is kept. */
  cancel: call({ job: text }, v.object({ job: jobSchema })),
  resume: call({ job: text }, v.object({ job: jobSchema })),
};

export const simulateCalls = {
  /**
   * Writes recordings with ground truth into the folder `out` (absolute path): those of `suite`, the sample archive where
   * absent. `hours` of footage and the `rate` (Hz) of a passive sampler are for suites that know them; `scenes` takes the
   * first so many recordings. Errors: `invalid-argument` for an unknown suite.
   */
  start: call(
    {
      out: text,
      suite: v.optional(text),
      seed: v.pipe(v.number(), v.safeInteger()),
      rate: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(30))),
      hours: v.optional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(1000))),
      scenes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
    },
    startedJob,
  ),
};

export const samplesCalls = {
  /** Makes the sample archive in the data folder, where it is not there yet, and looks through it. */
  start: call({}, startedJob),
};
