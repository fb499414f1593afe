/** Attributes of a look's persons: how many, how near, how fast, and in what posture. */
import { link, longestLink, speedOf } from './association.ts';
import type { Attribute } from './attributes.ts';
import { bodiesOf, type Body, type Point } from './bodies.ts';
import { boxAround, boxGap, isInside } from './box.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { attributeFrom, largest, ninthDecile, type Sample, shareOf, smallest } from './sample.ts';

/** Persons whose heights differ by more than this factor stand at different distances from the camera. */
const sameDistance = 1.5;
/** Neighbours of a person in a crowd, body heights. */
const crowdReach = 1.5;
/** A sprinter makes five body heights per second. */
const topSpeed = 5;
/** From the middle of the trunk to a wrist sideways, body heights: an arm that hangs makes half of it. */
const stretchedArm = 0.22;
/** What boxes and limbs jitter by between two frames, in body heights. */
const boxSlack = 0.08;
const limbSlack = 0.1;
/** Over more than this a limb's path is not the straight line that its speed is taken from, seconds. */
const longestLimbLink = 0.55;

interface Scene {
  readonly time: number;
  readonly aspect: number;
  readonly bodies: readonly Body[];
}

export function personAttributes(frames: readonly FrameObservation[]): Attribute[] {
  const scenes = frames.flatMap((frame): Scene[] => {
    const bodies = bodiesOf(frame);
    return bodies === null ? [] : [{ time: frame.time, aspect: frame.aspect, bodies }];
  });
  if (scenes.length === 0) return [];
  const posed = scenes.filter(({ bodies }) => bodies.some(({ posture }) => posture !== null));
  const posedTimes = posed.map(({ time }) => time);
  const where = (found: (scene: Scene) => readonly Body[]) =>
    posed.flatMap((scene) => found(scene).map((body) => ({ time: scene.time, place: body.box })));
  const links = linkedBodies(scenes);
  const withPoses = frames.some(({ persons }) => persons !== null);
  return [
    ...attributeFrom('persons', largest(scenes.map(countOf))),
    ...attributeFrom('crowd', largest(scenes.flatMap(crowds))),
    ...attributeFrom('person-gap', smallest(scenes.flatMap(gaps))),
    ...attributeFrom('person-speed', ninthDecile(links.map(speedSample))),
    ...attributeFrom('limb-speed', ninthDecile(links.flatMap(limbSamples))),
    ...attributeFrom('wrist-in-other', shareOf(posedTimes, where(reaching))),
    ...attributeFrom(
      'bent',
      shareOf(
        posedTimes,
        where(({ bodies }) => bodies.filter((body) => body.posture === 'bent')),
      ),
    ),
    ...attributeFrom(
      'lying',
      shareOf(
        posedTimes,
        where(({ bodies }) => bodies.filter((body) => body.posture === 'lying')),
      ),
    ),
    ...(withPoses ? attributeFrom('fall', falls(scenes, links)) : []),
  ];
}

function countOf({ time, bodies }: Scene): Sample {
  return {
    value: bodies.length,
    times: [time],
    place: bodies.length > 0 ? boxAround(bodies.map(({ box }) => box)) : null,
  };
}

function crowds({ time, bodies }: Scene): Sample[] {
  return bodies.map((body) => {
    const near = bodies.filter(
      (other) => similar(body, other) && Math.hypot(other.x - body.x, other.y - body.y) <= crowdReach * body.size,
    );
    return { value: near.length, times: [time], place: boxAround(near.map(({ box }) => box)) };
  });
}

function gaps({ time, aspect, bodies }: Scene): Sample[] {
  return pairs(bodies)
    .filter(([a, b]) => similar(a, b))
    .map(([a, b]) => ({
      value: boxGap(a.box, b.box, aspect) / Math.sqrt(a.size * b.size),
      times: [time],
      place: boxAround([a.box, b.box]),
    }));
}

/** Those with a wrist inside the box of someone at the same distance. */
function reaching({ aspect, bodies }: Scene): Body[] {
  return bodies.filter((body) =>
    bodies.some(
      (other) =>
        other !== body &&
        similar(body, other) &&
        body.wrists.some((wrist) => isStretched(wrist, body) && isInside(wrist.x / aspect, wrist.y, inner(other.box))),
    ),
  );
}

