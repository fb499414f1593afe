import { describe, expect, it } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { filmScene, frameCount } from './frames.ts';
import { vector } from './geometry/vector.ts';
import { tracksOf, type TruthBox } from './ground-truth.ts';
import { Script } from './people/script.ts';
import type { Scene } from './scene.ts';
import { someone } from './scenes/people.ts';
import { daylight } from './scenes/lighting.ts';
import { box } from './scenes/props.ts';
import { sampleScenes } from './scenes/sample.ts';

const walker = new Script('person-1', someone(randomFrom('walker')), { x: -5, z: 9 }, 0)
  .walk(1.4, { x: 5, z: 9 })
  .plan();
/** Somebody crosses a square, a car passes beyond. */
const square: Scene = {
  camera: 'Square',
  startsAt: '2026-03-14T08:15:00',
  seed: 'square',
  seconds: 6,
  frameRate: 5,
  width: 320,
  height: 180,
  view: { position: vector(0, 3, 0), yaw: 0, pitch: 0.2, focal: 0.9 },
  light: { ...daylight(-2.4, 0.8), flicker: 0 },
  place: {
    base: 'slabs',
    patches: [],
    markings: [],
    props: [],
    parked: [{ kind: 'van', colour: [0.5, 0.5, 0.5], at: { x: 5, z: 20 }, heading: 0 }],
  },
  persons: [walker],
  vehicles: [
    {
      id: 'vehicle-1',
      kind: 'car',
      colour: [0.4, 0.05, 0.05],
      points: [
        { x: -20, z: 16 },
        { x: 20, z: 16 },
      ],
      travel: [
        { time: 0, distance: 0 },
        { time: 6, distance: 40 },
      ],
      crash: null,
    },
  ],
  bags: [{ id: 'bag-1', kind: 'backpack', colour: [0.02, 0.02, 0.02], stays: [{ from: 0, carrier: 'person-1' }] }],
  incidents: [],
};
const wall = box(-2.6, 7, vector(1.2, 2.4, 0.3), 'brick', [0.3, 0.1, 0.1]);
const walled: Scene = { ...square, place: { ...square.place, props: [wall] } };
const deserted: Scene = { ...square, persons: [], vehicles: [], bags: [] };

const inside = ([x, y, width, height]: TruthBox, column: number, row: number, margin: number): boolean =>
  column >= x * 320 - margin &&
  column < (x + width) * 320 + margin &&
  row >= y * 180 - margin &&
  row < (y + height) * 180 + margin;

/** Change of brightness from picture `a` to picture `b` at (column, row). */
const brighter = (a: Uint8Array, b: Uint8Array, column: number, row: number): number => {
  const at = 3 * (row * 320 + column);
  return [0, 1, 2].reduce((sum, channel) => sum + (b[at + channel] ?? 0) - (a[at + channel] ?? 0), 0);
};

