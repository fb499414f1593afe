/** Writes the packets of a clip, with the recording's sound between them, by the clock of what the clip shows. */
import { AVFMT_FLAG_BITEXACT } from 'node-av/constants';
import { Dictionary, FormatContext, OutputFormat, Packet, Rational, type Stream } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { checked } from './failure.ts';
import type { SoundTrack } from './sound-track.ts';

/** Matroska counts in milliseconds; MP4 in this, a multiple of the usual frame rates. */
export const clipTicks = 90_000;

/** When a packet is shown, decoded and how long it lasts, in ticks after the clip's shown start. */
export interface ClipStamp {
  readonly pts: number;
  readonly dts: number;
  readonly duration: number;
}

/** What of the recording is shown, in its seconds. */
export interface ShownSpan {
  readonly shownFrom: number;
  readonly shownTo: number;
}

/**
 * Decoding times of packets that are shown at `pts` and stand in this order: ascending, and each as late as every packet's
 * showing allows. Pure.
 */
export function decodingTimes(pts: readonly number[]): number[] {
  const order = pts.toSorted((a, b) => a - b);
  const delay = order.reduce((most, tick, index) => Math.max(most, tick - (pts[index] ?? tick)), 0);
  return order.map((tick) => tick - delay);
}

export class ClipWriter implements AsyncDisposable {
  private readonly out: string;
  private readonly output: FormatContext;
  private readonly stream: Stream;
  private readonly sound: { readonly track: SoundTrack; readonly stream: Stream } | null;
  private readonly span: ShownSpan;
  private readonly packet = new Packet();

  private constructor(
    out: string,
    output: FormatContext,
    stream: Stream,
    sound: { readonly track: SoundTrack; readonly stream: Stream } | null,
    span: ShownSpan,
  ) {
    this.out = out;
    this.output = output;
    this.stream = stream;
    this.sound = sound;
    this.span = span;
    this.packet.alloc();
  }

  /**
   * @param source The stream whose description the clip's has, but for `extradata` where it is given.
   * Errors: `invalid-argument` for an extension that names no container; those of writing.
   */
  static async open(
    out: string,
    source: Stream,
    track: SoundTrack | null,
    span: ShownSpan,
    extradata: Buffer | null = null,
  ): Promise<ClipWriter> {
    const format = OutputFormat.guessFormat(null, out, null);
    if (format === null)
      throw new AppError('invalid-argument', `${out} has no extension that names a video container.`);
    const check = (code: number) => checked(code, out, 'file-unreadable', 'could not be written');
    const output = new FormatContext();
    try {
      check(output.allocOutputContext2(format, null, out));
      output.setFlags(AVFMT_FLAG_BITEXACT);
      const stream = copiedStream(output, source);
      if (extradata !== null) stream.codecpar.extradata = extradata;
      stream.timeBase = new Rational(1, clipTicks);
      stream.avgFrameRate = source.avgFrameRate;
      stream.sampleAspectRatio = source.sampleAspectRatio;
      const heard = track === null ? null : copiedStream(output, track.stream);
      if (heard !== null && track !== null) heard.timeBase = track.stream.timeBase;
      check(await output.openOutput());
      // Frames before the shown start have times below 0, which MP4 keeps out of sight by its list of edits.
      using settings = Dictionary.fromObject(
        format.name === 'mp4' ? { movflags: 'faststart', avoid_negative_ts: 'disabled' } : {},
      );
      check(await output.writeHeader(settings));
      const sound = track === null || heard === null ? null : { track, stream: heard };
      return new ClipWriter(out, output, stream, sound, span);
    } catch (error) {
      await output.closeOutput();
      await output[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Writes what `of` holds; its own stamps do not matter. Packets come in the order of decoding. */
  async write(of: Packet, { pts, dts, duration }: ClipStamp): Promise<void> {
    const { packet, stream } = this;
    const ticks = new Rational(1, clipTicks);
    await this.writeSound(this.span.shownFrom + pts / clipTicks);
    this.check(packet.ref(of));
    packet.streamIndex = stream.index;
    packet.timeBase = ticks;
    packet.pts = BigInt(pts);
    packet.dts = BigInt(dts);
    packet.duration = BigInt(duration);
    packet.pos = -1n;
    packet.rescaleTs(ticks, stream.timeBase);
    this.check(await this.output.interleavedWriteFrame(packet));
  }

  async finish(): Promise<void> {
    await this.writeSound(this.span.shownTo);
    this.check(await this.output.writeTrailer());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.packet.free();
    await this.output.closeOutput();
    await this.output[Symbol.asyncDispose]();
  }

  /** What is heard before `seconds` of the recording. */
  private async writeSound(seconds: number): Promise<void> {
    if (this.sound === null) return;
    const { track, stream } = this.sound;
    const { packet, span } = this;
    const begin = BigInt(track.ticksAt(span.shownFrom));
    while (track.readUntil(Math.min(seconds, span.shownTo))) {
      if (track.packet.pts < begin) continue;
      this.check(packet.ref(track.packet));
      packet.streamIndex = stream.index;
      packet.pts -= begin;
      packet.dts = packet.pts;
      packet.pos = -1n;
      packet.rescaleTs(track.stream.timeBase, stream.timeBase);
      this.check(await this.output.interleavedWriteFrame(packet));
    }
  }

  private check(code: number): void {
    checked(code, this.out, 'file-unreadable', 'could not be written');
  }
}

function copiedStream(output: FormatContext, from: Stream): Stream {
  const stream = output.newStream(null);
  checked(from.codecpar.copy(stream.codecpar), 'A clip', 'internal', 'cannot be written');
  // The tag is the other container's word for the codec.
  stream.codecpar.codecTag = 0;
  return stream;
}