/** Arms that hang beside the body reach into the boxes of those who walk past. */
const isStretched = (wrist: Point, { trunk, size }: Body) =>
  trunk !== null && Math.abs(wrist.x - trunk.x) >= stretchedArm * size;

/** The box without its outer tenth on each side, which is mostly background. */
const inner = (box: Box): Box => ({
  x: box.x + 0.1 * box.width,
  y: box.y + 0.1 * box.height,
  width: 0.8 * box.width,
  height: 0.8 * box.height,
});

const similar = (a: Body, b: Body) => a.size <= sameDistance * b.size && b.size <= sameDistance * a.size;

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b): [T, T] => [a, b]));
}

interface BodyLink {
  readonly times: readonly [number, number];
  readonly seconds: number;
  readonly before: Body;
  readonly after: Body;
}

function linkedBodies(scenes: readonly Scene[]): BodyLink[] {
  return scenes.slice(1).flatMap((scene, index) => {
    const previous = scenes[index] as Scene;
    const seconds = scene.time - previous.time;
    return link(previous.bodies, scene.bodies, seconds, topSpeed).map(([before, after]): BodyLink => ({
      times: [previous.time, scene.time],
      seconds,
      before,
      after,
    }));
  });
}

const placeOf = ({ before, after }: BodyLink) => boxAround([before.box, after.box]);

/** By the trunk where both frames show it: boxes change with every swing of an arm. */
function speedSample(pair: BodyLink): Sample {
  const { before, after, seconds, times } = pair;
  const from = before.trunk !== null && after.trunk !== null ? { ...before.trunk, size: before.size } : before;
  const to = before.trunk !== null && after.trunk !== null ? { ...after.trunk, size: after.size } : after;
  return { value: speedOf(from, to, seconds, boxSlack), times, place: placeOf(pair) };
}

function limbSamples(pair: BodyLink): Sample[] {
  const { before, after, seconds, times } = pair;
  if (seconds > longestLimbLink || before.trunk === null || after.trunk === null) return [];
  const scale = 1 / Math.sqrt(before.size * after.size);
  const [from, to] = [before.trunk, after.trunk];
  const distances = (
    [
      [before.wrists, after.wrists],
      [before.ankles, after.ankles],
    ] as const
  ).flatMap(([then, now]) =>
    now.map((point) => {
      // Nets mix up left and right: the nearer of the two earlier ones is taken for the same limb.
      const moves = then.map((old) => travelled(old, from, point, to));
      return Math.min(...moves) * scale;
    }),
  );
  return distances
    .filter((distance) => Number.isFinite(distance))
    .map((distance) => ({ value: Math.max(0, distance - limbSlack) / seconds, times, place: placeOf(pair) }));
}

/** How far a limb went against its trunk. */
function travelled(limb: Point, trunk: Point, laterLimb: Point, laterTrunk: Point): number {
  return Math.hypot(laterLimb.x - laterTrunk.x - (limb.x - trunk.x), laterLimb.y - laterTrunk.y - (limb.y - trunk.y));
}

/**
 * Upright, then lying, then still lying: one odd pose between two others is a mistake of the net. Null where no two
 * frames are near enough in time to tell.
 */
function falls(scenes: readonly Scene[], links: readonly BodyLink[]): Sample | null {
  const near = scenes.some(
    (scene, index) => index > 0 && scene.time - (scenes[index - 1] as Scene).time <= longestLink,
  );
  if (!near) return null;
  const stillLying = new Set(links.filter(({ after }) => after.posture === 'lying').map(({ before }) => before));
  const fallen = links.filter(
    ({ before, after }) => before.posture === 'upright' && after.posture === 'lying' && stillLying.has(after),
  );
  return {
    value: fallen.length,
    times: fallen.length > 0 ? fallen.flatMap(({ times }) => times) : scenes.map(({ time }) => time),
    place: fallen.length > 0 ? boxAround(fallen.map(placeOf)) : null,
  };
}
