/** A camera's place with the ways that people and cars take in it, and scenes composed of what happens there. */
import type { GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { BagPlan, IncidentPlan, Light, PersonPlan, Place, Scene, VehiclePlan } from '../scene.ts';
import type { GlowPlan, PaintPlan, ThingPlan } from '../scene-effects.ts';
import type { Random } from '../../math/random.ts';
import type { Shunned } from './people.ts';
import type { SceneRequest } from './request.ts';

/** Somewhere to stand, wait or meet. */
export interface Spot {
  readonly at: GroundPoint;
  /** Each from outside of the picture up to the spot, itself not among them. */
  readonly ways: readonly (readonly GroundPoint[])[];
}

/** Vehicles over a recording; `quiet` are times in which the road stays free, or only its lane of that name. */
export interface TrafficRequest {
  readonly seconds: number;
  /** Vehicles a minute. */
  readonly perMinute: number;
  readonly quiet: readonly { readonly start: number; readonly end: number; readonly lane?: string }[];
}

export interface Traffic {
  readonly vehicles: readonly VehiclePlan[];
  /** Who gets out of them or into them. */
  readonly people: readonly PersonPlan[];
  readonly bags: readonly BagPlan[];
}

export interface Setting {
  readonly view: View;
  readonly place: Place;
  readonly light: (request: SceneRequest) => Light;
  readonly sheltered: boolean;
  /** Ways across the picture for people. */
  readonly routes: readonly (readonly GroundPoint[])[];
  readonly spots: readonly Spot[];
  /** Vehicles, where there are any. */
  readonly traffic: ((random: Random, request: TrafficRequest) => Traffic) | null;
}

/** What is staged in a scene, apart from the life that goes on around it. */
export interface Staging {
  readonly people: readonly PersonPlan[];
  readonly vehicles?: readonly VehiclePlan[];
  readonly bags?: readonly BagPlan[];
  readonly things?: readonly ThingPlan[];
  readonly glows?: readonly GlowPlan[];
  readonly paints?: readonly PaintPlan[];
  /** None for the innocent twin of an incident. */
  readonly incidents: readonly IncidentPlan[];
  /** Where nobody else goes while it happens. */
  readonly shunned: readonly Shunned[];
}

/** The scene of `setting` with what is staged and the life around it. */
export function composed(
  request: SceneRequest,
  setting: Setting,
  staging: Staging,
  life: {
    readonly people: readonly PersonPlan[];
    readonly vehicles: readonly VehiclePlan[];
    readonly bags: readonly BagPlan[];
  },
): Scene {
  return {
    ...request.frame,
    view: setting.view,
    place: setting.place,
    light: setting.light(request),
    seconds: request.seconds,
    persons: [...staging.people, ...life.people],
    vehicles: [...(staging.vehicles ?? []), ...life.vehicles],
    bags: [...(staging.bags ?? []), ...life.bags],
    incidents: staging.incidents,
    rain: setting.sheltered ? 0 : request.rain,
    things: staging.things ?? [],
    glows: staging.glows ?? [],
    paints: staging.paints ?? [],
  };
}
