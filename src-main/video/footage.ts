/** One recording as the player asks for it: how it is played, and its segments, sheets and pictures. */
import { open } from 'node:fs/promises';
import {
  AVMEDIA_TYPE_VIDEO,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AV_PKT_DATA_DISPLAYMATRIX,
} from 'node-av/constants';
import type { PlaybackPlan } from '../contract/playback.ts';
import { FrameFlow } from './frame-flow.ts';
import { bytesOfScan, scanFromBytes } from './kept-scan.ts';
import { playedSize } from './playback-picture.ts';
import { type PlayabilityFacts, readMatroskaHead, reasonForSegments } from './playability.ts';
import { claimedSeconds } from './probe.ts';
import { openPacketReader, type PacketReader } from './reader.ts';
import { isPlainTurn } from './rotation.ts';
import type { Scan } from './scan.ts';
import { makeSegment, segmentCount, segmentSeconds } from './segment.ts';
import { segmentMime } from './segment-encoder.ts';
import { makeSheet, sheetLayout } from './sheet.ts';
import { thumbnailFrom } from './thumbnail.ts';

export interface MakeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface PlaybackIndex {
  readonly plan: PlaybackPlan;
  /** Times of all frames in seconds, ascending. */
  readonly times: Float64Array;
  /** What was read of the packets, for the next who opens the same file. */
  readonly packets: Uint8Array;
}

/** What an open recording gives to a player. One call at a time. Errors: those of reading video, `cancelled`. */
export interface Footage extends AsyncDisposable {
  /** Reads the whole file through, the first time. */
  index(options?: MakeOptions): Promise<PlaybackIndex>;
  /** A whole fragmented MP4. One after the other costs least. Also `not-found` beyond the end. */
  segment(number: number, options?: MakeOptions): Promise<Uint8Array>;
  /** A JPEG of small pictures. Also `not-found` beyond the end. */
  sheet(number: number, options?: MakeOptions): Promise<Uint8Array>;
  /** A JPEG of the frame on screen at `time`, `width` pixels wide or as wide as the footage, if that is less. */
  picture(time: number, width: number, options?: MakeOptions): Promise<Uint8Array>;
}

/** A list of contents stands in the first bytes. */
const headBytes = 4096;

/**
 * @param options.packets What `index` gave for the same file; it is then not read through again.
 * Errors: those of openVideo; `integrity-mismatch` where `packets` are not what this program keeps.
 */
export async function openFootage(
  path: string,
  { packets, ...options }: { signal?: AbortSignal; threads?: number; packets?: Uint8Array } = {},
): Promise<Footage> {
  const scan = packets === undefined ? null : scanFromBytes(packets);
  return new OpenFootage(path, await openPacketReader(path, { ...options, scan }));
}

class OpenFootage implements Footage {
  private readonly path: string;
  private readonly reader: PacketReader;
  private flow: FrameFlow | null = null;

  constructor(path: string, reader: PacketReader) {
    this.path = path;
    this.reader = reader;
  }

  async index(options: MakeOptions = {}): Promise<PlaybackIndex> {
    const scan = await this.scan(options);
    const { timeline } = scan;
    const { info } = this.reader;
    const common = {
      seconds: timeline.seconds,
      frames: timeline.times.length,
      width: info.width,
      height: info.height,
      sheets: sheetLayout(info),
    };
    const reason = reasonForSegments(await this.facts(scan));
    const plan: PlaybackPlan =
      reason === null
        ? { kind: 'original', ...common, startTime: timeline.start }
        : {
            ...{ kind: 'segments', ...common, reason, segmentSeconds },
            mime: await segmentMime(this.format()),
            segments: segmentCount(timeline.seconds),
          };
    return { plan, times: timeline.times, packets: bytesOfScan(scan) };
  }

  async segment(number: number, options: MakeOptions = {}): Promise<Uint8Array> {
    const { path, reader } = this;
    const scan = await this.scan(options);
    this.flow ??= await FrameFlow.open(path, scan, reader.threads, options.signal);
    const { rotation } = reader.info;
    const source = { path, scan, rotation, format: this.format(), threads: reader.threads };
    return makeSegment(source, this.flow, number, options);
  }

  async sheet(number: number, options: MakeOptions = {}): Promise<Uint8Array> {
    await this.scan(options);
    return makeSheet(this.reader, number, options);
  }

  async picture(time: number, width: number, options: MakeOptions = {}): Promise<Uint8Array> {
    await this.scan(options);
    const { signal } = options;
    return thumbnailFrom(
      this.reader,
      time,
      Math.min(width, this.reader.info.width),
      signal === undefined ? {} : { signal },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flow?.[Symbol.asyncDispose]();
    await this.reader[Symbol.asyncDispose]();
  }

  private format() {
    const { width, height, frameRate } = this.reader.info;
    return { ...playedSize(width, height), frameRate: frameRate ?? 25 };
  }

  private scan({ signal, onProgress }: MakeOptions): Promise<Scan> {
    const total = claimedSeconds(this.reader.source);
    return this.reader.scanned(signal, (seconds) => onProgress?.(seconds, total));
  }

  private async facts({ timeline, bytes }: Scan): Promise<PlayabilityFacts> {
    const { stream, container } = this.reader.source;
    const { codecpar } = stream;
    const name = container.iformat?.name ?? '';
    const isMp4 = name.startsWith('mov,mp4');
    const matroska = readMatroskaHead(name.startsWith('matroska') ? await readHead(this.path) : new Uint8Array());
    const promisedPackets = Number(stream.nbFrames);
    const videos = container.streams.filter(
      (each) => each.codecpar.codecType === AVMEDIA_TYPE_VIDEO && !each.hasDisposition(AV_DISPOSITION_ATTACHED_PIC),
    );
    return {
      container: isMp4 ? 'mp4' : matroska.isWebm ? 'webm' : null,
      videoStreams: videos.length,
      codec: this.reader.info.codec,
      tag: codecpar.codecTagString ?? '',
      isEightBit420: codecpar.format === AV_PIX_FMT_YUV420P || codecpar.format === AV_PIX_FMT_YUVJ420P,
      packets: bytes.length,
      promisedPackets,
      // An mp4 without a table of its frames is one in fragments.
      isIndexed: isMp4 ? promisedPackets > 0 : matroska.isIndexed,
      hasRepairs: timeline.repairs !== null,
      hidden: timeline.hidden,
      start: timeline.start,
      last: timeline.times.at(-1) ?? 0,
      claimedSeconds: Number(container.duration) / 1e6,
      isPlainTurn: isPlainTurn(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)),
    };
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}
