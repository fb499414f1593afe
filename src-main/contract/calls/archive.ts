/** Calls that read the archive, look through it and make sample ones. */
import * as v from 'valibot';
import { jobSchema } from '../job.ts';
import { recordingSchema } from '../recording.ts';
import { call, folders, pageOf, pageParams, startedJob, text } from './call.ts';

export const archiveCalls = {
  /** Indexes the recordings under the folders (absolute paths); sources are only ever read. */
  import: call({ folders: v.pipe(folders, v.minLength(1)) }, startedJob),
  recordings: call({ ...pageParams, folder: v.optional(text) }, pageOf(recordingSchema)),
  /** Files that look like recordings and could not be read, or were quarantined, each with its reason. */
  unreadable: call({ ...pageParams, folder: v.optional(text) }, pageOf(recordingSchema)),
};

export const scanCalls = {
  /** Triage and inquiry over folders (imported first), over recordings by id, or over everything where neither is given. */
  start: call(
    {
      folders: v.optional(folders),
      recordings: v.optional(v.pipe(v.array(text), v.maxLength(100_000))),
      policy: text,
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
  /** Writes a sample archive with ground truth into the folder `out` (absolute path). */
  start: call(
    {
      out: text,
      seed: v.pipe(v.number(), v.safeInteger()),
      scenes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
    },
    startedJob,
  ),
};
