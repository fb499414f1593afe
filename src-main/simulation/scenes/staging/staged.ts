/** An entry of the catalogue: what is staged, where, in which lights, and when. */
import type { Random } from '../../../math/random.ts';
import type { GroundPoint } from '../../geometry/vector.ts';
import type { SceneRequest } from '../request.ts';
import type { Spot, Staging } from '../setting.ts';
import { settings, type SettingName } from '../settings.ts';

export interface Staged {
  /** The class of the incident, with `-twin` for what only looks like one. */
  readonly kind: string;
  readonly camera: SettingName;
  /** One recording for each. */
  readonly hours: readonly SceneRequest['hour'][];
  readonly seconds: number;
  /** When it happens, as shares of the recording: [earliest, latest]. */
  readonly when: readonly [number, number];
  /** Seconds before and after in which no other vehicle comes; where absent traffic goes on. */
  readonly quiet?: readonly [number, number];
  /** The only lane in which none comes; all of them where absent. */
  readonly quietLane?: string;
  readonly stage: (random: Random, begins: number, seconds: number) => Staging;
}

/** A way through [x, z] points, metres. */
export const way = (...points: readonly (readonly [x: number, z: number])[]): readonly GroundPoint[] =>
  points.map(([x, z]) => ({ x, z }));

/** Somewhere to stand at a place. Errors: RangeError where the place has no such spot. */
export function spotOf(camera: SettingName, number: number): Spot {
  const spot = settings[camera].spots[number];
  if (spot === undefined) throw new RangeError(`${camera} has no spot ${number}`);
  return spot;
}
