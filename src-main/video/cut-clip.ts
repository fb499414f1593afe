/** Cuts a clip out of a recording by copying its packets, so that not one picture is encoded anew. */
import { AppError } from '../contract/errors.ts';
import { ClipWriter, clipTicks, type ClipStamp, decodingTimes, type ShownSpan } from './clip-writer.ts';
import { cancelled } from './failure.ts';
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
export const mp4Sound: ReadonlySet<string> = new Set(['aac', 'mp3', 'ac3', 'eac3', 'opus', 'flac', 'alac']);

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

interface Cut extends ShownSpan {
  /** Packets, both included. */
  readonly first: number;
  readonly last: number;
}

/** The places `[from, to)` of the frames that `[start, end)` shows, the one on screen at the start first; null for none. */
export function shownRanks({ timeline }: Scan, start: number, end: number): { from: number; to: number } | null {
  const { times, seconds } = timeline;
  if (!(start < end && start < seconds)) return null;
  const { from, to } = ranksBetween(timeline, start, end);
  // The frame that is on screen at the start was shown before it.
  const shown = from > 0 && (times[from] ?? Infinity) > start ? from - 1 : from;
  return shown < to ? { from: shown, to } : null;
}

export const nothingShown = (path: string, start: number, end: number) =>
  new AppError('invalid-argument', `${path} shows nothing from ${start} s to ${end} s.`, { details: { path } });

/** Pure. Errors: `invalid-argument`. */
function planCut(scan: Scan, path: string, start: number, end: number, exact: boolean): Cut {
  const { timeline } = scan;
  const { times, packetOf, rankOf, seconds } = timeline;
  const ranks = shownRanks(scan, start, end);
  if (ranks === null) throw nothingShown(path, start, end);
  const { from: shown, to } = ranks;
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
  const stamps = stampsOf(scan, cut);
  await using writer = await ClipWriter.open(out, source.stream, track, cut);
  const pause = pauser(out, signal);
  if (!(await source.moveTo(cut.first, scan.seekPoints, signal))) throw endsBefore(source.path);
  for (let number = cut.first; number <= cut.last; number++) {
    if (signal?.aborted) throw cancelled(out, 'Writing');
    if (!source.read()) throw endsBefore(source.path);
    await writer.write(source.packet, stamps(number));
    onProgress?.(number - cut.first + 1, cut.last - cut.first + 1);
    const turn = pause();
    if (turn !== null) await turn;
  }
  await writer.finish();
}

/** A file that was longer when it was scanned. */
export const endsBefore = (path: string) =>
  new AppError('file-unreadable', `${path} ends before the frames that were there a moment ago.`, {
    details: { path },
  });

/** The stamps of each packet: presentation by the recording's own clock. */
function stampsOf({ timeline }: Scan, { first, last, shownFrom, shownTo }: Cut) {
  const { times, rankOf } = timeline;
  const ticksOf = (seconds: number) => Math.round((seconds - shownFrom) * clipTicks);
  const pts: number[] = [];
  for (let packet = first; packet <= last; packet++) {
    const time = times[rankOf[packet] ?? -1];
    // What the container does not show comes before what it does.
    pts.push(time === undefined ? (pts.at(-1) ?? ticksOf(shownFrom) - 1) : ticksOf(time));
  }
  const dts = decodingTimes(pts);
  const endTick = ticksOf(shownTo);
  return (packet: number): ClipStamp => {
    const tick = pts[packet - first] ?? 0;
    const rank = rankOf[packet] ?? -1;
    const next = rank >= 0 ? times[rank + 1] : undefined;
    const duration = Math.max(1, (next === undefined ? endTick : ticksOf(next)) - tick);
    return { pts: tick, dts: dts[packet - first] ?? tick, duration };
  };
}
