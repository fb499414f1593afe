/** What an export asks of a recording's file: clips, copies and pictures, made by workers. */
import { readFile } from 'node:fs/promises';
import { type ClipCut, drawnParts, type ViewingStyle } from '../../contract/evidence.ts';
import type { Overlay } from '../../contract/overlay.ts';
import type { Recording } from '../../contract/recording.ts';
import { perceptionKey } from '../../perception/index.ts';
import { baseName, classTitle } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { BlobHash, MadeClipFacts, ViewingPlan } from '../../workers/index.ts';
import type { Nets } from '../nets.ts';
import { requireImported } from '../source-file.ts';
import type { Tasks } from '../tasks.ts';
import type { Footage } from './gather.ts';

export interface FootageTools {
  readonly store: Pick<Store, 'recordings' | 'frameCache' | 'blobs'>;
  readonly tasks: Pick<Tasks, 'runAside'>;
  readonly nets: Pick<Nets, 'choose' | 'modelsId'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Of the step under way, [0, 1]. */
  readonly onShare: (share: number) => void;
}

/** A clip as a task made it; `path` is there until the work that was given it is done. */
export interface MadeClip extends Omit<MadeClipFacts, 'facts'> {
  readonly path: string;
  /** What is shown, and the first frame in the file, in seconds of the recording. */
  readonly start: number;
  readonly end: number;
  readonly keyframe: number;
  /** The recording's sound, and whether it is in the clip. */
  readonly sound: { readonly codec: string; readonly isCopied: boolean } | null;
}

/** The clip of `footage`, given to `work`. Errors: those of the recording's file, of cutting and of `work`. */
export const withClip = <Result>(
  tools: FootageTools,
  { recording, span }: Footage,
  cut: ClipCut,
  work: (clip: MadeClip) => Promise<Result>,
): Promise<Result> =>
  whileImported(tools, recording, (inputs, options) =>
    tools.tasks.runAside(
      'cut-clip',
      { recording: recording.id, ...span, cut },
      inputs,
      async ({ clip, facts: { start, end, keyframe, sound }, ...how }, pathOf) =>
        await work({ ...how, path: pathOf(clip), start, end, keyframe, sound }),
      options,
    ),
  );

export interface MadeCopy {
  readonly path: string;
  /** What was seen in it; null where nobody was looked for. */
  readonly overlay: Overlay | null;
  readonly looked: number;
  readonly headsHidden: number;
}

/** A copy of `[start, end)` that every player shows, made as `style` says, given to `work`. */
export async function withViewingCopy<Result>(
  tools: FootageTools,
  footage: Footage,
  { start, end }: Pick<MadeClip, 'start' | 'end'>,
  style: Required<ViewingStyle>,
  work: (copy: MadeCopy) => Promise<Result>,
): Promise<Result> {
  const { recording } = footage;
  const isLookedAt = style.heads || style.beside || style.draw.some((part) => part !== 'time' && part !== 'caption');
  const nets = isLookedAt ? await tools.nets.choose(tools.signal) : null;
  const cached = nets === null ? [] : await cachedFrames(tools, recording.id, start, end);
  return await whileImported(tools, recording, (inputs, options) =>
    tools.tasks.runAside(
      'viewing-copy',
      { recording: recording.id, start, end, style: planOf(footage, style), cached, nets },
      { ...inputs, blobs: cached },
      async ({ copy, overlay, looked, headsHidden }, pathOf) => {
        const seen = overlay === null ? null : (JSON.parse(await readFile(pathOf(overlay), 'utf8')) as Overlay);
        return await work({ path: pathOf(copy), overlay: seen, looked, headsHidden });
      },
      options,
    ),
  );
}

/** Null where the copy shows the pictures as they are. */
function planOf({ recording, zone, exported }: Footage, style: Required<ViewingStyle>): ViewingPlan | null {
  const regions = style.regions
    .filter((region) => region.recording === recording.id)
    .map(({ start, end, box }) => ({ start, end, box }));
  if (style.draw.length === 0 && !style.beside && !style.heads && regions.length === 0) return null;
  const { utcMs } = recording.clock;
  const title = exported === null ? baseName(recording.path) : classTitle(exported);
  return {
    // One after the other as they are listed, however they were given.
    draw: drawnParts.filter((part) => style.draw.includes(part)),
    ...{ heads: style.heads, regions, camera: recording.camera },
    caption: exported === null ? title : `${title}. ${exported.flag.explanation}`,
    clock: utcMs === null ? null : { utcMs, zone: zone.name },
  };
}

/** What looks left of the stretch and of a moment around it. */
async function cachedFrames(
  { store, nets, now }: FootageTools,
  recording: string,
  start: number,
  end: number,
): Promise<readonly BlobHash[]> {
  const key = perceptionKey(await nets.modelsId());
  const frames = store.frameCache.between(recording, key, (start - 1) * 1000, (end + 1) * 1000, now());
  return [...new Set(frames.map(({ blob }) => blob))];
}

/** A JPEG of one moment. */
export const pictureAt = (
  tools: FootageTools,
  recording: Recording,
  seconds: number,
  width: number,
): Promise<Uint8Array> =>
  whileImported(tools, recording, (inputs, options) =>
    tools.tasks.runAside(
      'picture',
      { recording: recording.id, seconds, width },
      inputs,
      ({ picture }, pathOf: (blob: BlobHash) => string) => readFile(pathOf(picture)),
      options,
    ),
  );

/** Evidence is of the file that was imported, before and after it was read. */
async function whileImported<Result>(
  { store, signal, onShare }: FootageTools,
  { id, path }: Recording,
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
