/** Persons, vehicles, animals and bags followed from frame to frame. */
import { assign } from '../../math/assignment.ts';
import type { Box } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { type Candidate, candidateFrom, expectedAt, extend, misfit, type Seen } from './candidate.ts';
import { type Sighting, sightingsOf, type TrackKind } from './sightings.ts';

/** Where something was at the time of one frame. */
export interface TrackPoint {
  readonly time: number;
  /** [0, 1] of the displayed picture. */
  readonly box: Box;
  /** The net's score; of coasted points the lower of the two sightings around them. */
  readonly score: number;
  /** `[17, 3]`; null without a pose. */
  readonly keypoints: Float32Array | null;
  /** Not seen in this frame, only before and after: the box lies on the straight way between the two. */
  readonly coasted: boolean;
  /** Whether this might be another's sighting as well: no movement is to be measured from the point before to this. */
  readonly doubtful: boolean;
}

/** One thing, followed. Points stand in order of time, at most one a frame; the first and the last are seen. */
export interface Track {
  /** From 1, in order of the first sighting. */
  readonly id: number;
  readonly kind: TrackKind;
  readonly points: readonly TrackPoint[];
}

/** Between frames further apart than this nothing is followed, seconds. */
export const longestLink = 1.05;
/** Something is looked for this long after it was last seen, and something seen only once this long, seconds. */
export const longestCoast = 1.5;
const longestCoastOfOne = 0.4;
/** A pair that fits worse than this many nats is none; nor is one with an unsure sighting beyond this. */
const worstFit = 10;
const worstFaintFit = 7;
/** Other pairings that fit nearly as well, within so many nats (about four to one), leave a pair in doubt. */
const doubt = 1.5;
/** Over more than this too little of the way is seen to follow what is faint or in doubt, seconds. */
const dense = 0.3;

/**
 * The tracks in `frames` (of one recording, any order, any spacing). Sure sightings are paired with what is followed
 * first, then faint ones with what remains (ByteTrack: Zhang et al. 2022), each by the least total misfit; what is lost
 * is looked for along its way and led back along the straight line when it is found (OC-SORT: Cao et al. 2023). A
 * track counts when both nets have seen it once, or when it was seen in two frames; where no frame is near enough in
 * time to see it again, being sure is enough. Gaps of more than `longestLink` and camera cuts end all tracks.
 * Frames without nets have no sightings. A pure function; the order of `frames` does not matter.
 */
export function trackObjects(frames: readonly FrameObservation[]): Track[] {
  const ordered = frames.toSorted((a, b) => a.time - b.time);
  const found = segmentsOf(ordered).flatMap((segment) => tracksIn(segment));
  return found
    .toSorted((a, b) => (a.points[0]?.time ?? 0) - (b.points[0]?.time ?? 0))
    .map((track, index) => ({ id: index + 1, ...track }));
}

/** Runs of frames within which things can be followed. */
function segmentsOf(ordered: readonly FrameObservation[]): FrameObservation[][] {
  const segments: FrameObservation[][] = [];
  for (const [index, frame] of ordered.entries()) {
    const before = ordered[index - 1];
    const goesOn = before !== undefined && frame.time - before.time <= longestLink && !isCutBetween(before, frame);
    if (goesOn) segments.at(-1)?.push(frame);
    else segments.push([frame]);
  }
  return segments;
}

/** A frame's cut lies between it and its later neighbour: where the next frame sees it too, it lies behind that one. */
function isCutBetween(before: FrameObservation, after: FrameObservation): boolean {
  const { lag, global } = before.motion;
  return global.cut && !(after.motion.global.cut && after.time - before.time < lag);
}

function tracksIn(frames: readonly FrameObservation[]): Omit<Track, 'id'>[] {
  const alive = new Set<Candidate>();
  const all: Candidate[] = [];
  for (const [index, frame] of frames.entries()) {
    for (const candidate of alive) {
      const last = lastOf(candidate);
      // Whatever the spacing, the frame after the last sighting is looked at.
      if (last.frame < index - 1 && frame.time - last.time > coastOf(candidate)) alive.delete(candidate);
    }
    const born = step([...alive], frames, index);
    for (const candidate of born) {
      alive.add(candidate);
      all.push(candidate);
    }
  }
  return all
    .filter((candidate) => isConfirmed(candidate, frames))
    .map((candidate) => ({ kind: candidate.kind, points: pointsOf(candidate, frames) }));
}

const lastOf = ({ seen }: Candidate): Seen => seen.at(-1) as Seen;
const coastOf = ({ seen }: Candidate): number => (seen.length === 1 ? longestCoastOfOne : longestCoast);

