/** What a worker keeps from task to task, because opening it costs more than a task: nets, policies, the last recording. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import { findModels } from '../inference/index.ts';
import { decodeNano, openNano, type NanoNet } from '../inquiry/policies/nano/index.ts';
import { openPerceptionNets, type PerceptionNets } from '../perception/index.ts';
import { type Footage, openFootage, openVideo, type VideoReader } from '../video/index.ts';
import type { BlobHash, NetsChoice } from './protocol/index.ts';

/** The programs that inference starts, named by the host: a bundle has them elsewhere than a checkout. */
export interface InferenceEntries {
  readonly netThread: string;
  /** The thread of a policy's net, and the one of a net that is trained. */
  readonly sessionThread: string;
  readonly residentThread: string;
  readonly providerProbe: string;
}

export interface Resources {
  readonly entries: InferenceEntries;
  /** The nets of `choice`, opened once; with no model files, nets of level `none`. */
  nets(choice: NetsChoice): Promise<PerceptionNets>;
  /**
   * The net of a version of the nano policy, from its weights at `path`, kept until others are asked for. It belongs to the
   * resources: do not dispose it. Errors: `not-found` and `integrity-mismatch` for the file; those of `decodeNano`.
   */
  nano(weights: BlobHash, path: string): Promise<NanoNet>;
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

/** So many versions are compared at once. */
const mostNanos = 2;

/** Somebody waits for it, so it takes what there is; decoding and encoding gain little from more. */
const mostPlaybackThreads = 4;

export function createResources(entries: InferenceEntries): Resources {
  let nets: { key: string; opened: PerceptionNets } | null = null;
  /** The one asked for last at the end. */
  const nanos = new Map<BlobHash, NanoNet>();
  let kept: { recording: string; reader: VideoReader } | null = null;
  let played: { recording: string; path: string; footage: Footage } | null = null;

  async function dropReader(failure: ErrorCode | null): Promise<void> {
    const isHarmless = failure === 'cancelled' || failure === 'not-found';
    const dropped = [kept?.reader, isHarmless ? undefined : played?.footage];
    kept = null;
    if (!isHarmless) played = null;
    for (const each of dropped) await each?.[Symbol.asyncDispose]();
    // The thread of one of them ended: the next task opens it anew.
    if (failure !== 'worker-crashed') return;
    for (const net of nanos.values()) await net[Symbol.asyncDispose]();
    nanos.clear();
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
    async nano(weights, path) {
      const known = nanos.get(weights);
      nanos.delete(weights);
      const net = known ?? (await openNanoAt(path, weights, entries.sessionThread));
      nanos.set(weights, net);
      for (const [other, opened] of [...nanos].slice(0, -mostNanos)) {
        nanos.delete(other);
        await opened[Symbol.asyncDispose]();
      }
      return net;
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

/** So small a net runs fastest on one core, and there to the bit the same at every run. */
async function openNanoAt(path: string, weights: BlobHash, threadEntry: string): Promise<NanoNet> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AppError('not-found', `The weights ${path} of the policy are gone.`, { cause: error, details: { path } });
  });
  if (hash('sha256', bytes) !== weights) {
    throw new AppError('integrity-mismatch', `The weights ${path} of the policy are damaged.`, { details: { path } });
  }
  return await openNano(decodeNano(bytes), { provider: 'cpu', threads: 1, threadEntry });
}
