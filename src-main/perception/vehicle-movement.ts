/** Attributes of how a look's vehicles move: how fast, what stops suddenly, what goes against the others. */
import type { Attribute } from './attributes.ts';
import { boxAround } from './box.ts';
import type { FrameObservation } from './frame-observation.ts';
import { energyIn } from './motion-attributes.ts';
import { attributeFrom, largest, ninthDecile, type Sample } from './sample.ts';
import { speedChangesAlong, type Step, velocitiesAlong, type Velocity } from './tracks/path.ts';
import type { Track } from './tracks/track-objects.ts';

/** A vehicle moves where this share of its cells moves. */
export const movingShare = 0.1;
/** What boxes jitter by over the time of a speed, in box diagonals. */
const slack = 0.05;
/** A box this near the picture's edge is cut off by it: its middle moves as more of it comes into view. */
const edge = 0.005;
/** Slower than this nothing has a direction, lengths per second. */
const leastSpeed = 0.3;
/** Vehicles go through the same place where their middles come this near, in lengths. */
const samePlace = 0.35;
/** So many others must go through a place for there to be a way that they go. */
const fewestOthers = 2;

interface Drive {
  readonly velocities: readonly Velocity[];
  readonly steps: readonly Step[];
}

/** Of `frames` in which the object net looked, in order of time. */
export function vehicleMovementAttributes(frames: readonly FrameObservation[], tracks: readonly Track[]): Attribute[] {
  const at = new Map(frames.map((frame) => [frame.time, frame]));
  const drives = tracks
    .filter(({ kind }) => kind === 'vehicle')
    .map(({ points }): Drive => {
      const steps = stepsOf(points, at);
      return { steps, velocities: velocitiesAlong(steps, slack) };
    });
  const changes = drives.flatMap(({ steps }) => speedChangesAlong(steps, slack));
  const speeds = drives.flatMap(({ velocities }) => velocities.map(speedSample));
  return [
    ...attributeFrom('vehicle-speed', ninthDecile(speeds)),
    ...attributeFrom('vehicle-stop', largest(changes.map((change) => ({ ...change, value: change.lost })))),
    ...attributeFrom('against-flow', largest(drives.flatMap((drive) => againstOthers(drive, drives)))),
  ];
}

const speedSample = ({ speed, times, place }: Velocity): Sample => ({ value: speed, times, place });

/** Where nothing moves in the picture, a box that wanders is a mistake of the net: it stays where it was. */
function stepsOf(points: Track['points'], frames: ReadonlyMap<number, FrameObservation>): Step[] {
  const steps: Step[] = [];
  let joined = true;
  let wasMoving = false;
  for (const { time, box, coasted, doubtful } of points) {
    const frame = frames.get(time);
    joined &&= !doubtful;
    if (coasted || frame === undefined || box.x < edge || box.x + box.width > 1 - edge) continue;
    if (box.y < edge || box.y + box.height > 1 - edge) continue;
    const moving = energyIn(frame, box) >= movingShare;
    const before = steps.at(-1);
    const place = { x: (box.x + box.width / 2) * frame.aspect, y: box.y + box.height / 2 };
    const stays = before !== undefined && !moving && !wasMoving;
    const size = Math.hypot(box.width * frame.aspect, box.height);
    steps.push({ time, ...(stays ? { x: before.x, y: before.y } : place), size, box, joined });
    joined = true;
    wasMoving = moving;
  }
  return steps;
}

/** Of those that went through the same place as a vehicle, the share that went the opposite way. */
function againstOthers(drive: Drive, drives: readonly Drive[]): Sample[] {
  const moving = drive.velocities.filter(({ speed }) => speed >= leastSpeed);
  const [first] = moving;
  if (first === undefined) return [];
  const opposites = drives.flatMap((other) => (other === drive ? [] : (isOpposite(moving, other) ?? [])));
  if (opposites.length < fewestOthers) return [];
  return [
    {
      value: opposites.filter((opposite) => opposite).length / opposites.length,
      times: moving.flatMap(({ times }) => times),
      place: boxAround(moving.map(({ place }) => place)),
    },
  ];
}

/** Whether `other` went the opposite way (by more than 120°) where both went; null where they share no place. */
function isOpposite(moving: readonly Velocity[], other: Drive): boolean | null {
  let [shared, cosines] = [0, 0];
  for (const one of moving) {
    for (const two of other.velocities) {
      if (two.speed < leastSpeed) continue;
      const distance = Math.hypot(one.at.x - two.at.x, one.at.y - two.at.y);
      if (distance > samePlace * Math.sqrt(one.at.size * two.at.size)) continue;
      shared++;
      cosines += (one.x * two.x + one.y * two.y) / (Math.hypot(one.x, one.y) * Math.hypot(two.x, two.y));
    }
  }
  return shared === 0 ? null : cosines / shared <= -0.5;
}
