/** Attributes of a look's persons: how many, how near, in what posture, and how long they stay. */
import type { Attribute } from './attributes.ts';
import type { Body, Point } from './bodies.ts';
import { boxAround, boxGap, isInside, overlapOfSmaller } from './box.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { movementAttributes } from './person-movement.ts';
import { attributeFrom, largest, type Sample, shareOf, smallest } from './sample.ts';
import { longestLink, type Track } from './tracks/track-objects.ts';
import { type FollowedBody, pairs, similar, type Walk, walkOf } from './walk.ts';

/** Neighbours of a person in a crowd, body heights. */
const crowdReach = 1.5;
/** From the middle of the trunk to a wrist sideways, body heights: an arm that hangs makes half of it. */
const stretchedArm = 0.22;
/** Two persons hold or hide each other where this share of one lies inside the other's box. */
const entangled = 1 / 3;
/** Going down takes at most this long, seconds: who takes longer lies down. */
const longestFall = 1.6;
/** Someone stays where the way lies within so many body heights; a walker leaves them within three seconds. */
const stayReach = 2;
/** Over less than this nobody can be told from a passer-by, seconds. */
const shortestStay = 4;

interface Scene {
  readonly time: number;
  readonly aspect: number;
  readonly bodies: readonly Body[];
}

/** Of `frames` in order of time, with the tracks in them. */
export function personAttributes(frames: readonly FrameObservation[], tracks: readonly Track[]): Attribute[] {
  const looked = frames.filter(({ objects, persons }) => objects !== null || persons !== null);
  if (looked.length === 0) return [];
  const aspects = new Map(looked.map(({ time, aspect }) => [time, aspect]));
  const walks = tracks.filter(({ kind }) => kind === 'person').map((track) => walkOf(track, aspects));
  const bodies = Map.groupBy(walks.flat(), ({ time }) => time);
  const scenes = looked.map(({ time, aspect }): Scene => ({
    time,
    aspect,
    bodies: (bodies.get(time) ?? []).map(({ body }) => body),
  }));
  const peopled = scenes.filter((scene) => scene.bodies.length > 0).map(({ time }) => time);
  const posed = scenes.filter((scene) => scene.bodies.some(({ posture }) => posture !== null));
  const posedTimes = posed.map(({ time }) => time);
  const where = (among: readonly Scene[], found: (scene: Scene) => readonly Body[]) =>
    among.flatMap((scene) => found(scene).map((body) => ({ time: scene.time, place: body.box })));
  const inPosture = (posture: Body['posture']) =>
    shareOf(
      posedTimes,
      where(posed, (scene) => scene.bodies.filter((body) => body.posture === posture)),
    );
  const followable = scenes.some(({ time }, index) => time - (scenes[index - 1]?.time ?? -Infinity) <= longestLink);
  const withPoses = frames.some(({ persons }) => persons !== null);
  return [
    ...attributeFrom('persons', largest(scenes.map(countOf))),
    ...attributeFrom('crowd', largest(scenes.flatMap(crowds))),
    ...attributeFrom('person-gap', smallest(scenes.flatMap(gaps))),
    ...attributeFrom('person-overlap', shareOf(peopled, where(scenes, entangledBodies))),
    ...attributeFrom('wrist-in-other', shareOf(posedTimes, where(posed, reaching))),
    ...attributeFrom('bent', inPosture('bent')),
    ...attributeFrom('lying', inPosture('lying')),
    ...(withPoses && followable ? attributeFrom('fall', falls(scenes, walks)) : []),
    ...attributeFrom('dwell', largest(walks.flatMap((walk) => stays(walk, scenes)))),
    ...movementAttributes(walks),
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

function entangledBodies({ bodies }: Scene): Body[] {
  return pairs(bodies)
    .filter(([a, b]) => similar(a, b) && overlapOfSmaller(a.box, b.box) >= entangled)
    .flat();
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

/** Upright, soon lying, and still lying when seen next: one odd pose between two others is a mistake of the net. */
function falls(scenes: readonly Scene[], walks: readonly Walk[]): Sample {
  const fallen = walks.flatMap((walk) => {
    const seen = walk.filter(({ body }) => body.posture !== null);
    return seen.flatMap((down, index) => {
      const [before, after] = [seen.slice(0, index).findLast(({ body }) => body.posture !== 'bent'), seen[index + 1]];
      const staysDown = after?.body.posture === 'lying' && after.time - down.time <= longestLink;
      if (down.body.posture !== 'lying' || before?.body.posture !== 'upright' || !staysDown) return [];
      return down.time - before.time <= longestFall ? [[before, down] as const] : [];
    });
  });
  return {
    value: fallen.length,
    times: fallen.length > 0 ? fallen.flatMap(([before, down]) => [before.time, down.time]) : scenes.map(timeOf),
    place: fallen.length > 0 ? boxAround(fallen.flatMap(([before, down]) => [before.body.box, down.body.box])) : null,
  };
}

const timeOf = ({ time }: { readonly time: number }): number => time;

/** The longest time that someone keeps to one place; none where the look is too short to tell. */
function stays(walk: Walk, scenes: readonly Scene[]): Sample[] {
  const [from, until] = [scenes[0]?.time ?? 0, scenes.at(-1)?.time ?? 0];
  if (until - from < shortestStay) return [];
  let longest: Walk = [];
  const sizes = walk.map(({ body }) => body.size).toSorted((a, b) => a - b);
  const reach = stayReach * (sizes[sizes.length >> 1] ?? 0);
  for (let [first, last] = [0, 0]; last < walk.length; last++) {
    while (extentOf(walk, first, last) > reach) first++;
    if (spanOf(walk.slice(first, last + 1)) > spanOf(longest)) longest = walk.slice(first, last + 1);
  }
  if (longest.length === 0) longest = walk.slice(0, 1);
  return [
    { value: spanOf(longest), times: longest.map(timeOf), place: boxAround(longest.map(({ body }) => body.box)) },
  ];
}

const spanOf = (walk: Walk): number => (walk.at(-1)?.time ?? 0) - (walk[0]?.time ?? 0);

/** Diagonal of the rectangle that a part of the way lies in, picture heights. */
function extentOf(walk: Walk, first: number, last: number): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let index = first; index <= last; index++) {
    const { x, y } = (walk[index] as FollowedBody).body;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return Math.hypot(right - left, bottom - top);
}
