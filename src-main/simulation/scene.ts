/** The description of a scene as pure data: place, light, camera, everyone's plan, and what of it is an incident. */
import type { Colour } from './colour.ts';
import type { DefaultClassId } from '../contract/taxonomy.ts';
import type { Interval } from '../math/interval.ts';
import type { Gait } from './people/gait.ts';
import type { GlowPlan, PaintPlan, ThingPlan } from './scene-effects.ts';
import type { TravelKey } from './geometry/path.ts';
import type { GroundPoint, Vector3 } from './geometry/vector.ts';
import type { View } from './geometry/view.ts';

export type { Colour };

/** What an incident can be, by the contract's ids; a twin of one (a bag that is fetched again, say) is no incident. */
export const incidentClasses = [
  'fight',
  'fall',
  'running',
  'theft',
  'loitering',
  'left-behind-object',
  'vandalism',
  'collision',
  'intrusion',
  'crowd-disturbance',
  'fire-smoke-explosion',
  'wrong-way',
] as const satisfies readonly DefaultClassId[];
export type IncidentClass = (typeof incidentClasses)[number];

export type GroundKind = 'asphalt' | 'paving' | 'slabs' | 'grass' | 'tiles' | 'kerb';

/** A convex part of the ground; later ones lie on earlier ones. */
export interface GroundPatch {
  readonly kind: GroundKind;
  readonly corners: readonly GroundPoint[];
}

/** A painted strip of the ground; `dash` metres on, as much off; 0 is solid. */
export interface Marking {
  readonly from: GroundPoint;
  readonly to: GroundPoint;
  readonly width: number;
  readonly dash: number;
}

export type Material =
  'brick' | 'plaster' | 'concrete' | 'facade' | 'shopfront' | 'wood' | 'metal' | 'leaves' | 'lamp' | 'tiles';

export type Prop =
  /** `at` is the middle of the footprint; `size` along x, y, z before turning by `yaw`. */
  | {
      readonly kind: 'box';
      readonly at: GroundPoint;
      readonly base: number;
      readonly size: Vector3;
      readonly yaw: number;
      readonly material: Material;
      readonly colour: Colour;
    }
  | {
      readonly kind: 'cylinder';
      readonly at: GroundPoint;
      readonly base: number;
      readonly height: number;
      readonly radius: number;
      readonly material: Material;
      readonly colour: Colour;
    }
  | { readonly kind: 'foliage'; readonly at: Vector3; readonly radius: number; readonly colour: Colour }
  /** Upright bars, `bar` metres thick and `gap` apart, with a rail below and above. */
  | {
      readonly kind: 'fence';
      readonly from: GroundPoint;
      readonly to: GroundPoint;
      readonly height: number;
      readonly bar: number;
      readonly gap: number;
      readonly colour: Colour;
    };

/** A lamp that lights its surroundings; strength 1 lights white paper fully at one metre. */
export interface Lamp {
  readonly at: Vector3;
  readonly colour: Colour;
  readonly strength: number;
}

export interface Light {
  readonly kind: 'day' | 'dusk' | 'night' | 'indoor';
  /** Unit vector towards the sun and what it gives; null when it is down. */
  readonly sun: { readonly towards: Vector3; readonly colour: Colour } | null;
  readonly ambient: Colour;
  readonly sky: { readonly zenith: Colour; readonly horizon: Colour };
  readonly lamps: readonly Lamp[];
  /** Linear light to picture: a surface that returns 1 / exposure is nearly white. */
  readonly exposure: number;
  /** Standard deviation of the sensor's noise in 8-bit steps at mid grey. */
  readonly noise: number;
  /** Share by which passing clouds or the mains change the brightness, slowly. */
  readonly flicker: number;
}

/** The fixed part of the picture. */
export interface Place {
  readonly base: GroundKind;
  readonly patches: readonly GroundPatch[];
  readonly markings: readonly Marking[];
  readonly props: readonly Prop[];
  readonly parked: readonly ParkedVehicle[];
}

export type VehicleKind = 'car' | 'estate' | 'van';

export interface ParkedVehicle {
  readonly kind: VehicleKind;
  readonly colour: Colour;
  readonly at: GroundPoint;
  readonly heading: number;
}

export interface Appearance {
  /** Metres. */
  readonly stature: number;
  /** Girth against the average. */
  readonly build: number;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly hairStyle: 'short' | 'long' | 'cap' | 'bald';
  readonly top: Colour;
  /** The shirt under an open jacket, or the same as `top`. */
  readonly shirt: Colour;
  readonly topKind: 'tee' | 'jumper' | 'jacket' | 'coat';
  readonly bottom: Colour;
  readonly bottomKind: 'trousers' | 'shorts' | 'skirt';
  readonly shoes: Colour;
}

