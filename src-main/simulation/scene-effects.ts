/** What a scene has beside persons, vehicles and bags: loose things, unsteady lights, paint on walls. */
import type { GroundPoint, Vector3 } from './geometry/vector.ts';
import type { Colour } from './colour.ts';

/** A loose thing of the place that someone may knock over: it lies from `toppled` on. */
export interface ThingPlan {
  readonly id: string;
  readonly kind: 'bin';
  readonly colour: Colour;
  readonly at: GroundPoint;
  readonly toppled: { readonly time: number; readonly heading: number } | null;
}

/** Light of its own that is not steady: flames with smoke, or a sign that flickers. `at` is the middle of its foot. */
export interface GlowPlan {
  readonly kind: 'flames' | 'sign';
  readonly at: Vector3;
  /** Metres; flames grow to it within seconds and die down before the end. */
  readonly width: number;
  readonly height: number;
  readonly start: number;
  readonly end: number;
}

/** A line that somebody sprays on a wall from `start` to `end` and that stays. */
export interface PaintPlan {
  readonly points: readonly Vector3[];
  /** Metres. */
  readonly width: number;
  readonly colour: Colour;
  readonly start: number;
  readonly end: number;
}
