/** Calls that take evidence out and check it, and that read the audit log. */
import * as v from 'valibot';
import { auditRowSchema, auditStateSchema } from '../audit.ts';
import { exportFormats, verificationSchema } from '../evidence.ts';
import { call, names, pageOf, pageParams, startedJob, text } from './call.ts';

export const evidenceCalls = {
  /**
   * Writes flags out to `out` (absolute path): a file that is not there yet, or a folder for it where the form makes several
   * files (clips of several flags, subtitles and annotations of several recordings).
   * Errors: `not-found` for a flag or the folder, `invalid-argument` for what cannot be written there.
   */
  export: call(
    {
      flags: names,
      format: v.picklist(exportFormats),
      out: text,
      /** A clip begins at the flag's start for whoever plays it, not at the keyframe before. */
      exact: v.optional(v.boolean(), false),
      /** A package holds the recordings' files as well, byte for byte. */
      whole: v.optional(v.boolean(), false),
    },
    startedJob,
  ),
  /** Checks the package at `path`, against the public key in the file `key` where one is given. Errors: `not-found`. */
  verify: call({ path: text, key: v.optional(text) }, v.object({ verification: verificationSchema })),
  /** The key that this data folder signs with, for those who check its packages; made at the first call. */
  publicKey: call({}, v.object({ fingerprint: v.string(), pem: v.string() })),
};

export const auditCalls = {
  /** The newest row, and whether the whole log and the tables that it tells of are as they were written. */
  head: call({}, auditStateSchema),
  /** The latest first. */
  list: call(pageParams, pageOf(auditRowSchema)),
};
