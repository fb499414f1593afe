/** How much happens in each second of a recording, from the sizes of its compressed packets alone. */
import type { PacketIndex } from '../video/index.ts';

/** Seconds on each side of a second that its baseline is taken from: what lies further away has no say. */
const baselineReach = 90;
/** The baseline is what the quiet fifth of the neighbourhood does not exceed. */
const quietShare = 0.2;
/** The smallest rise that counts as one unit, in octaves: encoders vary by about a third of that on a still scene. */
const smallestUnit = 0.5;
/** Share of inter frames in a keyframe's size on a still scene and on one where everything moves, as octaves. */
const stillRatio = -6;
const wildRatio = -1;
/** Say that the absolute scale has beside the relative one: it depends on the encoder's settings and on noise. */
const absoluteSay = 0.4;
/** Recordings whose keyframes are at least this share of all have no inter frames to speak of. */
const intraOnly = 0.9;

/**
 * `[ceil(seconds)]`, each in [0, 1]; 0 for a second without packets.
 *
 * An encoder spends bytes on what it cannot predict. For each second: the mean size of the frames that are no
 * keyframes, against the quiet fifth of the surrounding three minutes, in octaves; and the same after division by the
 * size of the keyframe before them, because at a constant bit rate motion shows in the share that keyframes lose. The
 * larger rise counts, with a smaller say for the absolute share. Keyframes themselves are never compared with other
 * frames. In recordings of keyframes alone (MJPEG) the size's own change takes the part of inter frames: its departure
 * from the neighbourhood's median and its jitter from frame to frame.
 * Nothing depends on the recording's length or on the place in it. The constants are ours.
 */
export function packetActivity(index: PacketIndex, seconds: number): Float32Array {
  const bins = Math.max(0, Math.ceil(seconds));
  const keyframes = index.keyframe.reduce((sum, flag) => sum + flag, 0);
  if (index.times.length === 0) return new Float32Array(bins);
  return keyframes >= intraOnly * index.times.length ? fromKeyframes(index, bins) : fromInterFrames(index, bins);
}

function fromInterFrames({ times, bytes, keyframe }: PacketIndex, bins: number): Float32Array {
  const inter = new Means(bins);
  const ratio = new Means(bins);
  let keyBytes = 0;
  for (let at = 0; at < times.length; at++) {
    const size = bytes[at] as number;
    if (keyframe[at] === 1) {
      keyBytes = size;
      continue;
    }
    inter.add(times[at] as number, size);
    if (keyBytes > 0) ratio.add(times[at] as number, size / keyBytes);
  }
  // A few bytes are a frame without any change; they must not look like a deep quiet below another quiet.
  const sizes = inter.values().map((mean) => Math.log2(mean + 32));
  const ratios = ratio.values().map((mean) => Math.log2(mean + 2 ** (stillRatio - 2)));
  const risesOfSize = rises(sizes);
  const risesOfRatio = rises(ratios);
  return Float32Array.from({ length: bins }, (_, bin) => {
    const relative = saturating(Math.max(risesOfSize[bin] ?? 0, risesOfRatio[bin] ?? 0));
    const octaves = ratios[bin] ?? Number.NaN;
    const absolute = Number.isNaN(octaves)
      ? 0
      : Math.min(1, Math.max(0, (octaves - stillRatio) / (wildRatio - stillRatio)));
    return either(relative, absoluteSay * absolute);
  });
}

function fromKeyframes({ times, bytes }: PacketIndex, bins: number): Float32Array {
  const size = new Means(bins);
  const jitter = new Means(bins);
  for (let at = 0; at < times.length; at++) {
    const octaves = Math.log2((bytes[at] as number) + 1);
    size.add(times[at] as number, octaves);
    if (at > 0) jitter.add(times[at] as number, Math.abs(octaves - Math.log2((bytes[at - 1] as number) + 1)));
  }
  const sizes = size.values();
  const risesOfJitter = rises(jitter.values().map((mean) => Math.log2(mean + 0.001)));
  const medians = localQuantiles(sizes, 0.5);
  return Float32Array.from({ length: bins }, (_, bin) => {
    const departure = Math.abs((sizes[bin] ?? 0) - (medians[bin] ?? 0));
    // A fifth of an octave (15 % of the bytes) is a new large object in an intra-coded picture.
    return saturating(Math.max(risesOfJitter[bin] ?? 0, Number.isNaN(departure) ? 0 : departure / 0.2));
  });
}

/** Two reasons for activity, each in [0, 1], as one. */
export const either = (a: number, b: number): number => 1 - (1 - a) * (1 - b);

/** 0 for no rise, .63 for two units, towards 1. */
const saturating = (rise: number) => 1 - Math.exp(-Math.max(0, rise) / 2);

/** Mean of what fell into each second. */
class Means {
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;

  constructor(bins: number) {
    this.#sums = new Float64Array(bins);
    this.#counts = new Uint32Array(bins);
  }

  add(time: number, value: number): void {
    const bin = Math.min(this.#sums.length - 1, Math.max(0, Math.floor(time)));
    if (bin < 0) return;
    this.#sums[bin] = (this.#sums[bin] as number) + value;
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
  }

  /** NaN for a second without values. */
  values(): Float64Array {
    return this.#sums.map((sum, bin) => sum / (this.#counts[bin] as number));
  }
}

/** How far each value lies above the local quiet level, in units of the local spread or `smallestUnit`. NaN gives 0. */
function rises(values: Float64Array): Float64Array {
  const quiet = localQuantiles(values, quietShare);
  const usual = localQuantiles(values, 0.5);
  return values.map((value, bin) => {
    const base = quiet[bin] as number;
    // Distance from the quiet fifth to the middle: .84 standard deviations of a normal spread.
    const unit = Math.max(smallestUnit, ((usual[bin] as number) - base) / 0.84);
    return Number.isNaN(value) ? 0 : Math.max(0, (value - base) / unit);
  });
}

/** The `share` quantile of the values within `baselineReach` of each; NaN where there is none. */
function localQuantiles(values: Float64Array, share: number): Float64Array {
  const sorted: number[] = [];
  const place = (value: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const enter = (value: number | undefined) => {
    if (value !== undefined && !Number.isNaN(value)) sorted.splice(place(value), 0, value);
  };
  const leave = (value: number | undefined) => {
    if (value !== undefined && !Number.isNaN(value)) sorted.splice(place(value), 1);
  };
  for (let bin = 0; bin < baselineReach; bin++) enter(values[bin]);
  return values.map((_, bin) => {
    enter(values[bin + baselineReach]);
    leave(values[bin - baselineReach - 1]);
    return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  });
}
