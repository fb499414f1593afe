/** The light of scenes: a clear day, dawn, a covered sky, dusk and night under lamps, and indoors. */
import type { Lamp, Light } from '../scene.ts';
import { normalized, vector } from '../geometry/vector.ts';
import type { SceneRequest } from './request.ts';

/** A clear or hazy day; the sun stands `height` radians high in the direction of `bearing`. */
export function daylight(bearing: number, height: number, clear = 1): Light {
  const towards = normalized(
    vector(Math.sin(bearing) * Math.cos(height), Math.sin(height), Math.cos(bearing) * Math.cos(height)),
  );
  return {
    kind: 'day',
    sun: { towards, colour: [2.75 * clear, 2.52 * clear, 2.1 * clear] },
    ambient: [0.72, 0.79, 0.92],
    sky: { zenith: [0.35, 0.62, 1.2], horizon: [1.15, 1.25, 1.35] },
    lamps: [],
    exposure: 0.56 - 0.1 * (clear - 0.7),
    noise: 1.6,
    flicker: 0.012,
  };
}

const dusk = (lamps: readonly Lamp[]): Light => ({
  kind: 'dusk',
  sun: null,
  ambient: [0.13, 0.165, 0.25],
  sky: { zenith: [0.06, 0.1, 0.22], horizon: [0.34, 0.27, 0.3] },
  lamps,
  exposure: 1.5,
  noise: 3,
  flicker: 0.006,
});

export const indoors = (lamps: readonly Lamp[]): Light => ({
  kind: 'indoor',
  sun: null,
  ambient: [0.72, 0.72, 0.7],
  sky: { zenith: [0.5, 0.5, 0.5], horizon: [0.5, 0.5, 0.5] },
  lamps,
  exposure: 0.78,
  noise: 2.2,
  flicker: 0.004,
});

/** The sun a hand's breadth above the roofs: warm, with long shadows, most of the light from the sky. */
const dawn = (bearing: number): Light => {
  const { sun, ...day } = daylight(bearing, 0.27);
  return {
    ...day,
    sun: sun === null ? null : { ...sun, colour: [1.25, 0.86, 0.5] },
    ambient: [0.42, 0.47, 0.6],
    sky: { zenith: [0.24, 0.38, 0.75], horizon: [1.1, 0.85, 0.68] },
    exposure: 0.88,
    noise: 2,
  };
};

/** A covered sky: light from everywhere, and no shadow but where things touch the ground. */
const overcast: Light = {
  kind: 'day',
  sun: null,
  ambient: [0.86, 0.9, 0.96],
  sky: { zenith: [0.78, 0.82, 0.88], horizon: [0.9, 0.93, 0.96] },
  lamps: [],
  exposure: 0.88,
  noise: 2,
  flicker: 0.008,
};

/** Lamps and little else; the sensor amplifies what there is, and its noise with it. */
const night = (lamps: readonly Lamp[]): Light => ({
  kind: 'night',
  sun: null,
  ambient: [0.028, 0.034, 0.052],
  sky: { zenith: [0.012, 0.015, 0.026], horizon: [0.05, 0.042, 0.04] },
  lamps,
  exposure: 2.1,
  noise: 4,
  flicker: 0.004,
});

/** What lights a place outdoors: where its sun stands by day (radians), and its lamps after dark. */
export interface Lighting {
  readonly bearing: number;
  readonly height: number;
  readonly lamps: readonly Lamp[];
}

/** The light of a place outdoors as `request` asks for it. Rain comes from a covered sky. */
export function lightFor({ hour, rain }: SceneRequest, { bearing, height, lamps }: Lighting): Light {
  switch (hour) {
    case 'dawn':
      return rain > 0 ? { ...overcast, exposure: 1.1, noise: 3 } : dawn(bearing);
    case 'day':
    case 'indoor':
      return rain > 0 ? overcast : daylight(bearing, height);
    case 'dusk':
      return dusk(lamps);
    case 'night':
      return night(lamps);
    default:
      return hour satisfies never;
  }
}
