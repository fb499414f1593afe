/** Long work with progress: what a window shows of it and what it may do with it. */
import * as v from 'valibot';

const jobKinds = [
  'import',
  'scan',
  'models',
  'simulate',
  'samples',
  'evaluation',
  'export',
  'train',
  'compare',
] as const;
/** `paused` work was stopped and goes on from there when resumed. What a killed core left goes on by itself. */
const jobStates = ['waiting', 'running', 'paused', 'done', 'failed'] as const;

const jobProgressSchema = v.object({
  /** Work done and known so far, in `unit`. `total` grows while a folder is still being read. */
  done: v.number(),
  total: v.number(),
  unit: v.picklist(['files', 'seconds', 'bytes', 'frames', 'steps']),
  /** Units per second over the recent past; null before anything was measured. */
  rate: v.nullable(v.number()),
  secondsLeft: v.nullable(v.number()),
  /** What is being worked on. */
  label: v.string(),
  /** Files that could not be read or looked at so far: the work went on without them. */
  failed: v.optional(v.number(), 0),
});
export type JobProgress = v.InferOutput<typeof jobProgressSchema>;

export const jobSchema = v.object({
  id: v.string(),
  kind: v.picklist(jobKinds),
  state: v.picklist(jobStates),
  /** Those that it was given; empty where it is about something else. */
  folders: v.array(v.string()),
  progress: jobProgressSchema,
  startedAtMs: v.number(),
  endedAtMs: v.nullable(v.number()),
  /** One sentence, where state is `failed`. */
  reason: v.nullable(v.string()),
});
export type Job = v.InferOutput<typeof jobSchema>;
