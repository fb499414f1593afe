/** An object that came with someone and stayed when that person had gone. */
import { boxAround, boxGap } from './box.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { largest, type Sample } from './sample.ts';
import { longestCoast, type Track, type TrackPoint } from './tracks/track-objects.ts';

/** A bag belongs to the nearest person, whose box is this near to it when it is first seen, body heights. */
const carriedWithin = 0.3;
/** Its owner has gone who is further away than this, body heights, or out of view. */
const goneBeyond = 1.5;
/** It stays where it stays within this of where it is last seen, in its own diagonals. */
const stillWithin = 0.5;

/**
 * The longest time, in seconds, for which a bag that came with someone stands still while that person is gone; others
 * who pass it do not count. 0 where bags came and none was left. Null where no bag was followed that came with someone.
 */
export function leftBehind(frames: readonly FrameObservation[], tracks: readonly Track[]): Sample | null {
  const aspects = new Map(frames.map(({ time, aspect }) => [time, aspect]));
  const persons = tracks.filter(({ kind }) => kind === 'person').map(({ points }) => points);
  const bags = tracks.filter(({ kind, points }) => kind === 'bag' && points.length > 1);
  return largest(bags.flatMap(({ points }) => sampleOf(points, persons, (time) => aspects.get(time) ?? 1)));
}

type Points = readonly TrackPoint[];

function sampleOf(bag: Points, persons: readonly Points[], aspectAt: (time: number) => number): Sample[] {
  const [first, last] = [bag[0] as TrackPoint, bag.at(-1) as TrackPoint];
  const gapTo = (person: TrackPoint | undefined, at: TrackPoint) =>
    person === undefined ? Infinity : gapInHeights(person.box, at.box, aspectAt(at.time));
  const nearest = persons
    .map((points) => ({ points, gap: gapTo(pointAt(points, first.time), first) }))
    .reduce((best, each) => (each.gap < best.gap ? each : best), { points: [] as Points, gap: Infinity });
  if (nearest.gap > carriedWithin) return [];

  let owner = nearest.points;
  const alone = longestRun(bag, (at) => {
    const end = owner.at(-1) as TrackPoint;
    const wasLostNear = at.time > end.time && gapTo(end, { ...last, time: end.time }) <= goneBeyond;
    // Whoever is lost beside it and whoever is found there soon after are one.
    const found = persons.find((points) => takesOver(points, end.time, at.time) && gapTo(points[0], at) <= goneBeyond);
    if (wasLostNear && found !== undefined) owner = found;
    else if (wasLostNear && at.time <= end.time + longestCoast) return false;
    return gapTo(pointAt(owner, at.time), at) > goneBeyond && isAt(at.box, last.box, aspectAt(at.time));
  });
  const shown = alone.length > 0 ? alone : [first];
  return [
    {
      value: (alone.at(-1)?.time ?? 0) - (alone[0]?.time ?? 0),
      times: [first.time, ...shown.map(({ time }) => time)],
      place: boxAround(shown.map(({ box }) => box)),
    },
  ];
}

/** Whether someone is seen first after `lost`, soon, and not after `now`. */
function takesOver([start]: Points, lost: number, now: number): boolean {
  return start !== undefined && start.time > lost && start.time <= Math.min(now, lost + longestCoast);
}

const pointAt = (points: Points, time: number) => points.find((point) => point.time === time);

const gapInHeights = (person: Box, bag: Box, aspect: number): number =>
  boxGap(person, bag, aspect) / Math.max(person.height, person.width * aspect);

function isAt(box: Box, other: Box, aspect: number): boolean {
  const x = (box.x + box.width / 2 - other.x - other.width / 2) * aspect;
  const y = box.y + box.height / 2 - other.y - other.height / 2;
  return Math.hypot(x, y) <= stillWithin * Math.hypot(other.width * aspect, other.height);
}

/** The longest in time of the runs of `points` that all pass; `passes` is asked in order of time. */
function longestRun(points: Points, passes: (point: TrackPoint) => boolean): Points {
  let best: Points = [];
  let run: TrackPoint[] = [];
  const span = (of: Points) => (of.length === 0 ? -1 : (of.at(-1)?.time ?? 0) - (of[0]?.time ?? 0));
  for (const point of points) {
    run = passes(point) ? [...run, point] : [];
    if (span(run) > span(best)) best = run;
  }
  return best;
}
