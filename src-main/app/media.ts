/** The files behind the addresses of `contract/media.ts`: originals as they are, everything else made once and kept. */
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { RecordingTarget } from '../contract/media.ts';
import { type PlaybackPlan, playbackPlanSchema } from '../contract/playback.ts';
import { parseAs } from '../contract/validate.ts';
import type { Store } from '../store/index.ts';
import { type MediaPart, workerLosses } from '../workers/index.ts';
import type { HeldFile, MakeFiles, MediaCache } from './media-cache.ts';
import type { PlaybackWork, PlaybackWorkers } from './playback-workers.ts';
import { requireImported } from './source-file.ts';

export interface Media {
  /** Errors: `not-found`, `file-unreadable` where the file is another one now, those of reading video, `cancelled`. */
  plan(recording: string, signal: AbortSignal): Promise<PlaybackPlan>;
  /** The file of `target`. Errors as of `plan`. */
  open(target: RecordingTarget, signal: AbortSignal): Promise<HeldFile>;
}

export interface MediaParts {
  readonly store: Pick<Store, 'recordings'>;
  readonly cache: MediaCache;
  readonly workers: PlaybackWorkers;
  /** Takes what workers make, each task's in a folder of its own. */
  readonly incoming: string;
}

/** A recording that ended its workers over so many parts is not tried with others in this run of the core. */
const mostLostParts = 3;

export function createMedia({ store, cache, workers, incoming }: MediaParts): Media {
  const losses = createLosses();

  async function importedPath(recording: string): Promise<string> {
    const path = store.recordings.get(recording)?.path;
    if (path === undefined) throw new AppError('not-found', `There is no recording ${recording}.`);
    await requireImported(store, recording, path);
    return path;
  }

  /** What `work` makes of the recording is kept only if its file is the imported one before and after. */
  async function whileImported<R>(
    recording: string,
    part: string,
    work: (paths: { recordings: Record<string, string>; blobs: Record<never, string>; incoming: string }) => Promise<R>,
    keep: (result: R, own: string) => Promise<void>,
  ): Promise<void> {
    losses.refuse(recording, part);
    const own = join(incoming, randomUUID());
    try {
      const path = await importedPath(recording);
      const result = await work({ recordings: { [recording]: path }, blobs: {}, incoming: own });
      await importedPath(recording);
      await keep(result, own);
    } catch (error) {
      if (error instanceof AppError && workerLosses.has(error.code)) losses.add(recording, part, error);
      throw error;
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }

  const makePlan =
    (recording: string, work: PlaybackWork): MakeFiles =>
    (keep, signal) =>
      whileImported(
        recording,
        'plan',
        (paths) => workers.run(work, 'plan-playback', { recording }, paths, signal),
        async ({ plan, times, packets }, own) => {
          await keep(`${recording}/${packetsName}`, join(own, packets));
          await keep(`${recording}/${timesName}`, join(own, times));
          await keep(`${recording}/${planName}`, join(own, plan));
        },
      );

  /** Plan, times and packets are made together: who asks for one waits for whoever asked first for another. */
  async function planned(recording: string, name: string, work: PlaybackWork, signal: AbortSignal): Promise<HeldFile> {
    using _plan = await cache.get(`${recording}/${planName}`, makePlan(recording, work), signal);
    return await cache.get(`${recording}/${name}`, makePlan(recording, work), signal);
  }

  const makePart =
    (recording: string, part: MediaPart, name: string): MakeFiles =>
    async (keep, signal) => {
      const make = async () => {
        using packets = await planned(recording, packetsName, part.kind, signal);
        const params = { recording, part, packets: packetsName };
        await whileImported(
          recording,
          name,
          (paths) =>
            workers.run(part.kind, 'make-media', params, { ...paths, blobs: { [packetsName]: packets.path } }, signal),
          async ({ file }, own) => keep(`${recording}/${name}`, join(own, file)),
        );
      };
      await remade(`${recording}/${packetsName}`, make);
    };

  /** `work` with the file of `key`, once more with a new one where it is not what it should be. */
  async function remade<R>(key: string, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'integrity-mismatch') throw error;
      await cache.forget(key);
      return await work();
    }
  }

  function plan(recording: string, signal: AbortSignal): Promise<PlaybackPlan> {
    const key = `${recording}/${planName}`;
    return remade(key, async () => {
      using held = await cache.get(key, makePlan(recording, 'plan'), signal);
      return planFrom(await readFile(held.path, 'utf8'));
    });
  }

  return {
    async plan(recording, signal) {
      await importedPath(recording);
      return await plan(recording, signal);
    },
    async open(target, signal) {
      const { recording } = target;
      const path = await importedPath(recording);
      switch (target.kind) {
        case 'recording':
          return { path, [Symbol.dispose]: () => undefined };
        case 'frame-times':
          return await planned(recording, timesName, 'plan', signal);
        case 'segment':
        case 'sheet':
        case 'picture': {
          const { part, name } = partOf(target);
          return await cache.get(`${recording}/${name}`, makePart(recording, part, name), signal);
        }
        default:
          return target satisfies never;
      }
    },
  };
}

const planName = 'plan.json';
const timesName = 'frame-times.f64';
/** Read by workers instead of the whole file. */
const packetsName = 'packets.bin';

/** What a worker is asked for, and the name of the file. */
function partOf(target: Extract<RecordingTarget, { readonly kind: 'segment' | 'sheet' | 'picture' }>) {
  switch (target.kind) {
    case 'segment':
    case 'sheet': {
      const { kind, number } = target;
      const extension = kind === 'segment' ? 'mp4' : 'jpg';
      return { part: { kind, number } satisfies MediaPart, name: `${kind}-${number}.${extension}` };
    }
    case 'picture': {
      const { milliseconds, width } = target;
      const part = { kind: 'picture', seconds: milliseconds / 1000, width } satisfies MediaPart;
      return { part, name: `picture-${milliseconds}-${width}.jpg` };
    }
    default:
      return target satisfies never;
  }
}

/** Errors: `integrity-mismatch` where the text is not what was written. */
function planFrom(text: string): PlaybackPlan {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // No plan either: the schema says so.
  }
  return parseAs(playbackPlanSchema, value, 'A kept plan', 'integrity-mismatch');
}

/** What ended its worker, twice each: for as long as the core runs it is not tried again. */
function createLosses() {
  const lost = new Map<string, Map<string, AppError>>();
  return {
    refuse(recording: string, part: string): void {
      const parts = lost.get(recording);
      const error =
        parts?.get(part) ?? (parts !== undefined && parts.size >= mostLostParts ? [...parts.values()][0] : null);
      if (error) throw error;
    },
    add(recording: string, part: string, error: AppError): void {
      const parts = lost.get(recording) ?? new Map<string, AppError>();
      lost.set(recording, parts.set(part, error));
    },
  };
}
