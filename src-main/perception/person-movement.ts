/** Attributes of how a look's persons move: each for itself, its limbs, and with or after each other. */
import type { Attribute } from './attributes.ts';
import type { Body, Point } from './bodies.ts';
import { boxAround } from './box.ts';
import type { Box } from './detection.ts';
import { attributeFrom, largest, ninthDecile, type Sample } from './sample.ts';
import { median, speedChangesAlong, type Step, velocitiesAlong, type Velocity } from './tracks/path.ts';
import { pairs, similar, type Walk } from './walk.ts';

/** What boxes jitter by over the time of a speed, and limbs between two frames, in body heights. */
const boxSlack = 0.08;
const limbSlack = 0.1;
/** Over more than this a limb's path is not the straight line that its speed is taken from, seconds. */
const longestLimbLink = 0.55;
/** Who shows a trunk for less than this may be a pose that is none, seconds. */
const shortestPosing = 0.24;
/** Persons further apart than this, in body heights, have nothing to do with each other. */
const pairReach = 5;
/** One runs after another where their ways and the line between them differ by less than about 45° and 35°. */
const oneBehindOther = Math.SQRT1_2;
const sameWay = 0.8;
/** So many make a crowd. */
const fewestOfCrowd = 3;
/** A box this near the picture's edge is cut off by it: its middle moves as more of it comes into view. */
const edge = 0.005;

export function movementAttributes(walks: readonly Walk[]): Attribute[] {
  const paths = walks.map(stepsOf);
  const velocities = paths.map((steps) => velocitiesAlong(steps, boxSlack));
  const changes = paths.flatMap((steps) => speedChangesAlong(steps, boxSlack));
  const together = pairs(velocities).map(([a, b]) => simultaneous(a, b));
  return [
    ...attributeFrom('person-speed', largestOfDeciles(velocities.map((each) => each.map(speedSample)))),
    ...attributeFrom('limb-speed', ninthDecile(walks.flatMap(limbSamples))),
    ...attributeFrom('person-start', largest(changes.map((change) => ({ ...change, value: change.gained })))),
    ...attributeFrom('person-stop', largest(changes.map((change) => ({ ...change, value: change.lost })))),
    ...attributeFrom('crowd-speed', largest(crowdSpeeds(velocities))),
    ...attributeFrom('approach-speed', largestOfDeciles(together.map((each) => each.flatMap(approach)))),
    ...attributeFrom('chase', largestOfDeciles(together.map((each) => each.flatMap(chase)))),
  ];
}

/** Of what was followed for long not the one mistake: the largest of what nine tenths of each group do not exceed. */
const largestOfDeciles = (groups: readonly (readonly Sample[])[]): Sample | null =>
  largest(groups.flatMap((group) => ninthDecile(group) ?? []));

const speedSample = ({ speed, times, place }: Velocity): Sample => ({ value: speed, times, place });

/**
 * By the trunk where all frames with this person show it, because boxes change with every swing of an arm; else by the
 * box, where the picture's edge does not cut it off.
 */
function stepsOf(walk: Walk): Step[] {
  const byTrunk = walk.filter(({ body }) => body.trunk !== null).length >= walk.length / 2;
  let joined = true;
  const steps: Step[] = [];
  for (const { time, body, doubtful } of walk) {
    joined &&= !doubtful;
    const { trunk, box, size } = body;
    const place = byTrunk ? trunk : body;
    if (place === null || size <= 0 || isCutOff(box, trunk !== null)) continue;
    steps.push({ time, x: place.x, y: place.y, size, box, joined });
    joined = true;
  }
  return steps;
}

/** Where the trunk is seen, legs below the picture do no harm. */
function isCutOff({ x, y, width, height }: Box, trunkSeen: boolean): boolean {
  return x < edge || x + width > 1 - edge || (!trunkSeen && (y < edge || y + height > 1 - edge));
}