/** Pairs the sightings of one frame with `alive`, which are extended, and returns what begins with it. */
function step(alive: readonly Candidate[], frames: readonly FrameObservation[], index: number): Candidate[] {
  const frame = frames[index] as FrameObservation;
  const { time, aspect } = frame;
  const spacing = index === 0 ? 0 : time - (frames[index - 1] as FrameObservation).time;
  const sightings = sightingsOf(frame).filter(({ box }) => box.width > 0 && box.height > 0);
  const expected = alive.map((candidate) => expectedAt(candidate, time, aspect));
  const misfits = expected.map((each) =>
    sightings.map((sighting) => {
      // After a while, what is faint may be anything.
      const tooLate = !sighting.sure && time - lastOf(each.candidate).time > dense;
      return tooLate ? Infinity : misfit(each, sighting, aspect);
    }),
  );
  const owner = pairUp(misfits, sightings);
  const born: Candidate[] = [];
  for (const [at, sighting] of sightings.entries()) {
    const row = owner[at] as number;
    const candidate = alive[row];
    if (candidate === undefined) {
      if (sighting.sure) born.push(candidateFrom({ frame: index, time, sighting, doubtful: false }, aspect));
      continue;
    }
    const doubtful = isDoubtful(misfits, owner, row, at);
    if (doubtful && spacing > dense) {
      if (sighting.sure) born.push(candidateFrom({ frame: index, time, sighting, doubtful: false }, aspect));
      continue;
    }
    const missed = frames.slice(lastOf(candidate).frame + 1, index).map((each) => each.time);
    extend(candidate, { frame: index, time, sighting, doubtful }, missed, aspect);
  }
  return born;
}

/** For each sighting the row of `misfits` that it goes to, or -1. */
function pairUp(misfits: readonly (readonly number[])[], sightings: readonly Sighting[]): Int32Array {
  const owner = new Int32Array(sightings.length).fill(-1);
  const taken = new Set<number>();
  const round = (sure: boolean, worst: number) => {
    const columns = [...sightings.keys()].filter((column) => sightings[column]?.sure === sure);
    const rows = [...misfits.keys()].filter((row) => !taken.has(row));
    const pairs = assign(
      rows.map((row) => columns.map((column) => misfits[row]?.[column] ?? Infinity)),
      worst / 2,
    );
    for (const [at, row] of rows.entries()) {
      const column = columns[pairs[at] as number];
      if (column === undefined) continue;
      owner[column] = row;
      taken.add(row);
    }
  };
  round(true, worstFit);
  round(false, worstFaintFit);
  return owner;
}

/** Whether giving `row` another sighting, or its sighting to another, would fit nearly as well. */
function isDoubtful(misfits: readonly (readonly number[])[], owner: Int32Array, row: number, column: number): boolean {
  const fit = (r: number, c: number) => misfits[r]?.[c] ?? Infinity;
  const own = fit(row, column);
  for (const [other, otherOwner] of owner.entries()) {
    if (other === column) continue;
    const swapped =
      otherOwner < 0 ? fit(row, other) : fit(row, other) + fit(otherOwner, column) - fit(otherOwner, other);
    if (swapped - own < doubt) return true;
  }
  const paired = new Set(owner);
  return misfits.some((_, other) => other !== row && !paired.has(other) && fit(other, column) - own < doubt);
}

function isConfirmed({ seen }: Candidate, frames: readonly FrameObservation[]): boolean {
  if (seen.length > 1 || seen.some(({ sighting }) => sighting.agreed)) return true;
  const [only] = seen as [Seen];
  const near = (index: number) => Math.abs((frames[index]?.time ?? Infinity) - only.time) <= dense;
  return !near(only.frame - 1) && !near(only.frame + 1);
}

function pointsOf({ seen }: Candidate, frames: readonly FrameObservation[]): TrackPoint[] {
  return seen.flatMap(({ frame, time, sighting, doubtful }, index) => {
    const { box, score, keypoints } = sighting;
    const before = seen[index - 1];
    const between = before === undefined ? [] : frames.slice(before.frame + 1, frame);
    return [
      ...between.map((each): TrackPoint => {
        const { sighting: from, time: start } = before as Seen;
        const share = (each.time - start) / (time - start);
        return {
          time: each.time,
          box: boxBetween(from.box, box, share),
          score: Math.min(from.score, score),
          keypoints: null,
          coasted: true,
          doubtful,
        };
      }),
      { time, box, score, keypoints, coasted: false, doubtful },
    ];
  });
}

function boxBetween(a: Box, b: Box, share: number): Box {
  const mix = (from: number, to: number) => from + share * (to - from);
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), width: mix(a.width, b.width), height: mix(a.height, b.height) };
}
