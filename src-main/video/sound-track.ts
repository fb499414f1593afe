/** The sound of a recording, packet by packet, by the clock of its pictures. */
import {
  AVDISCARD_ALL,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVSEEK_FLAG_BACKWARD,
  AV_NOPTS_VALUE,
} from 'node-av/constants';
import { avGetCodecName, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { openFormat } from './source.ts';
import type { Timeline } from './timeline.ts';

/** Errors in a row after which the rest is given up, as of pictures. */
const mostReadErrors = 64;

/** One call at a time. */
export class SoundTrack implements AsyncDisposable {
  readonly stream: Stream;
  /** FFmpeg's name. */
  readonly codec: string;
  /** The packet that `readUntil` found; valid until the next call. */
  readonly packet = new Packet();
  private readonly format: FormatContext;
  private readonly zeroTicks: number;
  private isHeld = false;
  private isOver = false;

  private constructor(format: FormatContext, stream: Stream, start: number) {
    this.format = format;
    this.stream = stream;
    this.codec = avGetCodecName(stream.codecpar.codecId) ?? 'unknown';
    this.zeroTicks = Math.round((start * stream.timeBase.den) / stream.timeBase.num);
    this.packet.alloc();
  }

  /** Standing at or before `from` (seconds of the recording); null where there is no sound. Errors: those of opening. */
  static async open(path: string, { start }: Timeline, from: number, signal?: AbortSignal): Promise<SoundTrack | null> {
    const format = await openFormat(path, signal);
    const index = format.findBestStream(AVMEDIA_TYPE_AUDIO);
    const stream = format.streams[index];
    if (stream === undefined) {
      await format.closeInput();
      return null;
    }
    for (const other of format.streams) if (other.index !== index) other.discard = AVDISCARD_ALL;
    const track = new SoundTrack(format, stream, start);
    // Where it cannot seek it reads from the beginning.
    format.seekFrameSync(index, BigInt(track.ticksAt(from)), AVSEEK_FLAG_BACKWARD);
    return track;
  }

  /** The time `seconds` of the recording in the stream's own ticks. */
  ticksAt(seconds: number): number {
    const { num, den } = this.stream.timeBase;
    return this.zeroTicks + Math.round((seconds * den) / num);
  }

  /** Reads the next packet that begins before `seconds` into `packet`; false where the next begins later, or there is none. */
  readUntil(seconds: number): boolean {
    const until = BigInt(this.ticksAt(seconds));
    if (!this.isHeld && !this.isOver) this.read();
    if (this.isOver || this.packet.pts >= until) return false;
    this.isHeld = false;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.packet.free();
    await this.format.closeInput();
  }

  /** Holds the next packet that has a time. */
  private read(): void {
    for (let errors = 0; errors < mostReadErrors;) {
      this.packet.unref();
      const code = this.format.readFrameSync(this.packet);
      if (code === AVERROR_EOF) break;
      if (code < 0) errors++;
      else if (this.packet.streamIndex === this.stream.index) {
        if (this.packet.pts === AV_NOPTS_VALUE) this.packet.pts = this.packet.dts;
        this.isHeld = this.packet.pts !== AV_NOPTS_VALUE;
        if (this.isHeld) return;
      }
    }
    this.isOver = true;
  }
}
