/** Calls that take evidence out and check it, and that read the audit log. */
import * as v from 'valibot';
import { auditRowSchema, auditStateSchema } from '../audit.ts';
import {
  clipCuts,
  exportEstimateSchema,
  exportFormats,
  exportRowSchema,
  stretchSchema,
  verificationSchema,
  viewingStyleSchema,
} from '../evidence.ts';
import { call, nothing, pageOf, pageParams, startedJob, text } from './call.ts';

/** What is exported and how; of flags, or of a stretch of a recording. */
const whatAndHow = {
  flags: v.optional(v.pipe(v.array(text), v.maxLength(1000)), []),
  /** In place of flags; for clips and viewing copies. */
  stretch: v.optional(stretchSchema),
  format: v.picklist(exportFormats),
  cut: v.optional(v.picklist(clipCuts), 'keyframe'),
  /** A package holds the recordings' files as well, byte for byte. */
  whole: v.optional(v.boolean(), false),
  /** Of viewing copies, those in packages among them. */
  viewing: v.optional(viewingStyleSchema, {}),
};

/** A piece of a package in base64: a page in a browser knows no path of what was dropped on it. */
const piece = v.pipe(v.string(), v.maxLength(1_500_000), v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'Base64.'));

export const evidenceCalls = {
  /**
   * Writes flags out to `out` (absolute path): a file that is not there yet, or a folder for it where the form makes several
   * files (clips of several flags, subtitles and annotations of several recordings). Without `out` the file is kept in the
   * data folder for a day, to be fetched by its address; several files then come in one archive.
   * Errors: `not-found` for a flag or the folder, `invalid-argument` for what cannot be written there.
   */
  export: call({ ...whatAndHow, out: v.optional(text) }, startedJob),
  /** What that would make, and whether it can be made. Errors: `not-found` for a flag. */
  estimate: call(whatAndHow, exportEstimateSchema),
  /** The latest exports, the latest first. */
  exports: call({}, v.object({ items: v.array(exportRowSchema) })),
  /**
   * Takes a package piece by piece: the first call without `upload` begins one and names it, and `done` ends it. What is
   * not checked within an hour is removed. Errors: `not-found`, `disk-full`.
   */
  receive: call({ upload: v.optional(text), piece }, v.object({ upload: v.string() })),
  /** Removes what was received. */
  discard: call({ upload: text }, nothing),
  /**
   * Checks the package at `path`, or the one received as `upload`, against the public key in the file `key`, or `pem`
   * itself, where one is given. `isOwn` is true where it was signed with this data folder's own key. Errors: `not-found`.
   */
  verify: call(
    {
      path: v.optional(text),
      upload: v.optional(text),
      key: v.optional(text),
      pem: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
    },
    v.object({ verification: verificationSchema, isOwn: v.boolean() }),
  ),
  /** The key that this data folder signs with, for those who check its packages; made at the first call. */
  publicKey: call({}, v.object({ fingerprint: v.string(), pem: v.string() })),
};

/** A row with what its subject is called now. */
const listedAuditRow = v.object({
  ...auditRowSchema.entries,
  /** The version of the program that wrote it; null where the log does not tell. */
  program: v.nullable(v.string()),
  /** The flag and the recording that it is about, as far as they are still there. */
  flag: v.nullable(v.string()),
  recording: v.nullable(v.object({ id: v.string(), name: v.string() })),
});

export const auditCalls = {
  /** The newest row, and whether the whole log and the tables that it tells of are as they were written. */
  head: call({}, auditStateSchema),
  /** The latest first; of `kinds` only, and only rows whose subject, kind or details contain `words`. */
  list: call(
    { ...pageParams, kinds: v.optional(v.pipe(v.array(text), v.maxLength(50))), words: v.optional(text) },
    pageOf(listedAuditRow),
  ),
};
