/** Looking at frames: from times to frame observations, decoding and running the nets only for what is not cached. */
import { AppError } from '../contract/errors.ts';
import type { FrameImage, FrameSize, VideoReader } from '../video/index.ts';
import type { Detection, Person } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { lumaFrom, type LumaImage } from './luma.ts';
import { observeMotion } from './motion.ts';
import { frameTimeAt, neighbourTime } from './frame-times.ts';

/** The longer side of the analysed image, pixels: what the nets were trained for. */
const analysisSide = 416;
/** Both nets halve their input five times. */
const sideMultiple = 32;
/** Frames in the nets at once: one is computed while the next is decoded. */
const framesInNets = 2;

/** Where frame observations are kept between looks, by frame time. A Map will do. */
export interface FrameCache {
  get(frameTime: number): FrameObservation | undefined;
  set(frameTime: number, frame: FrameObservation): unknown;
}

/** The part of PerceptionNets that looking at a frame needs. */
export interface FrameNets {
  detect(image: FrameImage): Promise<{
    readonly objects: readonly Detection[] | null;
    readonly persons: readonly Person[] | null;
  }>;
}

/** Something that costs time to open: itself, or how to open it, which is done where a frame is not in the cache. */
type Opened<T> = T | (() => Promise<T>);

export interface WatchRequest {
  readonly reader: Opened<VideoReader>;
  /** Null where there are no models: motion only. */
  readonly nets: Opened<FrameNets | null>;
  readonly cache: FrameCache;
  /** Seconds since the first video frame, in any order; each stands for the frame on screen then. */
  readonly times: readonly number[];
  /** Time stamps of all frames, ascending, where they are known from triage; else the packets are read for them. */
  readonly frameTimes?: ArrayLike<number>;
  readonly signal?: AbortSignal;
  /** Called once for each frame that was not in the cache, after it was put there. */
  readonly onMade?: (frame: FrameObservation) => void;
}

/** The image that both nets take: 416 along the longer side, the other side the next multiple of 32 that holds the picture. */
export function analysisSize(displayed: { readonly width: number; readonly height: number }): FrameSize {
  const aspect = displayed.width / displayed.height;
  const side = (share: number) =>
    Math.min(analysisSide, Math.max(sideMultiple, sideMultiple * Math.ceil((analysisSide * share) / sideMultiple)));
  return { width: side(aspect), height: side(1 / aspect), fit: 'letterbox' };
}

/**
 * The observations of the frames on screen at `times`, ascending, each frame once. Frames and the neighbours that
 * their motion is measured against are decoded in one pass in the order of time.
 * Errors: those of the reader and the nets; `cancelled`. Frames made before the error are in the cache.
 */
export async function observeFrames(request: WatchRequest): Promise<FrameObservation[]> {
  const { cache, times } = request;
  if (times.length === 0) return [];
  const frameTimes = request.frameTimes ?? (await scannedTimes(request));
  const asked = [...new Set(times.map((time) => frameTimeAt(frameTimes, time)))].toSorted((a, b) => a - b);
  const found = new Map<number, FrameObservation>();
  const missing: number[] = [];
  for (const time of asked) {
    const cached = cache.get(time);
    if (cached === undefined) missing.push(time);
    else found.set(time, cached);
  }
  if (missing.length > 0) {
    for (const [time, frame] of await makeFrames(request, missing, frameTimes)) found.set(time, frame);
  }
  return asked.map((time) => found.get(time)).filter((frame) => frame !== undefined);
}

async function scannedTimes({ reader, signal }: WatchRequest): Promise<ArrayLike<number>> {
  const { times } = await (await opened(reader)).scanPackets(signal === undefined ? {} : { signal });
  return times;
}

const opened = async <T extends object | null>(given: Opened<T>): Promise<T> =>
  typeof given === 'function' ? given() : given;

type Detected = Awaited<ReturnType<FrameNets['detect']>>;
interface Seen {
  readonly time: number;
  readonly luma: LumaImage;
}

