import { describe, expect, it } from 'vitest';
import { filmScene } from '../frames.ts';
import { vector } from '../geometry/vector.ts';
import { project, projectionFrom } from '../geometry/view.ts';
import type { Light, Scene } from '../scene.ts';
import { box } from '../scenes/props.ts';

const [width, height] = [320, 180];
const light: Light = {
  kind: 'night',
  sun: null,
  ambient: [0.03, 0.03, 0.04],
  sky: { zenith: [0, 0, 0], horizon: [0, 0, 0] },
  lamps: [{ at: vector(0, 6, 10), colour: [1, 1, 1], strength: 14 }],
  exposure: 1.8,
  // The picture itself is what these tests are about.
  noise: 0,
  flicker: 0,
};
const empty: Scene = {
  camera: 'Yard',
  startsAt: '2026-03-14T23:00:00',
  seed: 'yard',
  seconds: 4,
  frameRate: 2,
  ...{ width, height },
  view: { position: vector(0, 4, 0), yaw: 0, pitch: 0.3, focal: 0.9 },
  light,
  place: {
    base: 'slabs',
    patches: [],
    markings: [],
    props: [box(0, 18, vector(30, 6, 1), 'plaster', [0.4, 0.4, 0.4])],
    parked: [],
  },
  persons: [],
  vehicles: [],
  bags: [],
  incidents: [],
};
const film = (change: Partial<Scene>): Uint8Array[] =>
  [...filmScene({ ...empty, ...change }).frames].map(({ rgb }) => rgb);
const projection = projectionFrom(empty.view, width, height);

/** Brightness of the pixel that shows (x, y, z), 0 to 765. */
function brightnessAt(picture: Uint8Array | undefined, x: number, y: number, z: number): number {
  const seen = project(projection, vector(x, y, z));
  const at = 3 * (Math.floor(seen.y) * width + Math.floor(seen.x));
  return (picture?.[at] ?? 0) + (picture?.[at + 1] ?? 0) + (picture?.[at + 2] ?? 0);
}
/** Share of pixels, below the printed clock, in which two pictures differ. */
function changed(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  let count = 0;
  for (let at = 3 * width * 20; at < 3 * width * (height - 20); at += 3)
    if (Math.abs((a?.[at] ?? 0) - (b?.[at] ?? 0)) > 4) count++;
  return count / (width * (height - 40));
}

const still = film({});

describe('a scene in which nothing happens', () => {
  it('is the same in every frame of a sensor without noise', () => {
    for (const picture of still) expect(changed(picture, still[0])).toBe(0);
  });
});

describe('rain', () => {
  it('draws streaks that are other ones in every frame, more of them the harder it rains', () => {
    const [light0, heavy] = [film({ rain: 0.2 }), film({ rain: 1 })];
    expect(changed(light0[0], light0[1])).toBeGreaterThan(0.001);
    expect(changed(heavy[0], still[0])).toBeGreaterThan(2.5 * changed(light0[0], still[0]));
    expect(changed(heavy[0], still[0])).toBeLessThan(0.2);
  });

  it('is the same for the same seed', () => {
    expect(Buffer.compare(film({ rain: 1 })[3] ?? still[0]!, film({ rain: 1 })[3] ?? still[1]!)).toBe(0);
  });
});

describe('headlights', () => {
  const driving = film({
    vehicles: [
      {
        id: 'vehicle-1',
        kind: 'car',
        colour: [0.3, 0.3, 0.3],
        points: [
          { x: -30, z: 12 },
          { x: 30, z: 12 },
        ],
        travel: [
          { time: -2, distance: 0 },
          { time: 6, distance: 60 },
        ],
        crash: null,
      },
    ],
  });

  it('light the ground ahead of a vehicle, not behind it', () => {
    // At 2 s it is in the middle, its bumper at x = 2.15.
    const [before, now] = [still[4], driving[4]];
    expect(brightnessAt(now, 5, 0, 12)).toBeGreaterThan(1.3 * brightnessAt(before, 5, 0, 12));
    expect(Math.abs(brightnessAt(now, -6, 0, 12) - brightnessAt(before, -6, 0, 12))).toBeLessThan(4);
  });
});

describe('flames', () => {
  const burning = film({
    glows: [{ kind: 'flames', at: vector(0, 0, 11), width: 1, height: 1.4, start: -10, end: 20 }],
  });

  it('are bright, lick, and light what stands around', () => {
    const hottest = burning.map((picture) => brightnessAt(picture, 0, 0.3, 11));
    expect(Math.min(...hottest)).toBeGreaterThan(350);
    expect(brightnessAt(burning[0], 1.6, 0, 10.4)).toBeGreaterThan(1.15 * brightnessAt(still[0], 1.6, 0, 10.4));
    expect(changed(burning[2], burning[3])).toBeGreaterThan(0.01);
  });

  it('are not there before they are lit', () => {
    const later = film({ glows: [{ kind: 'flames', at: vector(0, 0, 11), width: 1, height: 1.4, start: 3, end: 20 }] });
    expect(changed(later[5], still[5])).toBe(0);
  });
});

describe('paint', () => {
  const spraying = film({
    paints: [
      {
        points: [vector(-1, 1.6, 17.49), vector(1, 1.6, 17.49)],
        width: 0.3,
        colour: [0.9, 0.9, 0.9],
        start: 1,
        end: 3,
      },
    ],
  });

  it('comes onto the wall from one end to the other, and stays', () => {
    const light1 = (frame: number, x: number) => brightnessAt(spraying[frame], x, 1.6, 17.4);
    expect(light1(1, -0.9)).toBe(brightnessAt(still[1], -0.9, 1.6, 17.4));
    // At 2 s half of it is there.
    expect(light1(4, -0.5)).toBeGreaterThan(light1(1, -0.5) + 30);
    expect(light1(4, 0.8)).toBe(light1(1, 0.8));
    expect(light1(7, 0.8)).toBeGreaterThan(light1(1, 0.8) + 30);
  });
});
