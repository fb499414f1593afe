/** Encodes decoded frames so that they can stand in one stream with packets of a recording: H.264 of the same kind. */
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_NONE,
} from 'node-av/constants';
import { CodecContext, Dictionary, type Frame, Packet, Rational } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { clipTicks } from './clip-writer.ts';
import { findEncoder } from './codecs.ts';
import { checked } from './failure.ts';
import { type ParameterSets, parameterSetsFrom, withLengths } from './parameter-sets.ts';

/** Nobody tells it from the recording beside it; there are only a few frames of it. */
const quality = '16';
/** By `profile_idc`; whatever a camera has above High is read by every decoder of High too. */
const profileNames = [
  [66, 'baseline'],
  [77, 'main'],
] as const;

/** Puts lengths in place of a packet's start codes. node-av forgets what else it knows of a packet that is given new data. */
export function putLengths(packet: Packet): void {
  const { isKeyframe, data } = packet;
  if (data === null) return;
  packet.data = withLengths(data);
  packet.isKeyframe = isKeyframe;
}

interface EncodedFrame {
  readonly packet: Packet;
  readonly tick: number;
}

/** One keyframe, then frames that lean on those before them: they come out in the order of showing. */
export class JoinEncoder implements Disposable {
  readonly sets: ParameterSets;
  private readonly context: CodecContext;
  private readonly made: EncodedFrame[] = [];

  private constructor(context: CodecContext, sets: ParameterSets) {
    this.context = context;
    this.sets = sets;
  }

  /**
   * @param like The first frame: its size, format and colours are those of all.
   * @param id Of the parameter sets, one that the recording does not use.
   * @param profile `profile_idc` of the recording.
   */
  static async open(like: Frame, frameRate: number, id: number, profile: number): Promise<JoinEncoder> {
    const codec = findEncoder('h264');
    if (codec === null) throw new AppError('video-unsupported', 'This build of FFmpeg has no encoder for h264.');
    const context = new CodecContext();
    try {
      context.allocContext3(codec);
      context.width = like.width;
      context.height = like.height;
      context.pixelFormat = like.format as typeof context.pixelFormat;
      context.sampleAspectRatio = like.sampleAspectRatio;
      context.colorRange = like.colorRange;
      context.colorSpace = like.colorSpace;
      context.colorPrimaries = like.colorPrimaries;
      context.colorTrc = like.colorTrc;
      context.framerate = new Rational(Math.min(120, Math.max(1, Math.round(frameRate))), 1);
      context.timeBase = new Rational(1, clipTicks);
      context.threadCount = 1;
      context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
      const name = profileNames.find(([idc]) => idc === profile)?.[1] ?? 'high';
      using options = Dictionary.fromObject({
        ...{ preset: 'medium', profile: name, crf: quality, bf: '0', g: '1000000', sc_threshold: '0', mbtree: '0' },
        'x264-params': `sps-id=${id}`,
      });
      // As in `encode.ts`: the synchronous call frees the dictionary twice.
      checked(await context.open2(codec, options), 'A clip', 'internal', 'cannot be encoded');
      const sets = parameterSetsFrom(context.extraData);
      if (sets === null) throw new AppError('internal', 'The encoder of clips does not describe what it writes.');
      return new JoinEncoder(context, sets);
    } catch (error) {
      context.freeContext();
      throw error;
    }
  }

  /** Ticks must ascend. Changes the frame's time and type. */
  add(frame: Frame, tick: number): void {
    frame.pts = BigInt(tick);
    // What it was in the recording is not what it is to be.
    frame.pictType = AV_PICTURE_TYPE_NONE;
    checked(this.context.sendFrameSync(frame), 'A clip', 'internal', 'cannot be encoded');
    this.receive();
  }

  /** All of them, in order; they belong to the encoder. */
  finish(): readonly EncodedFrame[] {
    checked(this.context.sendFrameSync(null), 'A clip', 'internal', 'cannot be encoded');
    this.receive();
    return this.made;
  }

  [Symbol.dispose](): void {
    for (const { packet } of this.made) packet.free();
    this.context.freeContext();
  }

  private receive(): void {
    for (;;) {
      const packet = new Packet();
      packet.alloc();
      const code = this.context.receivePacketSync(packet);
      if (code >= 0) {
        const tick = Number(packet.pts);
        putLengths(packet);
        this.made.push({ packet, tick });
        continue;
      }
      packet.free();
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      checked(code, 'A clip', 'internal', 'cannot be encoded');
    }
  }
}
