/** What a scan prints as it goes: one JSON object per recording and flag, and a summary at the end. */
import * as v from 'valibot';

/** `unchanged`: the same look was taken before, its stored flags are repeated. */
const scanStatuses = ['scanned', 'unchanged', 'unreadable', 'quarantined', 'failed'] as const;

const scanRecordingLineSchema = v.object({
  type: v.literal('recording'),
  path: v.string(),
  /** Length of the footage; null where the file could not be read. */
  seconds: v.nullable(v.number()),
  status: v.picklist(scanStatuses),
  /** One sentence, where nothing could be seen. */
  reason: v.optional(v.string()),
});

const scanFlagLineSchema = v.object({
  type: v.literal('flag'),
  id: v.string(),
  recording: v.string(),
  path: v.optional(v.string()),
  start: v.number(),
  end: v.number(),
  class: v.string(),
  score: v.number(),
  explanation: v.string(),
  /** Frames in seconds, each with the statement that it supports, in English. */
  evidence: v.array(v.object({ time: v.number(), claim: v.string() })),
  trajectory: v.string(),
  /** Version of the policy that found it. */
  policyVersion: v.string(),
});

const scanSummaryLineSchema = v.object({
  type: v.literal('summary'),
  recordings: v.number(),
  flags: v.number(),
  footageSeconds: v.number(),
  framesDecoded: v.number(),
  wallSeconds: v.number(),
  /** Footage over wall time; null where nothing was looked at. */
  timesRealTime: v.nullable(v.number()),
  peakMemoryMB: v.number(),
  policy: v.string(),
  /** Several, where cameras have policies of their own, are joined by `+`. */
  policyVersion: v.string(),
  provider: v.string(),
});

export const scanLineSchema = v.variant('type', [scanRecordingLineSchema, scanFlagLineSchema, scanSummaryLineSchema]);
export type ScanLine = v.InferOutput<typeof scanLineSchema>;
