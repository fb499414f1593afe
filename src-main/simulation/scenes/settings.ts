/** The five places of the simulator, each with its camera, light, ways and traffic. */
import * as carPark from './car-park-place.ts';
import * as crossing from './crossing-place.ts';
import * as frontGate from './front-gate-place.ts';
import { lightFor } from './lighting.ts';
import * as passage from './passage-place.ts';
import * as plaza from './plaza-place.ts';
import type { Setting } from './setting.ts';
import { carParkTraffic, laneTraffic } from './traffic.ts';

export const settings = {
  Plaza: {
    ...{ view: plaza.view, place: plaza.place, routes: plaza.routes, spots: plaza.spots },
    light: (request) => lightFor(request, plaza.lighting),
    sheltered: false,
    traffic: null,
  },
  Crossing: {
    ...{ view: crossing.view, place: crossing.place, routes: crossing.routes, spots: crossing.spots },
    light: (request) => lightFor(request, crossing.lighting),
    sheltered: false,
    traffic: (random, request) => ({
      vehicles: laneTraffic(random, crossing.mainLanes, request),
      people: [],
      bags: [],
    }),
  },
  'Front gate': {
    ...{ view: frontGate.view, place: frontGate.place, spots: frontGate.spots },
    routes: [...frontGate.routes, ...frontGate.routes, ...frontGate.throughGate],
    light: (request) => lightFor(request, frontGate.lighting),
    sheltered: false,
    traffic: null,
  },
  Passage: {
    ...{ view: passage.view, place: passage.place, routes: passage.routes, spots: passage.spots },
    light: () => passage.light,
    sheltered: true,
    traffic: null,
  },
  'Car park': {
    ...{ view: carPark.view, place: carPark.place, routes: carPark.routes, spots: carPark.spots },
    light: (request) => lightFor(request, carPark.lighting),
    sheltered: false,
    traffic: carParkTraffic,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;
