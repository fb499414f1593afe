/** Folders whose new recordings are taken in by themselves: how each of them stands. */
import * as v from 'valibot';

/** `away`: the folder is not there or may not be read, as a share of the network that is gone; it is tried again. */
const watchStates = ['looking', 'watching', 'away'] as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const watchedFolderSchema = v.object({
  /** Absolute. */
  path: v.string(),
  /** Whether what is new is looked through, or only indexed. */
  scan: v.boolean(),
  state: v.picklist(watchStates),
  /** One sentence, where it is away. */
  reason: v.nullable(v.string()),
  /** When it is tried again, where it is away. */
  nextTryAtMs: v.nullable(v.number()),
  /** When it was last looked into to the end; null before the first time. */
  lookedAtMs: v.nullable(v.number()),
  /** Video files in it. */
  files: count,
  /** Those of them that are still being written. */
  beingWritten: count,
  /** Those that were handed to a job which has not ended yet. */
  underWay: count,
  /** Files that were taken in since the core started. */
  taken: count,
});
export type WatchedFolder = v.InferOutput<typeof watchedFolderSchema>;
