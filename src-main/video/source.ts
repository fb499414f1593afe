/** The demuxer: opens a file without trusting it, reads its video packets in order and finds its keyframes again. */
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
  AVDISCARD_ALL,
  AVERROR_EOF,
  AVERROR_EXIT,
  AVFMT_NO_BYTE_SEEK,
  AVFMT_TS_DISCONT,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  AVSEEK_FLAG_BYTE,
  AV_DISPOSITION_ATTACHED_PIC,
} from 'node-av/constants';
import { Dictionary, FormatContext, InputFormat, Packet, type Stream } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { cancelled, failureFrom } from './failure.ts';
import { pauser } from './pause.ts';
import { lastAtMost } from './timeline.ts';

/** Opening waits no longer than this for a disk or a network share. */
const openTimeoutMs = 30_000;
/** Errors in a row after which the rest of a damaged file is given up. */
const mostReadErrors = 64;
/** Reading on is cheaper than seeking up to this many packets ahead. */
const readOnPackets = 64;
/** Playlists and scripts that would make FFmpeg open other files, and texts that it would render as video. */
const refusedFormats = /^(hls|dash|concatf?|imf|lavfi|sdp|rtsp|tty|ffmetadata|webm_dash_manifest|image2.*|.*_pipe)$/;
const probedBytes = 65_536;

/** Where decoding can start, in the order of the file. `K` keyframes. */
export interface SeekPoints {
  /** [K] number of the packet among all packets, ascending. */
  readonly packets: Uint32Array;
  /** [K] byte offset, -1 where unknown. */
  readonly positions: Float64Array;
  /** [K] DTS, or else PTS, in ticks; NaN where there is neither. */
  readonly stamps: Float64Array;
}

/** A file's best video stream, packet by packet. */
export class PacketSource implements AsyncDisposable {
  readonly path: string;
  readonly bytes: number;
  /** The packet that `read` filled; valid until the next call. */
  readonly packet = new Packet();
  private format: FormatContext;
  private streamIndex: number;
  private video: Stream;
  /** Number of the packet that `read` gives next; null after a seek that is not yet known to have arrived. */
  private next: number | null = 0;
  /** True where `packet` was read only to see where a seek arrived: `read` gives it once more. */
  private held = false;
  private numbers: Map<number, number> | null = null;

  private constructor(path: string, bytes: number, format: FormatContext) {
    this.path = path;
    this.bytes = bytes;
    this.format = format;
    this.packet.alloc();
    this.streamIndex = -1;
    this.video = this.chooseStream();
  }

  /** Errors: `not-found`, `permission-denied`, `file-unreadable`, `no-video`, `video-damaged`, `video-unsupported`, `cancelled`. */
  static async open(path: string, signal?: AbortSignal): Promise<PacketSource> {
    const bytes = await checkFile(path);
    const format = await openFormat(path, signal);
    try {
      return new PacketSource(path, bytes, format);
    } catch (error) {
      await format.closeInput();
      throw error;
    }
  }

  get container(): FormatContext {
    return this.format;
  }

  get stream(): Stream {
    return this.video;
  }

  get tickSeconds(): number {
    const { num, den } = this.video.timeBase;
    return num / den;
  }

  /** Reads the next video packet into `packet`; false at the end, or where the rest cannot be read. */
  read(): boolean {
    if (this.held) {
      this.held = false;
      if (this.next !== null) this.next++;
      return true;
    }
    for (let errors = 0; errors < mostReadErrors;) {
      this.packet.unref();
      const code = this.format.readFrameSync(this.packet);
      if (code === AVERROR_EOF) return false;
      if (code < 0) {
        errors++;
      } else if (this.packet.streamIndex === this.streamIndex) {
        if (this.next !== null) this.next++;
        return true;
      }
    }
    return false;
  }

  /** Goes back to the first packet by opening the file anew: the one way that every container allows. */
  async restart(signal?: AbortSignal): Promise<void> {
    if (this.next === 0) return;
    this.packet.unref();
    this.held = false;
    this.next = null;
    // Only then the old one is let go: who is cancelled here goes on with it later.
    const opened = await openFormat(this.path, signal);
    await this.format.closeInput();
    this.format = opened;
    this.video = this.chooseStream();
    this.next = 0;
  }

  /** Whether there is a packet where the container says that its last frames are; leaves the source somewhere. */
  reachesEnd(): boolean {
    this.next = null;
    this.held = false;
    const { startTime, duration } = this.video;
    const start = startTime > 0n ? startTime : 0n;
    if (this.format.seekFrameSync(this.streamIndex, start + duration, AVSEEK_FLAG_BACKWARD) < 0) return false;
    return this.read();
  }

  /**
   * Arranges that the next `read` gives packet `target`, one of `points`, by a seek or by reading on. Containers without
   * an index are read from the start. Returns false where the packet is not there any more.
   * Errors: `cancelled`; those of `open` where the file has to be opened anew.
   */
  async moveTo(target: number, points: SeekPoints, signal?: AbortSignal): Promise<boolean> {
    const isNear = this.next !== null && this.next <= target && target - this.next <= readOnPackets;
    if (!isNear) this.seek(target, points);
    if (this.next === null || this.next > target) await this.restart(signal);
    const pause = pauser(this.path, signal);
    while (this.next !== null && this.next < target) {
      if (!this.read()) return false;
      const turn = pause();
      if (turn !== null) await turn;
    }
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.packet.free();
    await this.format.closeInput();
  }