describe('filmScene', () => {
  const [film, empty] = [[...filmScene(square).frames], [...filmScene(deserted).frames]];

  it('films as many frames as the scene lasts', () => {
    expect(film).toHaveLength(frameCount(square));
    expect(film.map(({ truth }) => truth.time)).toEqual(Array.from({ length: 30 }, (_, index) => index / 5));
  });

  it('gives the same bytes for the same scene', () => {
    const again = [...filmScene(square).frames];
    for (const [index, { rgb, truth }] of again.entries()) {
      expect(Buffer.compare(rgb, film[index]?.rgb ?? new Uint8Array())).toBe(0);
      expect(truth).toEqual(film[index]?.truth);
    }
  });

  it('gives other noise to every frame and every seed', () => {
    const other = filmScene({ ...deserted, seed: 'other' }).frames.next().value;
    expect(Buffer.compare(empty[0]?.rgb ?? new Uint8Array(), empty[1]?.rgb ?? new Uint8Array())).not.toBe(0);
    expect(Buffer.compare(empty[0]?.rgb ?? new Uint8Array(), other?.rgb ?? new Uint8Array())).not.toBe(0);
  });

  it('changes pixels only inside the boxes, but for shadows, which darken', () => {
    const strays: string[] = [];
    const changed = film.map(({ rgb, truth }, index) => {
      const before = empty[index]?.rgb ?? new Uint8Array();
      let count = 0;
      for (let row = 0; row < 180; row++) {
        // The car shows at the edge before a quarter of it is in the picture.
        for (let column = 13; column < 308; column++) {
          const change = brighter(before, rgb, column, row);
          const within = truth.boxes.some(({ box: area }) => inside(area, column, row, 1.5));
          if (within && Math.abs(change) > 30) count++;
          if (!within && change > 3) strays.push(`frame ${index} at ${column}, ${row}: ${change}`);
        }
      }
      return truth.boxes.length > 0 ? count : Infinity;
    });
    expect(strays).toEqual([]);
    expect(Math.min(...changed)).toBeGreaterThan(20);
  });

  it('draws boxes that touch the figure on all four sides', () => {
    const alone = [...filmScene({ ...square, vehicles: [], bags: [] }).frames];
    let checked = 0;
    for (const [index, { rgb, truth }] of alone.entries()) {
      const seen = truth.boxes[0];
      // The lower edge is left to the shadow.
      if (seen === undefined || seen.visible < 0.98 || seen.box[0] < 0.05 || seen.box[0] + seen.box[2] > 0.95) continue;
      const before = empty[index]?.rgb ?? new Uint8Array();
      const [left, top, width] = [seen.box[0] * 320, seen.box[1] * 180, seen.box[2] * 320];
      const bare = alone[index]?.rgb ?? rgb;
      let [first, last, highest] = [320, 0, 180];
      for (let row = 0; row < (seen.box[1] + seen.box[3] * 0.6) * 180; row++) {
        for (let column = 0; column < 320; column++) {
          if (Math.abs(brighter(before, bare, column, row)) < 45) continue;
          highest = Math.min(highest, row);
          first = Math.min(first, column);
          last = Math.max(last, column);
        }
      }
      checked++;
      expect(Math.abs(highest - top)).toBeLessThan(2.5);
      expect(first).toBeGreaterThan(left - 1.5);
      expect(last).toBeLessThan(left + width + 1.5);
    }
    expect(checked).toBeGreaterThan(5);
  });

  it('says how much a wall hides', () => {
    const shares = [...filmScene(walled).frames].flatMap(({ truth }) =>
      truth.boxes.filter(({ track }) => track === 'person-1').map(({ visible }) => visible),
    );
    expect(Math.min(...shares)).toBeLessThan(0.7);
    expect(Math.max(...shares)).toBeGreaterThan(0.95);
  });

  it('lists parked vehicles once and everyone who moves as tracks', () => {
    const parked = filmScene(square).parked;
    expect(parked.map(({ track }) => track)).toEqual(['parked-1']);
    const tracks = tracksOf(
      film.map(({ truth }) => truth),
      square,
    );
    expect(new Set(tracks.map(({ id, kind }) => `${id} ${kind}`))).toEqual(
      new Set(['person-1 person', 'vehicle-1 vehicle', 'bag-1 bag']),
    );
  });

  it('keeps boxes within the picture and moves them without jumps', () => {
    const scene = sampleScenes(3).find(({ camera }) => camera === 'Plaza');
    if (scene === undefined) throw new Error('the sample has no plaza');
    const short: Scene = { ...scene, seconds: 4, width: 160, height: 90 };
    const last = new Map<string, TruthBox>();
    const jumps: number[] = [];
    for (const { truth } of filmScene(short).frames) {
      const now = new Set(truth.boxes.map(({ track }) => track));
      for (const { track, box: area, visible } of truth.boxes) {
        const [x, y, width, height] = area;
        for (const value of [x, y, visible]) expect(value).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(1 + 1e-9);
        expect(y + height).toBeLessThanOrEqual(1 + 1e-9);
        const before = last.get(track) ?? area;
        jumps.push(
          Math.abs(x + width / 2 - before[0] - before[2] / 2),
          Math.abs(y + height / 2 - before[1] - before[3] / 2),
        );
        last.set(track, area);
      }
      for (const track of last.keys()) if (!now.has(track)) last.delete(track);
    }
    expect(Math.max(...jumps)).toBeLessThan(0.08);
  });
});
