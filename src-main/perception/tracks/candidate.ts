/** A track in the making: what is known of it so far, how well a sighting fits it, and how a sighting changes it. */
import { boxIoU } from '../box.ts';
import type { Box } from '../detection.ts';
import { type Motion, predict, startAt, update } from './constant-velocity.ts';
import type { Sighting, TrackKind } from './sightings.ts';

/** Everything in sizes of the thing itself: body heights, box diagonals. */
interface Nature {
  /** How far boxes wander about what they enclose; twice as far where the net is not sure. */
  readonly noise: number;
  /** Usual speed, per second. */
  readonly speed: number;
  /** Usual change of velocity within a second. */
  readonly agility: number;
}

/** Walking is about .8 body heights a second, a sprint 5; a carried bag makes what its carrier makes. */
const natures: Readonly<Record<TrackKind, Nature>> = {
  person: { noise: 0.08, speed: 1, agility: 1.5 },
  vehicle: { noise: 0.05, speed: 1, agility: 1 },
  animal: { noise: 0.08, speed: 1.5, agility: 2 },
  bag: { noise: 0.12, speed: 1.5, agility: 2 },
};
/** Squared distance in standard deviations, in two dimensions: one right pair in a thousand is further apart. */
const gate = 13.8;
/** The same thing does not change its size by more than this factor from one sighting to the next. */
const sizeChange = 1.7;
/** Usual change of the size's logarithm between two sightings. */
const sizeNoise = 0.15;
/** Nats that boxes cost which do not overlap where they should. */
const overlapWeight = 2;
/** The size that later sightings are compared with follows the last ones at this rate. */
const sizeGain = 0.3;

/** A sighting with its frame. */
export interface Seen {
  readonly frame: number;
  readonly time: number;
  readonly sighting: Sighting;
  /** Whether this might as well be the sighting of another: movement from the one before is not to be measured. */
  readonly doubtful: boolean;
}

export interface Candidate {
  readonly kind: TrackKind;
  readonly seen: Seen[];
  /** What was believed just after the last sighting. */
  x: Motion;
  y: Motion;
  size: number;
}

/** A place with a size, in picture heights. */
interface Placed {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Centre, and how tall a person would stand or a thing's diagonal: lengths that posture and turning change little. */
function placeOf(box: Box, kind: TrackKind, aspect: number): Placed {
  const width = box.width * aspect;
  return {
    x: (box.x + box.width / 2) * aspect,
    y: box.y + box.height / 2,
    size: kind === 'person' ? Math.max(width, box.height) : Math.hypot(width, box.height),
  };
}

const noiseOf = ({ kind, sure }: Sighting): number => natures[kind].noise * (sure ? 1 : 2);

export function candidateFrom(seen: Seen, aspect: number): Candidate {
  const { kind, box } = seen.sighting;
  const { x, y, size } = placeOf(box, kind, aspect);
  const [noise, speed] = [noiseOf(seen.sighting) * size, natures[kind].speed * size];
  return { kind, seen: [seen], x: startAt(x, noise, speed), y: startAt(y, noise, speed), size };
}

/** Where a candidate should be at some time after its last sighting. */
export interface Expected {
  readonly candidate: Candidate;
  readonly x: Motion;
  readonly y: Motion;
  readonly box: Box;
}

export function expectedAt(candidate: Candidate, time: number, aspect: number): Expected {
  const last = candidate.seen.at(-1) as Seen;
  const agility = natures[candidate.kind].agility * candidate.size;
  const x = predict(candidate.x, time - last.time, agility);
  const y = predict(candidate.y, time - last.time, agility);
  const { width, height } = last.sighting.box;
  return { candidate, x, y, box: { x: x.at / aspect - width / 2, y: y.at - height / 2, width, height } };
}

/**
 * How badly `sighting` fits what is expected, in nats: the negative log-likelihood of its place (relative to a perfect
 * fit of something perfectly known), of its size, and a price for boxes that do not overlap. Infinity where it cannot be.
 */
export function misfit({ candidate, x, y, box }: Expected, sighting: Sighting, aspect: number): number {
  if (sighting.kind !== candidate.kind) return Infinity;
  const placed = placeOf(sighting.box, candidate.kind, aspect);
  const ratio = Math.log(placed.size / candidate.size);
  if (!(Math.abs(ratio) <= Math.log(sizeChange))) return Infinity;
  const noise = noiseOf(sighting) * candidate.size;
  const [varianceX, varianceY] = [x.variance + noise ** 2, y.variance + noise ** 2];
  const distance = (placed.x - x.at) ** 2 / varianceX + (placed.y - y.at) ** 2 / varianceY;
  if (distance > gate) return Infinity;
  const spread = Math.log((varianceX * varianceY) / noise ** 4) / 2;
  const apart = overlapWeight * (1 - boxIoU(box, sighting.box));
  return distance / 2 + spread + (ratio / sizeNoise) ** 2 / 2 + apart;
}

/**
 * `candidate` goes on with `seen`. `missed` are the times of the frames since its last sighting in which it was not
 * found: the filter is led over them along the straight line to where it was found again, lest it keep the velocity
 * that led it astray.
 * Source: Cao et al. 2023 (OC-SORT), observation-centric re-update.
 */
export function extend(candidate: Candidate, seen: Seen, missed: readonly number[], aspect: number): void {
  const last = candidate.seen.at(-1) as Seen;
  const { agility, noise } = natures[candidate.kind];
  const from = placeOf(last.sighting.box, candidate.kind, aspect);
  const to = placeOf(seen.sighting.box, candidate.kind, aspect);
  let before = last.time;
  const go = (time: number, at: { readonly x: number; readonly y: number }, deviation: number) => {
    const [seconds, push, error] = [time - before, agility * candidate.size, deviation * candidate.size];
    candidate.x = update(predict(candidate.x, seconds, push), at.x, error);
    candidate.y = update(predict(candidate.y, seconds, push), at.y, error);
    before = time;
  };
  for (const time of missed) {
    const share = (time - last.time) / (seen.time - last.time);
    go(time, { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }, 2 * noise);
  }
  go(seen.time, to, noiseOf(seen.sighting));
  candidate.size *= (to.size / candidate.size) ** sizeGain;
  candidate.seen.push(seen);
}
