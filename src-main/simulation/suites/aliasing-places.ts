/** Where the twins of the aliasing suite stand and meet: two places, filmed so that people fill half the height. */
import type { GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { settings, type SettingName } from '../scenes/settings.ts';

export interface TwinPlace {
  readonly camera: SettingName;
  readonly hour: SceneRequest['hour'];
  /** The camera of the setting, zoomed in on what it is about. */
  readonly view: View;
  /** Where the one stands of whom it is about. */
  readonly here: GroundPoint;
  /** Where they stand who change places, and where they go: farther off, as nothing moves as much as who runs. */
  readonly lane: readonly [from: GroundPoint, to: GroundPoint];
  /** Beside `here`: where a second one stands who is with them, and where they wait otherwise. */
  readonly beside: GroundPoint;
  readonly apart: GroundPoint;
  /** Where a third one stands. */
  readonly aside: GroundPoint;
  /** The middle of the picture, which all look at. */
  readonly middle: GroundPoint;
}

const point = (x: number, z: number): GroundPoint => ({ x, z });

export const twinPlaces: readonly TwinPlace[] = [
  {
    ...{ camera: 'Plaza', hour: 'day' },
    view: { ...settings.Plaza.view, yaw: 0.148, pitch: 0.28, focal: 3 },
    here: point(-0.9, 12),
    lane: [point(-0.6, 16.2), point(3.8, 16)],
    beside: point(0.02, 12),
    apart: point(1.1, 14.4),
    aside: point(3, 14.6),
    middle: point(0.8, 12.5),
  },
  {
    ...{ camera: 'Passage', hour: 'indoor' },
    view: { ...settings.Passage.view, yaw: -0.37, pitch: 0.245, focal: 2 },
    here: point(-3.4, 11.4),
    lane: [point(-4.8, 16.4), point(-1, 16.4)],
    beside: point(-2.48, 11.4),
    apart: point(-1.6, 14),
    aside: point(-3.1, 15.4),
    middle: point(-1.6, 11.8),
  },
];
