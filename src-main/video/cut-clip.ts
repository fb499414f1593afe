/** Cuts a clip out of a recording by copying its packets, so that not one picture is encoded anew. */
import { AVFMT_FLAG_BITEXACT } from 'node-av/constants';
import { Dictionary, FormatContext, OutputFormat, Packet, Rational, type Stream } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { cancelled, checked } from './failure.ts';
import { pauser } from './pause.ts';
import { ranksBetween } from './plan.ts';
import { openPacketReader } from './reader.ts';
import type { Scan } from './scan.ts';
import { SoundTrack } from './sound-track.ts';
import type { PacketSource } from './source.ts';
import { decodingStart } from './timeline.ts';

export interface CutOptions {
  /** Seconds of the recording. */
  readonly start: number;
  readonly end: number;
  /** Begin for whoever plays it at the frame on screen at `start`; what leads up to that stays in the file, unseen. */
  readonly exact?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ClipFacts {
  /** What is shown, in seconds of the recording: from the keyframe before `start`, or from `start` itself. */
  readonly start: number;
  readonly end: number;
  /** The first frame that the file holds. */
  readonly keyframe: number;
  /** Packets copied, one a frame. */
  readonly frames: number;
  /** The recording's sound, and whether it is in the clip; null where there is none. */
  readonly sound: { readonly codec: string; readonly isCopied: boolean } | null;
}

/** Sound that players expect in MP4. Other sound, as the telephone codecs of many cameras, is copied into Matroska only. */
const mp4Sound: ReadonlySet<string> = new Set(['aac', 'mp3', 'ac3', 'eac3', 'opus', 'flac', 'alac']);

/** Matroska counts in milliseconds; MP4 in this, a multiple of the usual frame rates. */
const ticksPerSecond = 90_000;

/**
 * Copies the packets that show `[start, end)` into the new file `out`, whose extension is `clipExtension`'s, with the sound
 * where the container takes it. The clip begins with the keyframe that the first frame needs.
 * Errors: those of openVideo; `invalid-argument` where nothing is shown in that time, or an exact start is asked for in a
 * container other than MP4; `disk-full`, `cancelled`. What was begun is left to the caller, who names a file aside.
 */
export async function cutClip(path: string, out: string, options: CutOptions): Promise<ClipFacts> {
  const { start, end, exact = false, signal } = options;
  if (exact && !out.endsWith('.mp4')) {
    throw new AppError('invalid-argument', 'Only a clip in MP4 can begin between two keyframes without being encoded.');
  }
  await using reader = await openPacketReader(path, signal === undefined ? {} : { signal });
  const scan = await reader.scanned(signal);
  const cut = planCut(scan, path, start, end, exact);
  // Of a clock that had to be mended it is not known what the sound belongs to.
  const isSound = scan.timeline.repairs === null;
  await using track = isSound ? await SoundTrack.open(path, scan.timeline, cut.shownFrom, signal) : null;
  const isCopied = track !== null && (!out.endsWith('.mp4') || mp4Sound.has(track.codec));
  await copyPackets(reader.source, scan, cut, isCopied ? track : null, out, options);
  const sound = track === null ? null : { codec: track.codec, isCopied };
  const { times, rankOf } = scan.timeline;
  const keyframe = times[rankOf[cut.first] ?? -1] ?? cut.shownFrom;
  return { start: cut.shownFrom, end: cut.shownTo, keyframe, frames: cut.last - cut.first + 1, sound };
}

interface Cut {
  /** Packets, both included. */
  readonly first: number;
  readonly last: number;
  /** Seconds of the recording. */
  readonly shownFrom: number;
  readonly shownTo: number;
}

/** Pure. Errors: `invalid-argument`. */
function planCut({ timeline }: Scan, path: string, start: number, end: number, exact: boolean): Cut {
  const { times, packetOf, rankOf, seconds } = timeline;
  const nothing = () =>
    new AppError('invalid-argument', `${path} shows nothing from ${start} s to ${end} s.`, { details: { path } });
  if (!(start < end && start < seconds)) throw nothing();
  const { from, to } = ranksBetween(timeline, start, end);
  // The frame that is on screen at the start was shown before it.
  const shown = from > 0 && (times[from] ?? Infinity) > start ? from - 1 : from;
  if (shown >= to) throw nothing();
  const packets = packetOf.subarray(shown, to);
  // The first in the file, or the first that is shown: it may follow a later frame in the file, and lean on earlier ones.
  const least = packets.reduce((a, b) => Math.min(a, b));
  const first = Math.min(decodingStart(timeline, least), decodingStart(timeline, packets[0] ?? least));
  const last = packets.reduce((most, packet) => Math.max(most, packet));
  const shownFrom = exact ? (times[shown] ?? start) : (times[rankOf[first] ?? -1] ?? times[shown] ?? start);
  return { first, last, shownFrom, shownTo: to < times.length ? (times[to] ?? seconds) : seconds };
}

async function copyPackets(
  source: PacketSource,
  scan: Scan,
  cut: Cut,
  track: SoundTrack | null,
  out: string,
  { signal, onProgress }: CutOptions,
): Promise<void> {
  const check = (code: number) => checked(code, out, 'file-unreadable', 'could not be written');
  const format = OutputFormat.guessFormat(null, out, null);
  if (format === null) throw new AppError('invalid-argument', `${out} has no extension that names a video container.`);
  const stamps = stampsOf(scan, cut);
  await using output = new FormatContext();
  check(output.allocOutputContext2(format, null, out));
  output.setFlags(AVFMT_FLAG_BITEXACT);
  const stream = copiedStream(output, source.stream);
  stream.timeBase = new Rational(1, ticksPerSecond);
  stream.avgFrameRate = source.stream.avgFrameRate;
  stream.sampleAspectRatio = source.stream.sampleAspectRatio;
  const heard = track === null ? null : copiedStream(output, track.stream);
  if (heard !== null && track !== null) heard.timeBase = track.stream.timeBase;
  check(await output.openOutput());
  try {
    // Frames before the shown start have times below 0, which MP4 keeps out of sight by its list of edits.
    using settings = Dictionary.fromObject(
      format.name === 'mp4' ? { movflags: 'faststart', avoid_negative_ts: 'disabled' } : {},
    );
    check(await output.writeHeader(settings));
    using packet = new Packet();
    packet.alloc();
    /** What is heard before `seconds` of the recording. */
    const writeSound = async (seconds: number) => {
      if (track === null || heard === null) return;
      const begin = BigInt(track.ticksAt(cut.shownFrom));
      while (track.readUntil(Math.min(seconds, cut.shownTo))) {
        if (track.packet.pts < begin) continue;
        check(packet.ref(track.packet));
        packet.streamIndex = heard.index;
        packet.pts -= begin;
        packet.dts = packet.pts;
        packet.pos = -1n;
        packet.rescaleTs(track.stream.timeBase, heard.timeBase);
        check(await output.interleavedWriteFrame(packet));
      }
    };
    const pause = pauser(out, signal);
    if (!(await source.moveTo(cut.first, scan.seekPoints, signal))) throw gone(source.path);
    for (let number = cut.first; number <= cut.last; number++) {
      if (signal?.aborted) throw cancelled(out, 'Writing');
      if (!source.read()) throw gone(source.path);
      const stamp = stamps(number);
      await writeSound(cut.shownFrom + Number(stamp.pts) / ticksPerSecond);
      check(packet.ref(source.packet));
      packet.streamIndex = stream.index;
      packet.timeBase = new Rational(1, ticksPerSecond);
      packet.pts = stamp.pts;
      packet.dts = stamp.dts;
      packet.duration = stamp.duration;
      packet.pos = -1n;
      packet.rescaleTs(new Rational(1, ticksPerSecond), stream.timeBase);
      check(await output.interleavedWriteFrame(packet));
      onProgress?.(number - cut.first + 1, cut.last - cut.first + 1);
      const turn = pause();
      if (turn !== null) await turn;
    }
    await writeSound(cut.shownTo);
    check(await output.writeTrailer());
  } finally {
    await output.closeOutput();
  }
}

function copiedStream(output: FormatContext, from: Stream): Stream {
  const stream = output.newStream(null);
  checked(from.codecpar.copy(stream.codecpar), 'A clip', 'internal', 'cannot be written');
  // The tag is the other container's word for the codec.
  stream.codecpar.codecTag = 0;
  return stream;
}

const gone = (path: string) =>
  new AppError('file-unreadable', `${path} ends before the frames that were there a moment ago.`, {
    details: { path },
  });

/**
 * The stamps of each packet, in ticks after the shown start: presentation by the recording's own clock, decoding in the
 * order of the file, as late as every frame allows.
 */
function stampsOf({ timeline }: Scan, { first, last, shownFrom, shownTo }: Cut) {
  const { times, rankOf } = timeline;
  const ticksOf = (seconds: number) => Math.round((seconds - shownFrom) * ticksPerSecond);
  const pts: number[] = [];
  for (let packet = first; packet <= last; packet++) {
    const time = times[rankOf[packet] ?? -1];
    // What the container does not show comes before what it does.
    pts.push(time === undefined ? (pts.at(-1) ?? ticksOf(shownFrom) - 1) : ticksOf(time));
  }
  const order = pts.toSorted((a, b) => a - b);
  const delay = order.reduce((most, tick, index) => Math.max(most, tick - (pts[index] ?? tick)), 0);
  const endTick = ticksOf(shownTo);
  return (packet: number) => {
    const tick = pts[packet - first] ?? 0;
    const rank = rankOf[packet] ?? -1;
    const next = rank >= 0 ? times[rank + 1] : undefined;
    const duration = Math.max(1, (next === undefined ? endTick : ticksOf(next)) - tick);
    const dts = (order[packet - first] ?? tick) - delay;
    return { pts: BigInt(tick), dts: BigInt(dts), duration: BigInt(duration) };
  };
}