  /**
   * Seeks so that `next` is at most `target`, or leaves `next` null. Where one lands is recognised by the byte offset of
   * the keyframe, never believed: indexes are wrong, and clocks that went back make times ambiguous.
   */
  private seek(target: number, points: SeekPoints): void {
    this.numbers ??= new Map(Array.from(points.packets, (packet, index) => [points.positions[index] ?? -1, packet]));
    const bytewise = this.seeksByBytes();
    const flags = bytewise ? AVSEEK_FLAG_BYTE : AVSEEK_FLAG_BACKWARD;
    const aims = bytewise ? points.positions : points.stamps;
    const index = lastAtMost(points.packets, target);
    // Some demuxers land behind what they were asked for: then one aims one keyframe, three, seven before it.
    for (const back of [0, 1, 3, 7]) {
      this.next = null;
      this.held = false;
      const aim = aims[index - back];
      if (aim === undefined || Number.isNaN(aim)) return;
      if (this.format.seekFrameSync(this.streamIndex, BigInt(aim), flags) < 0 || !this.read()) return;
      const landed = this.numbers.get(Number(this.packet.pos));
      if (landed === undefined) return;
      if (landed <= target) {
        this.next = landed;
        this.held = true;
        return;
      }
    }
    this.next = null;
  }

  /** Raw streams and transport streams: no index, and a clock that may start over. */
  private seeksByBytes(): boolean {
    const format = this.format.iformat;
    if (format === null || (format.flags & AVFMT_NO_BYTE_SEEK) !== 0) return false;
    return (format.flags & AVFMT_TS_DISCONT) !== 0 || this.video.duration <= 0n;
  }

  private chooseStream(): Stream {
    const { path, format } = this;
    this.streamIndex = format.findBestStream(AVMEDIA_TYPE_VIDEO);
    const stream = format.streams[this.streamIndex];
    if (stream === undefined || stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)) {
      const what = format.nbStreams > 0 ? 'holds sound or other data but no video' : 'holds no video';
      throw new AppError('no-video', `${path} ${what}.`, { details: { path } });
    }
    for (const other of format.streams) if (other.index !== this.streamIndex) other.discard = AVDISCARD_ALL;
    return stream;
  }
}

/** Size of a readable regular file. */
async function checkFile(path: string): Promise<number> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) {
      const what = facts.isDirectory() ? 'is a folder' : 'is not a regular file';
      throw new AppError('file-unreadable', `${path} ${what}, so it cannot be opened as a video.`, {
        details: { path },
      });
    }
    if (facts.size === 0) throw new AppError('no-video', `${path} is empty.`, { details: { path } });
    const head = Buffer.alloc(Math.min(facts.size, probedBytes));
    const file = await open(path, 'r');
    try {
      await file.read(head, 0, head.length, 0);
    } finally {
      await file.close();
    }
    const name = InputFormat.probe(head, basename(path))?.name ?? '';
    if (refusedFormats.test(name)) {
      throw new AppError('no-video', `${path} is a picture, a text or a playlist (${name}), not a video.`, {
        details: { path },
      });
    }
    return facts.size;
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) throw error;
    const details = { path, system: String(error.code) };
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      throw new AppError('not-found', `${path} does not exist.`, { details, cause: error });
    }
    if (error.code === 'EACCES' || error.code === 'EPERM') {
      throw new AppError('permission-denied', `${path} may not be read by this user.`, { details, cause: error });
    }
    throw new AppError('file-unreadable', `${path} could not be read: ${error.message}.`, { details, cause: error });
  }
}

/** Errors as of `PacketSource.open`. */
export async function openFormat(path: string, signal?: AbortSignal): Promise<FormatContext> {
  if (signal?.aborted) throw cancelled(path);
  const format = new FormatContext();
  const interrupt = () => format.interrupt();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    interrupt();
  }, openTimeoutMs);
  signal?.addEventListener('abort', interrupt, { once: true });
  const check = (code: number, did: string) => {
    if (signal?.aborted) throw cancelled(path);
    if (code === AVERROR_EXIT && timedOut) {
      throw new AppError('file-unreadable', `${path} did not open within ${openTimeoutMs / 1000} s.`, {
        details: { path },
      });
    }
    if (code < 0) throw failureFrom(code, path, 'video-damaged', did);
  };
  let opened = false;
  try {
    // A file may name other files and addresses; FFmpeg gets to open local files only.
    using settings = Dictionary.fromObject({ protocol_whitelist: 'file' });
    check(await format.openInput(`file:${resolve(path)}`, null, settings), 'could not be opened');
    opened = true;
    check(await format.findStreamInfo(null), 'could not be read');
    return format;
  } catch (error) {
    if (opened) await format.closeInput();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}
