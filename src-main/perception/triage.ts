/** Triage: an activity score for every second of a recording from packet sizes and a few low-resolution keyframes. */
import type { FrameSize, PacketIndex, VideoReader } from '../video/index.ts';
import { lumaFrom, type LumaImage } from './luma.ts';
import { observeMotion } from './motion.ts';
import { either, packetActivity } from './packet-activity.ts';

/** Goes up whenever the same recording would give another Triage. */
export const triageVersion = 1;

/** How much happens in each second of a recording. It orders where the inquiry looks; it decides nothing. */
export interface ActivityCurve {
  readonly secondsPerBin: 1;
  /** `[ceil(seconds)]`, each in [0, 1]. */
  readonly activity: Float32Array;
}

/** What the cheap pass over a recording gives. */
export interface Triage {
  /** Length of the recording. */
  readonly seconds: number;
  readonly activity: ActivityCurve;
  /** `[N]` time stamps of all frames, ascending: what observeFrames and neighbourTime need. */
  readonly frameTimes: Float64Array;
  /** How many keyframes were decoded for it. */
  readonly framesDecoded: number;
}

export interface TriageOptions {
  readonly signal?: AbortSignal;
  /** Seconds of the recording done so far. */
  readonly onProgress?: (seconds: number) => void;
}

/** Small enough that scaling costs nothing, large enough for a car across the street. */
const keyframeSize: FrameSize = { width: 96, height: 54, fit: 'stretch' };
/** Keyframes are decoded at most this often, seconds: decoding them all takes nine tenths of triage's time. */
const keyframeSpacing = 4;
/** Keyframes further apart than this show two scenes rather than what went on between them, seconds. */
const longestPair = 30;
/** Moving share at which the keyframes' part of the activity is .63. */
const busyShare = 0.05;
/** What one of the two sources alone can raise the activity to. */
const packetsSay = 0.9;
const keyframesSay = 0.7;
/** Share of the work that reading the packets is, for the progress. */
const scanShare = 0.3;

/**
 * Reads all packets (no decoding) and a keyframe every four seconds at 96 × 54.
 * Errors: those of the reader; `cancelled`.
 */
export async function triage(reader: VideoReader, { signal, onProgress }: TriageOptions = {}): Promise<Triage> {
  const abort = signal === undefined ? {} : { signal };
  const packets = await reader.scanPackets({ ...abort, onProgress: (done) => onProgress?.(scanShare * done) });
  const { seconds } = reader.info;
  const keyframeTimes = packets.times.filter((_, at) => packets.keyframe[at] === 1);
  const pairs: KeyframePair[] = [];
  let last: { readonly time: number; readonly luma: LumaImage } | null = null;
  let framesDecoded = 0;
  const wanted = spaced(keyframeTimes, keyframeSpacing);
  if (wanted.length > 1) {
    for await (const image of reader.framesAt(wanted, keyframeSize, abort)) {
      framesDecoded++;
      const shown = { time: image.time, luma: lumaFrom(image) };
      if (last !== null && shown.time - last.time <= longestPair) pairs.push(compared(last, shown));
      last = shown;
      onProgress?.(scanShare * seconds + (1 - scanShare) * image.time);
    }
  }
  onProgress?.(seconds);
  return {
    seconds,
    activity: activityFrom(packets, pairs, seconds),
    frameTimes: packets.times,
    framesDecoded,
  };
}

/** What changed between two keyframes. */
export interface KeyframePair {
  readonly start: number;
  readonly end: number;
  /** Share of the picture that differs after light and camera are taken out, [0, 1]; 1 for another picture altogether. */
  readonly changed: number;
}

function compared(
  before: { readonly time: number; readonly luma: LumaImage },
  after: { readonly time: number; readonly luma: LumaImage },
): KeyframePair {
  const { energy, global } = observeMotion(before.luma, after.luma, after.time - before.time);
  return { start: before.time, end: after.time, changed: global.cut ? 1 : energy };
}

/**
 * Both sources as one curve: either may raise it, both together more (`1 − (1 − packets)(1 − keyframes)`). A second
 * takes from the keyframes what changed between the two around it; where none were decoded, packets speak alone.
 */
export function activityFrom(packets: PacketIndex, pairs: readonly KeyframePair[], seconds: number): ActivityCurve {
  const fromPackets = packetActivity(packets, seconds);
  const fromKeyframes = new Float32Array(fromPackets.length);
  for (const { start, end, changed } of pairs) {
    const activity = 1 - Math.exp(-Math.sqrt(changed / busyShare));
    for (let bin = Math.floor(start); bin < Math.min(Math.ceil(end), fromKeyframes.length); bin++) {
      fromKeyframes[bin] = Math.max(fromKeyframes[bin] ?? 0, activity);
    }
  }
  const activity = fromPackets.map((value, bin) =>
    either(packetsSay * value, keyframesSay * (fromKeyframes[bin] ?? 0)),
  );
  return { secondsPerBin: 1, activity };
}

/** Of ascending `times` the first and then each that lies at least `spacing` after the one taken before. */
function spaced(times: ArrayLike<number>, spacing: number): number[] {
  const taken: number[] = [];
  for (let at = 0; at < times.length; at++) {
    const time = times[at] as number;
    const last = taken.at(-1);
    if (last === undefined || time - last >= spacing) taken.push(time);
  }
  return taken;
}