/** The velocities of two persons over the same time. */
function simultaneous(a: readonly Velocity[], b: readonly Velocity[]): [Velocity, Velocity][] {
  return a.flatMap((one) => {
    const other = b.find(({ times }) => times[0] === one.times[0] && times.at(-1) === one.times.at(-1));
    return other !== undefined && similar(one.at, other.at) ? [[one, other] as [Velocity, Velocity]] : [];
  });
}

/** From the first of two persons to the other, in their body heights. */
function between([{ at: a }, { at: b }]: readonly [Velocity, Velocity]): Point & { readonly length: number } {
  const size = Math.sqrt(a.size * b.size);
  const [x, y] = [(b.x - a.x) / size, (b.y - a.y) / size];
  return { x, y, length: Math.hypot(x, y) };
}

function approach(pair: readonly [Velocity, Velocity]): Sample[] {
  const { x, y, length } = between(pair);
  if (length > pairReach || length === 0) return [];
  const [one, other] = pair;
  const rate = ((one.x - other.x) * x + (one.y - other.y) * y) / length;
  return [pairSample(pair, Math.max(0, rate))];
}

/** The speed of the slower one of two who go the same way, one behind the other. */
function chase(pair: readonly [Velocity, Velocity]): Sample[] {
  const { x, y, length } = between(pair);
  if (length > pairReach || length === 0) return [];
  const [one, other] = pair;
  const [oneLength, otherLength] = [Math.hypot(one.x, one.y), Math.hypot(other.x, other.y)];
  const isSameWay = one.x * other.x + one.y * other.y >= sameWay * oneLength * otherLength;
  const isBehind = Math.abs(one.x * x + one.y * y) >= oneBehindOther * oneLength * length;
  return [pairSample(pair, isSameWay && isBehind ? Math.min(one.speed, other.speed) : 0)];
}

const pairSample = ([one, other]: readonly [Velocity, Velocity], value: number): Sample => ({
  value,
  times: [...one.times, ...other.times],
  place: boxAround([one.place, other.place]),
});

/** The median speed of all who are followed at a time, where they are at least three. */
function crowdSpeeds(velocities: readonly (readonly Velocity[])[]): Sample[] {
  const starting = Map.groupBy(velocities.flat(), ({ times }) => times[0]);
  return [...starting.values()]
    .filter((moving) => moving.length >= fewestOfCrowd)
    .map((moving) => ({
      value: median(moving.map(({ speed }) => speed)),
      times: moving.flatMap(({ times }) => times),
      place: boxAround(moving.map(({ place }) => place)),
    }));
}

function limbSamples(walk: Walk): Sample[] {
  const posing = walk.filter(({ body }) => body.trunk !== null);
  if ((posing.at(-1)?.time ?? 0) - (posing[0]?.time ?? 0) < shortestPosing) return [];
  return walk.slice(1).flatMap((after, index) => {
    const before = walk[index];
    const seconds = after.time - (before?.time ?? -Infinity);
    if (before === undefined || after.doubtful || seconds > longestLimbLink) return [];
    return limbMoves(before.body, after.body).map((distance) => ({
      value: Math.max(0, distance - limbSlack) / seconds,
      times: [before.time, after.time],
      place: boxAround([before.body.box, after.body.box]),
    }));
  });
}

/** How far each limb went against its trunk, body heights. */
function limbMoves(before: Body, after: Body): number[] {
  const [from, to] = [before.trunk, after.trunk];
  if (from === null || to === null) return [];
  const scale = 1 / Math.sqrt(before.size * after.size);
  return (
    [
      [before.wrists, after.wrists],
      [before.ankles, after.ankles],
    ] as const
  )
    .flatMap(([then, now]) =>
      now.map((point) => {
        // Nets mix up left and right: the nearer of the two earlier ones is taken for the same limb.
        const moves = then.map((old) =>
          Math.hypot(point.x - to.x - (old.x - from.x), point.y - to.y - (old.y - from.y)),
        );
        return Math.min(...moves) * scale;
      }),
    )
    .filter((distance) => Number.isFinite(distance));
}
