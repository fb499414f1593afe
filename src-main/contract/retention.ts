/** Which recordings hold what must be kept, and which may go: advice only, nothing is ever removed by the program. */
import * as v from 'valibot';

/** `keep`: evidence hangs on it. `undecided`: nobody looked yet, or it waits for a verdict. `may-go`: nothing speaks for it. */
export const retentionAdvices = ['keep', 'undecided', 'may-go'] as const;
export type RetentionAdvice = (typeof retentionAdvices)[number];

/** Why, the weightiest first. */
const retentionReasons = [
  'confirmed',
  'miss',
  'exported',
  'open-flags',
  'unsure',
  'not-scanned',
  'unreadable',
  'nothing-found',
  'rejected-only',
] as const;
export type RetentionReason = (typeof retentionReasons)[number];

const sums = v.object({ recordings: v.number(), bytes: v.number() });
export type RetentionSums = v.InferOutput<typeof sums>;

export const retentionSchema = v.object({
  all: v.object({ keep: sums, undecided: sums, 'may-go': sums }),
  /** Folders that recordings lie in, the largest first; the smallest are left out where there are very many. */
  folders: v.array(v.object({ path: v.string(), keep: sums, undecided: sums, 'may-go': sums })),
});
export type Retention = v.InferOutput<typeof retentionSchema>;

export const retentionItemSchema = v.object({
  recording: v.string(),
  path: v.string(),
  camera: v.string(),
  bytes: v.number(),
  advice: v.picklist(retentionAdvices),
  reason: v.picklist(retentionReasons),
});
export type RetentionItem = v.InferOutput<typeof retentionItemSchema>;
