/** A vehicle that comes the wrong way: against the lane of a street, or against the arrows of a car park. */
import type { Random } from '../../../math/random.ts';
import { pathThrough } from '../../geometry/path.ts';
import type { GroundPoint } from '../../geometry/vector.ts';
import type { VehiclePlan } from '../../scene.ts';
import type { Staging } from '../setting.ts';

/**
 * Drives `points` at `speed` m/s, in the middle of them at `begins`. Half lengths beyond the picture's edges are seen
 * from when the vehicle's nose comes in until its rear has left: `visible` metres to either side of the middle.
 */
export function wrongWay(
  random: Random,
  points: readonly GroundPoint[],
  begins: number,
  speed: number,
  visible: number,
): Staging {
  const { length } = pathThrough(points);
  const half = length / 2 / speed;
  const vehicle: VehiclePlan = {
    id: 'vehicle-s1',
    kind: random.pick(['car', 'estate', 'van'] as const),
    colour: random.pick([
      [0.5, 0.5, 0.5],
      [0.03, 0.06, 0.18],
      [0.3, 0.03, 0.03],
    ] as const),
    points,
    crash: null,
    travel: [
      { time: begins - half, distance: 0 },
      { time: begins + half, distance: length },
    ],
  };
  const seen = visible / speed;
  return {
    people: [],
    vehicles: [vehicle],
    incidents: [{ class: 'wrong-way', start: begins - seen, end: begins + seen, participants: ['vehicle-s1'] }],
    shunned: [],
  };
}
