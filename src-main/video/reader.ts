/** An open video: its facts, its packets, and exactly the frames that are asked for. */
import { AppError } from '../contract/errors.ts';
import { FrameDecoder } from './decoder.ts';
import { cancelled } from './failure.ts';
import { imagesAt, type Missing } from './images.ts';
import { ranksAt, ranksBetween } from './plan.ts';
import { claimedFrameRate, claimedSeconds, infoOf } from './probe.ts';
import { scanSource, type Scan } from './scan.ts';
import { FrameScaler } from './scaler.ts';
import { PacketSource } from './source.ts';
import type { FrameImage, FrameSize, PacketIndex, VideoInfo, VideoReader } from './types.ts';

/** Decoding threads where the caller does not say. */
const defaultThreads = 2;
/** A container's word on its own length is checked by reading all of it where that takes milliseconds. */
const smallFileBytes = 64 * 2 ** 20;
const longestClaimSeconds = 30 * 24 * 3600;

/**
 * Opens a video for reading; nothing is ever written to it. Playlists and references to other files are not followed.
 *
 * `info.seconds` is what the container says for large files, and is counted where a file is small, has no index or ends
 * before its index does; a scan makes it exact.
 * Errors: `not-found`, `permission-denied`, `file-unreadable` (a folder, an I/O error, 30 s without an answer),
 * `no-video` (empty, sound only, a picture or playlist), `video-unsupported` (codec, size), `video-damaged`, `cancelled`.
 */
export async function openVideo(
  path: string,
  options: { signal?: AbortSignal; threads?: number } = {},
): Promise<VideoReader> {
  return await openPacketReader(path, options);
}

/** As `openVideo`, for the parts of this folder that look inside, and with a scan of the same file where there is one. */
export async function openPacketReader(
  path: string,
  options: { signal?: AbortSignal; threads?: number; scan?: Scan | null } = {},
): Promise<PacketReader> {
  const source = await PacketSource.open(path, options.signal);
  try {
    const scan = options.scan ?? null;
    const reader = new PacketReader(source, scan, options.threads ?? defaultThreads);
    if (scan === null && needsScan(source))
      await reader.scanPackets(options.signal === undefined ? {} : { signal: options.signal });
    return reader;
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

function needsScan(source: PacketSource): boolean {
  const claimed = claimedSeconds(source);
  const isBelievable = claimed > 0 && claimed < longestClaimSeconds;
  return !isBelievable || source.bytes < smallFileBytes || !source.reachesEnd();
}

export class PacketReader implements VideoReader {
  readonly source: PacketSource;
  private readonly decoder: FrameDecoder;
  readonly threads: number;
  private facts: VideoInfo;
  private scan: Scan | null;
  private isBusy = false;

  constructor(source: PacketSource, scan: Scan | null, threads: number) {
    this.source = source;
    this.scan = scan;
    this.decoder = new FrameDecoder(source.stream, source.path, threads);
    this.facts = infoOf(source, scan?.timeline ?? null);
    this.threads = threads;
  }

  get info(): VideoInfo {
    return this.facts;
  }

  async scanPackets(options: { signal?: AbortSignal; onProgress?(seconds: number): void } = {}): Promise<PacketIndex> {
    using _lock = this.lock();
    const { timeline, bytes } = await this.scanned(options.signal, (seconds) => options.onProgress?.(seconds));
    const { times, packetOf, rankOf, keyframes } = timeline;
    const keyframe = new Uint8Array(times.length);
    for (const packet of keyframes) {
      const rank = rankOf[packet] ?? -1;
      if (rank >= 0) keyframe[rank] = 1;
    }
    return { times: times.slice(), bytes: Uint32Array.from(packetOf, (packet) => bytes[packet] ?? 0), keyframe };
  }

  async *framesAt(
    times: readonly number[],
    size: FrameSize,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<FrameImage> {
    if (!times.every(Number.isFinite))
      throw new AppError('invalid-argument', 'A frame was asked for at no finite time.');
    using _lock = this.lock();
    const scan = await this.scanned(options.signal);
    yield* this.frames(scan, ranksAt(scan.timeline, times), size, 'nearest', options.signal);
  }

  async *framesBetween(
    start: number,
    end: number,
    size: FrameSize,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<FrameImage> {
    using _lock = this.lock();
    const scan = await this.scanned(options.signal);
    const { from, to } = ranksBetween(scan.timeline, start, end);
    const ranks = Array.from({ length: to - from }, (_, index) => from + index);
    yield* this.frames(scan, ranks, size, 'skip', options.signal);
  }

  async *keyframes(
    size: FrameSize,
    options: { start?: number; end?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<FrameImage> {
    using _lock = this.lock();
    const scan = await this.scanned(options.signal);
    const { from, to } = ranksBetween(scan.timeline, options.start ?? 0, options.end ?? Infinity);
    const ranks = Array.from(scan.timeline.keyframes, (packet) => scan.timeline.rankOf[packet] ?? -1)
      .filter((rank) => rank >= from && rank < to)
      .sort((a, b) => a - b);
    yield* this.frames(scan, ranks, size, 'skip', options.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.decoder[Symbol.dispose]();
    await this.source[Symbol.asyncDispose]();
  }

  private async *frames(
    scan: Scan,
    ranks: readonly number[],
    size: FrameSize,
    missing: Missing,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<FrameImage> {
    if (ranks.length === 0) return;
    const { source, decoder, threads } = this;
    using scaler = new FrameScaler(source.path, this.facts.rotation, size);
    let given = 0;
    for await (const image of imagesAt({ source, decoder, scan, signal }, scaler, ranks, missing, threads)) {
      if (signal?.aborted) throw cancelled(source.path);
      given++;
      yield image;
    }
    if (given === 0) {
      const { path } = source;
      throw new AppError('video-damaged', `${path} is damaged: none of the frames asked for could be decoded.`, {
        details: { path },
      });
    }
  }

  /** The scan, made at the first call. Errors as in `scanPackets`. */
  async scanned(signal?: AbortSignal, onProgress?: (seconds: number) => void): Promise<Scan> {
    if (this.scan === null) {
      this.scan = await scanSource(this.source, claimedFrameRate(this.source), { signal, onProgress });
      this.facts = infoOf(this.source, this.scan.timeline);
    }
    return this.scan;
  }

  /** The demuxer has one position: two calls at a time would read each other's packets. */
  private lock(): Disposable {
    if (this.isBusy) throw new AppError('internal', `${this.source.path} is read twice at a time by one reader.`);
    this.isBusy = true;
    return { [Symbol.dispose]: () => (this.isBusy = false) };
  }
}
