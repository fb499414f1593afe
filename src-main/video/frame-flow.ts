/** Decodes a recording straight on, from one stretch to the next, so that playback in order never seeks or decodes twice. */
import { Frame } from 'node-av/lib';
import type { RankedFrame } from './decode-run.ts';
import { FrameDecoder } from './decoder.ts';
import { pauser } from './pause.ts';
import type { Scan } from './scan.ts';
import { PacketSource } from './source.ts';
import { decodingStart } from './timeline.ts';

/** A frame that is held while the decoder goes on; `rank` is null where there is none. */
class HeldFrame {
  readonly frame = new Frame();
  rank: number | null = null;

  constructor() {
    this.frame.alloc();
  }

  hold(rank: number, frame: Frame): void {
    this.frame.unref();
    this.frame.ref(frame);
    this.rank = rank;
  }

  release(): void {
    this.frame.unref();
    this.rank = null;
  }
}

/** A demuxer and a decoder of its own that stand where the last stretch ended. One call at a time. */
export class FrameFlow implements AsyncDisposable {
  private readonly source: PacketSource;
  private readonly decoder: FrameDecoder;
  private readonly scan: Scan;
  /** The frame on screen at the end of the stretch so far, and the one after it. */
  private shown = new HeldFrame();
  private ahead = new HeldFrame();
  private decoding: AsyncGenerator<number> | null = null;
  private wantedFrom = 0;
  private pause: () => Promise<void> | null = () => null;

  private constructor(source: PacketSource, scan: Scan, threads: number) {
    this.source = source;
    this.decoder = new FrameDecoder(source.stream, source.path, threads);
    this.scan = scan;
  }

  /** Errors: those of opening; `video-unsupported`. */
  static async open(path: string, scan: Scan, threads: number, signal?: AbortSignal): Promise<FrameFlow> {
    const source = await PacketSource.open(path, signal);
    try {
      return new FrameFlow(source, scan, threads);
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * The frames with from <= rank < to, ascending. Where the frame at `from` is missing, the last one before it comes
   * first, if one was decoded. Each is valid until the next is asked for.
   * Errors: `cancelled`; those of opening where the file has to be opened anew.
   */
  async *between(from: number, to: number, signal?: AbortSignal): AsyncGenerator<RankedFrame> {
    this.pause = pauser(this.source.path, signal);
    this.wantedFrom = from;
    try {
      if (!this.leadsTo(from)) await this.startAt(from, signal);
      let isBegun = this.shown.rank === from;
      if (isBegun) yield { rank: from, frame: this.shown.frame };
      while (await this.lookAhead()) {
        const next = this.ahead.rank ?? 0;
        if (!isBegun && next > from) {
          isBegun = true;
          if (this.shown.rank !== null) yield { rank: this.shown.rank, frame: this.shown.frame };
        }
        if (next >= to) return;
        [this.shown, this.ahead] = [this.ahead, this.shown];
        this.ahead.release();
        if (next < from) continue;
        isBegun = true;
        yield { rank: next, frame: this.shown.frame };
      }
      if (!isBegun && this.shown.rank !== null) yield { rank: this.shown.rank, frame: this.shown.frame };
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.shown.frame.free();
    this.ahead.frame.free();
    this.decoder[Symbol.dispose]();
    await this.source[Symbol.asyncDispose]();
  }

  /** Whether going on leads to the frame at `rank` with no more decoding than starting anew before it. */
  private leadsTo(rank: number): boolean {
    const [shown, ahead] = [this.shown.rank, this.ahead.rank];
    if (shown === rank) return true;
    if (ahead === null || shown === null) return false;
    if (rank < ahead) return shown < rank;
    const { timeline } = this.scan;
    const start = decodingStart(timeline, timeline.packetOf[rank] ?? 0);
    return (timeline.rankOf[start] ?? -1) <= ahead;
  }

  private async startAt(rank: number, signal: AbortSignal | undefined): Promise<void> {
    await this.stop();
    const { timeline, seekPoints } = this.scan;
    const start = decodingStart(timeline, timeline.packetOf[rank] ?? 0);
    if (await this.source.moveTo(start, seekPoints, signal)) this.decoding = this.decode(start);
  }

  private async stop(): Promise<void> {
    await this.decoding?.return(undefined);
    this.decoding = null;
    this.shown.release();
    this.ahead.release();
    this.decoder.reset();
  }

  /** Holds the next frame in `ahead`; false at the end. */
  private async lookAhead(): Promise<boolean> {
    const latest = this.shown.rank ?? -1;
    while (this.ahead.rank === null) {
      const next = (await this.decoding?.next()) ?? { done: true, value: undefined };
      if (next.done === true) return false;
      // A damaged stream gives frames twice and out of order; what was shown is not taken back.
      if (next.value > latest) this.ahead.hold(next.value, this.decoder.frame);
    }
    return true;
  }

  /** From packet `start` to the end of the file: the rank of each frame, which is then in the decoder's `frame`. */
  private async *decode(start: number): AsyncGenerator<number> {
    const { source, decoder } = this;
    const { rankOf } = this.scan.timeline;
    const base = rankOf[start] ?? -1;
    function* received(): Generator<number> {
      for (let rank = decoder.receive(); rank !== null; rank = decoder.receive()) if (rank >= 0) yield rank;
    }
    for (let number = start; source.read(); number++) {
      const rank = rankOf[number] ?? -1;
      // Shown before the keyframe, so they lean on frames that were not decoded.
      if (rank >= 0 && rank < base) continue;
      while (!decoder.send(source.packet, rank, rank >= this.wantedFrom)) yield* received();
      yield* received();
      const turn = this.pause();
      if (turn !== null) await turn;
    }
    decoder.drain();
    yield* received();
  }
}