/** How someone stays where they are. */
export type Manner = 'stand' | 'talk' | 'phone' | 'watch' | 'crouch' | 'lie' | 'guard' | 'spray' | 'offer';

/** A blow in a fight: who gives it is the act's owner. */
export type Blow = 'jab' | 'hook' | 'kick' | 'shove';

/** What someone does in [start, end); acts of a person follow each other without a gap. */
export type Act =
  | {
      readonly kind: 'move';
      readonly start: number;
      readonly end: number;
      readonly gait: Gait;
      readonly points: readonly GroundPoint[];
    }
  | {
      readonly kind: 'hold';
      readonly start: number;
      readonly end: number;
      readonly manner: Manner;
      readonly at: GroundPoint;
      readonly heading: number;
    }
  | {
      readonly kind: 'fight';
      readonly start: number;
      readonly end: number;
      readonly centre: GroundPoint;
      readonly bearing: number;
      readonly spin: number;
      readonly distance: number;
      readonly blows: readonly { readonly time: number; readonly blow: Blow }[];
      readonly hits: readonly number[];
      /** When the two have each other by the shoulders and wrestle. */
      readonly grapples: readonly Interval[];
      /** Each moves the middle between the two by `by` metres from `time` on, within a second. */
      readonly surges: readonly { readonly time: number; readonly by: GroundPoint }[];
    }
  /** Kicks and hits something that stands before them. */
  | {
      readonly kind: 'strike';
      readonly start: number;
      readonly end: number;
      readonly at: GroundPoint;
      readonly heading: number;
      readonly blows: readonly { readonly time: number; readonly blow: Blow }[];
    }
  /** Falls from `at` along `heading` and lies there until the act's end. */
  | {
      readonly kind: 'fall';
      readonly start: number;
      readonly end: number;
      readonly at: GroundPoint;
      readonly heading: number;
      readonly backwards: boolean;
      readonly speed: number;
    }
  | {
      readonly kind: 'rise';
      readonly start: number;
      readonly end: number;
      readonly at: GroundPoint;
      readonly heading: number;
      readonly backwards: boolean;
    }
  /** Bends down to put something on the ground or to take it up. */
  | {
      readonly kind: 'reach-down';
      readonly start: number;
      readonly end: number;
      readonly at: GroundPoint;
      readonly heading: number;
    }
  | {
      readonly kind: 'climb';
      readonly start: number;
      readonly end: number;
      readonly from: GroundPoint;
      readonly to: GroundPoint;
      readonly height: number;
    };

export interface PersonPlan {
  readonly id: string;
  readonly appearance: Appearance;
  readonly acts: readonly Act[];
}

/** A way with the times at which so much of it lies behind; where the distance falls again, the vehicle backs up. */
export interface Drive {
  readonly points: readonly GroundPoint[];
  readonly travel: readonly TravelKey[];
}

export interface VehiclePlan extends Drive {
  readonly id: string;
  readonly kind: VehicleKind;
  readonly colour: Colour;
  /** What it drives from `time` on, having stood still on its first way. */
  readonly onward?: Drive & { readonly time: number };
  /** From `time` on the vehicle is pushed by `push` metres and turned by `spin` radians, dying out within a second. */
  readonly crash: { readonly time: number; readonly push: GroundPoint; readonly spin: number } | null;
}

export interface BagPlan {
  readonly id: string;
  readonly kind: 'holdall' | 'suitcase' | 'backpack';
  readonly colour: Colour;
  /** Who has it or where it stands, from each time on; the first from before the recording. */
  readonly stays: readonly BagStay[];
}

export type BagStay =
  { readonly from: number; readonly carrier: string } | { readonly from: number; readonly at: GroundPoint };

export interface IncidentPlan {
  readonly class: IncidentClass;
  readonly start: number;
  readonly end: number;
  /** Ids of the persons, vehicles and bags concerned. */
  readonly participants: readonly string[];
}

export interface Scene {
  readonly camera: string;
  /** Local wall-clock time of the first frame, `YYYY-MM-DDTHH:MM:SS`. */
  readonly startsAt: string;
  readonly seed: string;
  readonly seconds: number;
  readonly frameRate: number;
  readonly width: number;
  readonly height: number;
  readonly view: View;
  readonly light: Light;
  readonly place: Place;
  readonly persons: readonly PersonPlan[];
  readonly vehicles: readonly VehiclePlan[];
  readonly bags: readonly BagPlan[];
  readonly incidents: readonly IncidentPlan[];
  /** How heavily it rains: absent or 0 for not at all, 1 for a downpour. */
  readonly rain?: number;
  readonly things?: readonly ThingPlan[];
  readonly glows?: readonly GlowPlan[];
  readonly paints?: readonly PaintPlan[];
}
