/** What a worker keeps from task to task, because opening it costs more than a task: nets and the last recording. */
import { availableParallelism } from 'node:os';
import type { ErrorCode } from '../contract/errors.ts';
import { findModels } from '../inference/index.ts';
import { openPerceptionNets, type PerceptionNets } from '../perception/index.ts';
import { type Footage, openFootage, openVideo, type VideoReader } from '../video/index.ts';
import type { NetsChoice } from './protocol.ts';

/** The programs that inference starts, named by the host: a bundle has them elsewhere than a checkout. */
export interface InferenceEntries {
  readonly netThread: string;
  readonly providerProbe: string;
}

export interface Resources {
  readonly entries: InferenceEntries;
  /** The nets of `choice`, opened once; with no model files, nets of level `none`. */
  nets(choice: NetsChoice): Promise<PerceptionNets>;
  /** A reader of the recording, kept until another is asked for. It belongs to the resources: do not dispose it. */
  reader(recording: string, path: string, signal: AbortSignal): Promise<VideoReader>;
  /**
   * The recording as the player asks for it; kept and owned as a reader is, and standing where it last played.
   * @param packets Reads what an earlier opening found out about its packets.
   */
  footage(recording: string, path: string, signal: AbortSignal, packets?: () => Promise<Uint8Array>): Promise<Footage>;
  /**
   * Forgets what is kept open of a recording, whose state is unknown after a failure. Footage bears what players do all the
   * time: to ask for something else, and for what is not there.
   */
  dropReader(failure: ErrorCode | null): Promise<void>;
}

/** Somebody waits for it, so it takes what there is; decoding and encoding gain little from more. */
const mostPlaybackThreads = 4;

export function createResources(entries: InferenceEntries): Resources {
  let nets: { key: string; opened: PerceptionNets } | null = null;
  let kept: { recording: string; reader: VideoReader } | null = null;
  let played: { recording: string; path: string; footage: Footage } | null = null;

  async function dropReader(failure: ErrorCode | null): Promise<void> {
    const isHarmless = failure === 'cancelled' || failure === 'not-found';
    const dropped = [kept?.reader, isHarmless ? undefined : played?.footage];
    kept = null;
    if (!isHarmless) played = null;
    for (const each of dropped) await each?.[Symbol.asyncDispose]();
  }

  return {
    entries,
    dropReader,
    async nets(choice) {
      const key = JSON.stringify(choice);
      if (nets?.key === key) return nets.opened;
      await nets?.opened[Symbol.asyncDispose]();
      nets = null;
      const opened = await openPerceptionNets(await findModels(choice.modelFolders), {
        provider: choice.provider,
        threads: choice.threads,
        threadEntry: entries.netThread,
      });
      nets = { key, opened };
      return opened;
    },
    async reader(recording, path, signal) {
      if (kept?.recording === recording) return kept.reader;
      await dropReader(null);
      const reader = await openVideo(path, { signal, threads: 1 });
      kept = { recording, reader };
      return reader;
    },
    async footage(recording, path, signal, packets) {
      if (played?.recording === recording && played.path === path) return played.footage;
      await dropReader(null);
      const threads = Math.min(mostPlaybackThreads, availableParallelism());
      const known = await packets?.();
      const footage = await openFootage(path, { signal, threads, ...(known !== undefined && { packets: known }) });
      played = { recording, path, footage };
      return footage;
    },
  };
}
