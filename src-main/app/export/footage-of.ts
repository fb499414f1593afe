/** What an export asks of a recording's file: clips, copies and pictures, made by workers. */
import { readFile } from 'node:fs/promises';
import { heldBounds, type ExportedFlag } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { BlobHash } from '../../workers/index.ts';
import { requireImported } from '../source-file.ts';
import type { Tasks } from '../tasks.ts';

export interface FootageTools {
  readonly store: Pick<Store, 'recordings'>;
  readonly tasks: Pick<Tasks, 'runAside'>;
  readonly signal: AbortSignal;
  /** Of the step under way, [0, 1]. */
  readonly onShare: (share: number) => void;
}

/** A clip as a task made it; `path` is there until the work that was given it is done. */
export interface MadeClip {
  readonly path: string;
  readonly method: 'copied' | 'encoded';
  /** What is shown, and the first frame in the file, in seconds of the recording. */
  readonly start: number;
  readonly end: number;
  readonly keyframe: number;
  /** The recording's sound, and whether it is in the clip. */
  readonly sound: { readonly codec: string; readonly isCopied: boolean } | null;
}

/** The clip of a flag, given to `work`. Errors: those of the recording's file, of cutting and of `work`. */
export const withClip = <Result>(
  tools: FootageTools,
  exported: ExportedFlag,
  exact: boolean,
  work: (clip: MadeClip) => Promise<Result>,
): Promise<Result> =>
  whileImported(tools, exported, (inputs, options) =>
    tools.tasks.runAside(
      'cut-clip',
      { recording: exported.recording.id, ...heldBounds(exported), exact },
      inputs,
      async ({ clip, facts, method }, pathOf) => {
        const { start, end, keyframe, sound } = facts;
        return await work({ path: pathOf(clip), method, start, end, keyframe, sound });
      },
      options,
    ),
  );

/** A copy of what `clip` shows that every player shows, given to `work`. */
export const withViewingCopy = <Result>(
  tools: FootageTools,
  exported: ExportedFlag,
  { start, end }: Pick<MadeClip, 'start' | 'end'>,
  work: (path: string) => Promise<Result>,
): Promise<Result> =>
  whileImported(tools, exported, (inputs, options) =>
    tools.tasks.runAside(
      'viewing-copy',
      { recording: exported.recording.id, start, end },
      inputs,
      ({ copy }, pathOf) => work(pathOf(copy)),
      options,
    ),
  );

/** A JPEG of one moment. */
export const pictureAt = (
  tools: FootageTools,
  exported: ExportedFlag,
  seconds: number,
  width: number,
): Promise<Uint8Array> =>
  whileImported(tools, exported, (inputs, options) =>
    tools.tasks.runAside(
      'picture',
      { recording: exported.recording.id, seconds, width },
      inputs,
      ({ picture }, pathOf: (blob: BlobHash) => string) => readFile(pathOf(picture)),
      options,
    ),
  );

/** Evidence is of the file that was imported, before and after it was read. */
async function whileImported<Result>(
  { store, signal, onShare }: FootageTools,
  { recording: { id, path } }: ExportedFlag,
  work: (
    inputs: { readonly recordings: Readonly<Record<string, string>> },
    options: { readonly signal: AbortSignal; onProgress(progress: { done: number; total: number }): void },
  ) => Promise<Result>,
): Promise<Result> {
  await requireImported(store, id, path);
  const result = await work(
    { recordings: { [id]: path } },
    { signal, onProgress: ({ done, total }) => onShare(total > 0 ? Math.min(1, done / total) : 0) },
  );
  await requireImported(store, id, path);
  return result;
}
