/** Encodes the pictures of one segment as H.264 that every browser's media source takes. */
import {
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  type AVColorSpace,
} from 'node-av/constants';
import { CodecContext, CodecParameters, Dictionary, type Frame, Packet, Rational } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { findEncoder } from './codecs.ts';
import { checked } from './failure.ts';
import type { PictureSize } from './playback-picture.ts';

/** Media sources count in microseconds: no time is rounded twice. */
export const segmentTicks = 1_000_000;

/** What a segment's encoder is made for. The MIME type follows from size and rate alone. */
export interface SegmentFormat extends PictureSize {
  /** Frames per second, roughly: it decides the level and nothing else. */
  readonly frameRate: number;
}

/**
 * No B-frames and one keyframe, so that frames come out in order and decoding begins at the first. `ultrafast` leaves out
 * deblocking, without which footage shows blocks: with it a second of 1080p took 0.28 s of processor time, 0.24 s without,
 * 0.37 s at `superfast`.
 */
const settings = {
  ...{ preset: 'ultrafast', profile: 'baseline', crf: '23', bf: '0', sc_threshold: '0', g: '1000000' },
  'x264-params': 'no-deblock=0',
};
const mostThreads = 4;

export class SegmentEncoder implements Disposable {
  private readonly context: CodecContext;
  private readonly packets: Packet[] = [];

  private constructor(context: CodecContext) {
    this.context = context;
  }

  static async open(format: SegmentFormat, matrix: AVColorSpace, threads: number): Promise<SegmentEncoder> {
    const codec = findEncoder('h264');
    if (codec === null) throw new AppError('video-unsupported', 'This build of FFmpeg has no encoder for h264.');
    const context = new CodecContext();
    try {
      context.allocContext3(codec);
      context.width = format.width;
      context.height = format.height;
      context.pixelFormat = AV_PIX_FMT_YUV420P;
      context.colorRange = AVCOL_RANGE_MPEG;
      context.colorSpace = matrix;
      context.framerate = new Rational(Math.min(120, Math.max(1, Math.round(format.frameRate))), 1);
      context.timeBase = new Rational(1, segmentTicks);
      context.threadCount = Math.min(mostThreads, threads);
      context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
      using options = Dictionary.fromObject(settings);
      // As in `encode.ts`: the synchronous call frees the dictionary twice.
      checked(await context.open2(codec, options), 'A segment', 'internal', 'cannot be encoded');
      return new SegmentEncoder(context);
    } catch (error) {
      context.freeContext();
      throw error;
    }
  }

  /** Of the stream that is written, for the muxer. */
  describe(parameters: CodecParameters): void {
    checked(parameters.fromContext(this.context), 'A segment', 'internal', 'cannot be written');
  }

  /** Ticks must ascend. */
  add(picture: Frame, ticks: number): void {
    picture.pts = BigInt(ticks);
    checked(this.context.sendFrameSync(picture), 'A segment', 'internal', 'cannot be encoded');
    this.receive();
  }

  /** All packets, in order; they belong to the encoder. */
  finish(): readonly Packet[] {
    checked(this.context.sendFrameSync(null), 'A segment', 'internal', 'cannot be encoded');
    this.receive();
    return this.packets;
  }

  [Symbol.dispose](): void {
    for (const packet of this.packets) packet.free();
    this.context.freeContext();
  }

  private receive(): void {
    for (;;) {
      const packet = new Packet();
      packet.alloc();
      const code = this.context.receivePacketSync(packet);
      if (code >= 0) {
        this.packets.push(packet);
        continue;
      }
      packet.free();
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      checked(code, 'A segment', 'internal', 'cannot be encoded');
    }
  }
}

/** MIME type with the codec as the encoder writes it, `video/mp4; codecs="avc1.PPCCLL"`. */
export async function segmentMime(format: SegmentFormat): Promise<string> {
  using encoder = await SegmentEncoder.open(format, AVCOL_SPC_BT709, 1);
  using parameters = new CodecParameters();
  parameters.alloc();
  encoder.describe(parameters);
  const codecs = parameters.getCodecString();
  if (codecs === null) throw new AppError('internal', 'The encoder of segments does not say what it writes.');
  return `video/mp4; codecs="${codecs}"`;
}
