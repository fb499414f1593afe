/** One segment of a recording for a browser's media source: every frame in a span of seconds, at its own time. */
import { AVCOL_SPC_BT709 } from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import type { FrameFlow } from './frame-flow.ts';
import { ranksBetween } from './plan.ts';
import { playedMatrix, PlaybackPictures } from './playback-picture.ts';
import { rescueFrame } from './rescue.ts';
import type { Rotation } from './rotation.ts';
import type { Scan } from './scan.ts';
import { SegmentEncoder, type SegmentFormat, segmentTicks } from './segment-encoder.ts';
import { muxSegment } from './segment-muxer.ts';

/** Short enough that one is made while another plays, long enough that a keyframe each costs little. */
export const segmentSeconds = 4;
/** What rounding leaves of a last segment is none of its own. */
const tolerance = 1e-6;

export interface SegmentSource {
  readonly path: string;
  readonly scan: Scan;
  readonly rotation: Rotation;
  readonly format: SegmentFormat;
  readonly threads: number;
}

/** How many segments `seconds` of footage have; pure. */
export const segmentCount = (seconds: number): number => Math.max(1, Math.ceil(seconds / segmentSeconds - tolerance));

/** The frames of segment `number`; pure. */
interface SegmentSpan {
  /** Seconds of the recording. */
  readonly start: number;
  readonly end: number;
  /** The frame on screen at the start, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Errors: `not-found` beyond the end. */
function segmentSpan({ timeline }: Scan, path: string, number: number): SegmentSpan {
  const count = segmentCount(timeline.seconds);
  if (number >= count) {
    throw new AppError('not-found', `${path} has ${count} segments; there is no number ${number}.`);
  }
  const start = number * segmentSeconds;
  const isLast = number === count - 1;
  const end = isLast ? Math.max(timeline.seconds, start + tolerance) : start + segmentSeconds;
  const { from, to } = ranksBetween(timeline, start, end);
  const begins = from < to && (timeline.times[from] ?? Infinity) <= start + tolerance;
  return { start, end, from: begins ? from : Math.max(0, from - 1), to: isLast ? timeline.times.length : to };
}

/**
 * Segment `number` as a whole fragmented MP4 that begins at 0 with a keyframe. Its first picture is the one on screen at
 * its start. Where frames are damaged the picture before them stays; where there is none at all, it is grey.
 * Errors: `not-found` beyond the end, `cancelled`, those of opening.
 */
export async function makeSegment(
  source: SegmentSource,
  flow: FrameFlow,
  number: number,
  options: { signal?: AbortSignal | undefined; onProgress?(done: number, total: number): void } = {},
): Promise<Uint8Array> {
  const { scan, path, threads } = source;
  const { times } = scan.timeline;
  const { start, end, from, to } = segmentSpan(scan, path, number);
  let writer: SegmentWriter | null = null;
  try {
    for await (const { rank, frame } of flow.between(from, to, options.signal)) {
      if (writer === null && rank > from) {
        using rescue = await rescued(path, scan, from, threads, options.signal);
        writer = await SegmentWriter.open(source, rescue.frame ?? frame);
        writer.add(rescue.frame ?? frame, 0);
      }
      writer ??= await SegmentWriter.open(source, frame);
      writer.add(frame, rank <= from ? 0 : (times[rank] ?? start) - start);
      options.onProgress?.(rank - from + 1, to - from);
    }
    if (writer === null) {
      using rescue = await rescued(path, scan, from, threads, options.signal);
      writer = await SegmentWriter.open(source, rescue.frame);
      writer.add(rescue.frame, 0);
    }
    return await writer.finish(end - start);
  } finally {
    writer?.[Symbol.dispose]();
  }
}

async function rescued(path: string, scan: Scan, rank: number, threads: number, signal: AbortSignal | undefined) {
  const rescue = await rescueFrame(path, scan, rank, threads, signal);
  return { frame: rescue?.frame ?? null, [Symbol.dispose]: () => rescue?.frame.free() };
}

/** Pictures at times in, the bytes of a segment out. */
class SegmentWriter implements Disposable {
  private readonly pictures: PlaybackPictures;
  private readonly encoder: SegmentEncoder;
  private lastTicks = -1;

  private constructor(pictures: PlaybackPictures, encoder: SegmentEncoder) {
    this.pictures = pictures;
    this.encoder = encoder;
  }

  /** @param first The frame whose matrix all pictures of the segment get. */
  static async open({ path, rotation, format, threads }: SegmentSource, first: Frame | null): Promise<SegmentWriter> {
    const matrix = first === null ? AVCOL_SPC_BT709 : playedMatrix(first);
    const encoder = await SegmentEncoder.open(format, matrix, threads);
    return new SegmentWriter(new PlaybackPictures(path, rotation, format, matrix), encoder);
  }

  /** Grey for null. A frame that cannot be converted is left out: the one before stays. */
  add(frame: Frame | null, seconds: number): void {
    const ticks = Math.max(this.lastTicks + 1, Math.round(seconds * segmentTicks));
    const picture = this.pictureOf(frame);
    if (picture === null) return;
    this.encoder.add(picture, ticks);
    this.lastTicks = ticks;
  }

  async finish(seconds: number): Promise<Uint8Array> {
    const endTicks = Math.max(this.lastTicks + 1, Math.round(seconds * segmentTicks));
    return muxSegment(this.encoder, this.encoder.finish(), endTicks);
  }

  [Symbol.dispose](): void {
    this.pictures[Symbol.dispose]();
    this.encoder[Symbol.dispose]();
  }

  private pictureOf(frame: Frame | null): Frame | null {
    if (frame === null) return this.pictures.grey();
    try {
      return this.pictures.pictureOf(frame);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'video-damaged') throw error;
      return this.lastTicks < 0 ? this.pictures.grey() : null;
    }
  }
}
