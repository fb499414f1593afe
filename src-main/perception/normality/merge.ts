/** From what the recordings teach one by one to what the camera shows: sums, and tails measured across recordings. */
import { countsLength, hourlyLength, table } from './counts.ts';
import type { FrameFeatures } from './features.ts';
import { type Normality, type NormalityPart, noveltyKinds, type NoveltyKind, type Pattern } from './normality.ts';
import { type Tail, tailOf } from './tail.ts';
import { together } from './together.ts';
import { type Measures, measuresOf, usualFrom } from './usual.ts';

/**
 * Frames below which nothing is called unusual: half a minute at the eight frames a second of a dense look. From 240
 * frames the rarest hundredth can just be told (two or three of them).
 */
export const fewestFrames = 240;
/** Frames and recordings for an hour to have a pattern of its own: fewer, and chance would differ from hour to hour. */
const fewestHourFrames = 2400;
const fewestHourRecordings = 3;
/** Recordings whose samples make the tails, evenly taken; each costs a model without it (1 ms). */
const mostSampled = 64;

/**
 * What one nat of surprise takes at least, in the units of `measuresOf`: a quarter of a cell at twice the usual speed,
 * a quarter of a cell in motion where motion is e times rarer than rare, half a nat of rarity. Ours.
 */
const units: Readonly<Record<NoveltyKind, number>> = { velocity: 0.25, place: 0.25, object: 0.5, pose: 0.5 };
/** Evidence of x nats is as rare as e⁻ˣ at most (Markov’s inequality), so a nat of it is worth one. */
const togetherUnit = 1;

/**
 * Order and repetition do not matter: of parts of one recording, the one that rests on more frames counts (of equals
 * the one with the larger first differing count). To forget a recording, merge the others.
 */
export function mergeNormality(parts: readonly NormalityPart[]): Normality {
  const byRecording = new Map<string, NormalityPart>();
  for (const part of parts) {
    const other = byRecording.get(part.recording);
    if (other === undefined || isFuller(part, other)) byRecording.set(part.recording, part);
  }
  const sorted = [...byRecording.values()].toSorted((a, b) => (a.recording < b.recording ? -1 : 1));
  const all = patternOf(sorted, countsLength);
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const own = sorted.filter((part) => part.hour === hour);
    const frames = own.reduce((sum, part) => sum + framesOf(part), 0);
    return own.length >= fewestHourRecordings && frames >= fewestHourFrames ? patternOf(own, hourlyLength) : null;
  });
  const enough = (all.counts[table.frames] ?? 0) >= fewestFrames;
  return { recordings: sorted.length, enough, all, hours };
}

const framesOf = (part: NormalityPart) => part.counts[table.frames] ?? 0;

function isFuller(part: NormalityPart, other: NormalityPart): boolean {
  const at = part.counts.findIndex((value, index) => value !== other.counts[index]);
  return at >= 0 && (part.counts[at] as number) > (other.counts[at] as number);
}

function patternOf(parts: readonly NormalityPart[], length: number): Pattern {
  const counts = new Float64Array(length);
  for (const part of parts) {
    for (let index = 0; index < length; index++) {
      counts[index] = (counts[index] as number) + (part.counts[index] as number);
    }
  }
  const step = Math.max(1, parts.length / mostSampled);
  const sampled = Array.from(
    { length: Math.min(parts.length, mostSampled) },
    (_, index) => parts[Math.floor(index * step)],
  );
  const measures = sampled.flatMap((part) => (part === undefined ? [] : heldOut(part, counts, parts.length > 1)));
  const tails: Partial<Record<NoveltyKind, Tail>> = {};
  for (const kind of noveltyKinds) {
    const values = measures.flatMap((each) => each[kind]?.value ?? []);
    if (values.length > 0) tails[kind] = tailOf(values, units[kind]);
  }
  const combined = measures.map((each) => together(each, tails));
  return {
    counts: Float32Array.from(counts),
    tails,
    together: tailOf(combined.length > 0 ? combined : [0], togetherUnit),
  };
}

/**
 * The part's sample as the other recordings make it look: what a recording taught itself would never surprise it. A
 * single recording can only be compared with itself.
 */
function heldOut(part: NormalityPart, counts: Float64Array, others: boolean): Measures[] {
  const rest = others ? counts.map((value, index) => value - (part.counts[index] as number)) : counts;
  const usual = usualFrom(rest);
  return part.samples.map((features: FrameFeatures) => measuresOf(features, usual));
}