async function makeFrames(
  request: WatchRequest,
  missing: readonly number[],
  frameTimes: ArrayLike<number>,
): Promise<Map<number, FrameObservation>> {
  const { cache, signal, onMade } = request;
  const reader = await opened(request.reader);
  const nets = await opened(request.nets);
  const aspect = reader.info.width / reader.info.height;
  const neighbours = new Map(missing.map((time) => [time, neighbourTime(frameTimes, time)]));
  const waiting = waitingFor(neighbours);
  const wanted = [...waiting.keys()].toSorted((a, b) => a - b);
  const seen = new Map<number, Seen>();
  const detections = new Map<number, Promise<Detected>>();
  const inNets: Promise<Detected>[] = [];
  const finishing: Promise<void>[] = [];
  const made = new Map<number, FrameObservation>();

  const finish = async (time: number, frame: Seen, other: Seen) => {
    const [first, second] = other.time < frame.time ? [other, frame] : [frame, other];
    const motion = observeMotion(first.luma, second.luma, second.time - first.time);
    const detected = (await detections.get(time)) ?? { objects: null, persons: null };
    detections.delete(time);
    const observation: FrameObservation = { time: frame.time, aspect, motion, ...detected };
    made.set(time, observation);
    cache.set(time, observation);
    onMade?.(observation);
  };

  /** `image` is the frame on screen at the instants `shown`. */
  const take = async (image: FrameImage, shown: readonly number[]) => {
    const luma = lumaFrom(image);
    for (const time of shown) {
      seen.set(time, { time: image.time, luma });
      if (nets === null || !neighbours.has(time)) continue;
      if (inNets.length >= framesInNets) await inNets.shift();
      const detection = quiet(nets.detect(image));
      inNets.push(detection);
      detections.set(time, detection);
    }
    for (const time of new Set(shown.flatMap((instant) => [...(waiting.get(instant) ?? [])]))) {
      const neighbour = neighbours.get(time) ?? time;
      const [frame, other] = [seen.get(time), seen.get(neighbour)];
      if (frame === undefined || other === undefined) continue;
      finishing.push(quiet(finish(time, frame, other)));
      for (const used of [time, neighbour]) {
        const others = waiting.get(used);
        others?.delete(time);
        if (others?.size === 0) seen.delete(used);
      }
    }
  };

  try {
    let next = 0;
    let held: FrameImage | null = null;
    const takeUntil = async (image: FrameImage, until: number) => {
      const from = next;
      while (next < wanted.length && (wanted[next] as number) < until) next++;
      if (next > from) await take(image, wanted.slice(from, next));
    };
    const size = analysisSize(reader.info);
    for await (const image of reader.framesAt(wanted, size, signal === undefined ? {} : { signal })) {
      // What is on screen at an instant is known when the next frame is: a damaged file may lack the one asked for.
      if (held !== null) await takeUntil(held, image.time);
      held = image;
      if (signal?.aborted === true) throw new AppError('cancelled', 'Looking at the frames was cancelled.');
    }
    if (held !== null) await takeUntil(held, Infinity);
    await Promise.all(finishing);
  } finally {
    // The nets belong to the caller, who may close them next.
    await Promise.allSettled(inNets);
  }
  return made;
}

/** `promise`, which is awaited later: until then a rejection must not count as unhandled. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** For each instant to decode, the instants that were asked for and need it: itself, and those it is the neighbour of. */
function waitingFor(neighbours: ReadonlyMap<number, number | null>): Map<number, Set<number>> {
  const waiting = new Map<number, Set<number>>();
  for (const [time, neighbour] of neighbours) {
    for (const needed of neighbour === null ? [time] : [time, neighbour]) {
      const others = waiting.get(needed);
      if (others === undefined) waiting.set(needed, new Set([time]));
      else others.add(time);
    }
  }
  return waiting;
}
