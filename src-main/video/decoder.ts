/** The decoder: packets in, frames out, each frame known by the number that its packet was stamped with. */
import { AVDISCARD_DEFAULT, AVDISCARD_NONREF, AVERROR_EAGAIN, AVERROR_EOF, FF_THREAD_FRAME } from 'node-av/constants';
import { Codec, CodecContext, Frame, type Packet, type Stream, avGetCodecName } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { checked } from './failure.ts';
import { isIdr } from './nal.ts';

/**
 * Codecs whose decoder leaves out exactly the frames that nothing refers to. In HEVC a frame that is no reference within
 * its own layer may be one for the layer above, so there nothing is left out.
 */
const skippableCodecs: readonly string[] = ['h264', 'mpeg4'];
/** Larger pictures than any camera's: a damaged header asks for them, and for the memory. */
const mostPixels = 16_384 * 16_384;
/** Errors in a row after which the decoder is taken to have nothing more. */
const mostErrors = 64;

export class FrameDecoder implements Disposable {
  readonly codec: string;
  /** The frame that `receive` filled; valid until the next call. */
  readonly frame = new Frame();
  private readonly context = new CodecContext();
  private readonly canSkip: boolean;
  private isSkipping = false;

  /**
   * @param threads Decoding threads. Frame threads, where the codec has them: on 2 cores a 1080p H.264 stream took 2.9 ms
   * a frame with them, 5.5 ms with slice threads (cameras and x264 write one slice a frame) and 5.3 ms with neither.
   * Errors: `video-unsupported` where FFmpeg has no decoder.
   */
  constructor(stream: Stream, path: string, threads: number) {
    const { codecId } = stream.codecpar;
    this.codec = avGetCodecName(codecId) ?? 'unknown';
    this.canSkip = skippableCodecs.includes(this.codec);
    const details = { path, codec: this.codec };
    const codec = Codec.findDecoder(codecId);
    if (codec === null) {
      throw new AppError('video-unsupported', `${path} is encoded as ${this.codec}, which cannot be decoded here.`, {
        details,
      });
    }
    try {
      this.frame.alloc();
      this.context.allocContext3(codec);
      const check = (code: number) => checked(code, path, 'video-unsupported', `cannot be decoded as ${this.codec}`);
      check(this.context.parametersToContext(stream.codecpar));
      this.context.pktTimebase = stream.timeBase;
      this.context.threadCount = threads;
      this.context.threadType = FF_THREAD_FRAME;
      this.context.setOption('max_pixels', mostPixels);
      check(this.context.open2Sync(codec, null));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Whether the decoder has to be emptied before it goes on at `packet`, a keyframe further on in the file. Before an IDR
   * frame it need not be, and the threads go on without a gap: consecutive keyframes of a 1080p stream then took 5.0 ms
   * each instead of 9.2.
   */
  needsDrainBefore(packet: Packet): boolean {
    if (this.codec === 'mjpeg') return false;
    const { data } = packet;
    return data === null || !isIdr(this.codec, data);
  }

  /**
   * Decodes a packet; damage in it is the decoder's to conceal. The caller receives all frames afterwards.
   * @param number What the frame will carry as `pts`.
   * @param isWanted Whether its frame is to come out. One that is not is left out where nothing refers to it.
   * @returns False where the decoder is full: receive, then send again.
   */
  send(packet: Packet, number: number, isWanted: boolean): boolean {
    const skip = this.canSkip && !isWanted;
    if (skip !== this.isSkipping) {
      this.context.setOption('skip_frame', skip ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
      this.isSkipping = skip;
    }
    packet.pts = BigInt(number);
    return this.context.sendPacketSync(packet) !== AVERROR_EAGAIN;
  }

  /** The number of the next frame that is ready, now in `frame`; null where there is none (yet). */
  receive(): number | null {
    // A damaged packet's error comes out here too, in the place of its frame; others wait behind it.
    for (let errors = 0; errors < mostErrors; errors++) {
      this.frame.unref();
      const code = this.context.receiveFrameSync(this.frame);
      if (code >= 0) return Number(this.frame.pts);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return null;
    }
    return null;
  }

  /** Asks for the frames that are still inside; `receive` until null, then `reset`. */
  drain(): void {
    this.context.sendPacketSync(null);
  }

  /** Forgets all that came before; the next packet must be a keyframe. */
  reset(): void {
    this.context.flushBuffers();
  }

  [Symbol.dispose](): void {
    this.frame.free();
    this.context.freeContext();
  }
}
