/** Where the twins of the aliasing suite stand, meet and pass by: two places in which people are large in the picture. */
import type { GroundPoint } from '../geometry/vector.ts';
import type { SceneRequest } from '../scenes/request.ts';
import type { SettingName } from '../scenes/settings.ts';

export interface TwinPlace {
  readonly camera: SettingName;
  readonly hour: SceneRequest['hour'];
  /** Where the one stands of whom it is about, and where they go when they change places. */
  readonly here: GroundPoint;
  readonly there: GroundPoint;
  /** Beside `here`: where a second one stands who is with them, and where they wait otherwise. */
  readonly beside: GroundPoint;
  readonly apart: GroundPoint;
  /** Where others stand, two of them. */
  readonly others: readonly [GroundPoint, GroundPoint];
  /** The middle of the picture, which all look at. */
  readonly middle: GroundPoint;
  /** A way close to the camera from outside of the picture to its other side. */
  readonly passing: readonly GroundPoint[];
}

const point = (x: number, z: number): GroundPoint => ({ x, z });

export const twinPlaces: readonly TwinPlace[] = [
  {
    ...{ camera: 'Plaza', hour: 'day' },
    here: point(-0.9, 12),
    there: point(3.1, 11.6),
    beside: point(0.02, 12),
    apart: point(1.1, 14.4),
    others: [point(-1.4, 15), point(3.4, 14.6)],
    middle: point(0.8, 12.5),
    passing: [point(-8, 9.9), point(-2, 9.9), point(4, 10.2), point(9, 10.6)],
  },
  {
    ...{ camera: 'Passage', hour: 'indoor' },
    here: point(-3.6, 11.4),
    there: point(0.2, 11.2),
    beside: point(-2.68, 11.4),
    apart: point(-1.6, 14),
    others: [point(-3.9, 14.6), point(0.6, 14.2)],
    middle: point(-1.6, 11.8),
    passing: [point(1.2, 3.4), point(-1, 8.6), point(-1.2, 17), point(-1.2, 30.7)],
  },
];
