/** Zones only ever take away, by foot points and by cells, and leave what is cached as it is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Zone, ZoneKind, ZonePoint } from '../contract/zone.ts';
import { motionColumns, motionRows } from './motion.ts';
import { figureAt, frameAt, posedAt, thingAt } from './testing/frames.ts';
import { observeWindow } from './window-observation.ts';
import { frameThroughZones, zoneMask } from './zones.ts';

const zone = (kind: ZoneKind, points: readonly ZonePoint[]): Zone => ({
  id: kind,
  name: '',
  kind,
  points: [...points],
});
const rectangle = (left: number, top: number, right: number, bottom: number): ZonePoint[] => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];
const leftHalf = rectangle(0, 0, 0.5, 1);

describe('a mask', () => {
  test('is none without zones', () => {
    expect(zoneMask([])).toBeNull();
  });

  test('counts what is looked at and not ignored', () => {
    const mask = zoneMask([zone('look', leftHalf), zone('ignore', rectangle(0, 0, 0.25, 1))]);
    expect([0.1, 0.3, 0.7].map((x) => mask?.counts(x, 0.5))).toEqual([false, true, false]);
  });

  test('counts everything but the ignored where nothing is to be looked at', () => {
    const mask = zoneMask([zone('ignore', leftHalf)]);
    expect([0.1, 0.7].map((x) => mask?.counts(x, 0.5))).toEqual([false, true]);
  });

  test('knows the inside of a dented polygon', () => {
    const dented = zone('look', [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0.5, y: 0.2 },
      { x: 0, y: 1 },
    ]);
    const mask = zoneMask([dented]);
    expect(mask?.counts(0.5, 0.1)).toBe(true);
    expect(mask?.counts(0.5, 0.6)).toBe(false);
    expect(mask?.counts(0.05, 0.7)).toBe(true);
  });

  test('covers of the cells what the polygon covers of the picture', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (a, b, c, d) => {
        const [left, right, top, bottom] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)];
        const cells = zoneMask([zone('look', rectangle(left, top, right, bottom))])?.cells ?? new Float32Array();
        const covered = cells.reduce((sum, value) => sum + value, 0) / cells.length;
        // Six samples a side: the sides of the rectangle may be off by half of their distance.
        expect(Math.abs(covered - (right - left) * (bottom - top))).toBeLessThan(0.03);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a frame through zones', () => {
  const ignoreLeft = zoneMask([zone('ignore', leftHalf)]);

  test('keeps persons and things by where they stand', () => {
    const frame = frameAt(0, {
      objects: [figureAt(0.45, 0.5, 0.4), figureAt(0.55, 0.5, 0.4), thingAt(2, 0.2, 0.5, 0.2)],
      persons: [posedAt(0.45, 0.5, 0.4), posedAt(0.55, 0.5, 0.4)],
    });
    const shown = frameThroughZones(frame, ignoreLeft);
    expect(shown.objects).toEqual([frame.objects?.[1]]);
    expect(shown.persons).toEqual([frame.persons?.[1]]);
  });

  test('a head in an ignored part does not hide whose feet are elsewhere', () => {
    const ignoreTop = zoneMask([zone('ignore', rectangle(0, 0, 1, 0.5))]);
    const frame = frameAt(0, { persons: [posedAt(0.5, 0.4, 0.5), posedAt(0.5, 0.2, 0.3)] });
    expect(frameThroughZones(frame, ignoreTop).persons).toEqual([frame.persons?.[0]]);
  });

  test('feet at and below the lower edge are in the picture', () => {
    const lookBottom = zoneMask([zone('look', rectangle(0, 0.5, 1, 1))]);
    const frame = frameAt(0, { persons: [posedAt(0.5, 0.8, 0.4), posedAt(0.5, 0.9, 0.4)] });
    expect(frameThroughZones(frame, lookBottom).persons).toHaveLength(2);
  });

  test('a net that did not look stays unknown', () => {
    expect(frameThroughZones(frameAt(0, { objects: null, persons: null }), ignoreLeft)).toMatchObject({
      objects: null,
      persons: null,
    });
  });

  test('takes the motion of ignored cells away and nothing else', () => {
    const frame = frameAt(0, { moving: { x: 0.25, y: 0, width: 0.5, height: 1 } });
    const shown = frameThroughZones(frame, ignoreLeft);
    expect(shown.motion.energy).toBeCloseTo(frame.motion.energy / 2, 6);
    const moving = Array.from(shown.motion.grid.keys()).filter((cell) => (shown.motion.grid[cell] ?? 0) > 0);
    expect(moving.every((cell) => cell % motionColumns >= motionColumns / 2)).toBe(true);
    expect(moving).toHaveLength((motionRows * motionColumns) / 4);
    expect(shown.motion.global).toEqual(frame.motion.global);
  });

  test('without any motion left it stands still', () => {
    const frame = frameAt(0, { moving: { x: 0, y: 0, width: 0.5, height: 1 } });
    expect(frameThroughZones(frame, ignoreLeft).motion).toMatchObject({
      energy: 0,
      erratic: 0,
      flow: { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 },
    });
  });

  test('never shows more than the frame, and leaves the frame as it is', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const points = fc.array(fc.record({ x: share, y: share }), { minLength: 3, maxLength: 8 });
    const zones = fc.array(fc.tuple(fc.constantFrom<ZoneKind>('look', 'ignore'), points), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(zones, share, share, (drawn, x, y) => {
        const frame = frameAt(0, {
          objects: [figureAt(x, y, 0.3)],
          persons: [posedAt(y, x, 0.2)],
          moving: { x: x / 2, y: y / 2, width: 0.5, height: 0.5 },
        });
        const before = structuredClone(frame);
        const shown = frameThroughZones(frame, zoneMask(drawn.map(([kind, each]) => zone(kind, each))));
        expect(frame).toEqual(before);
        expect(shown.objects?.length).toBeLessThanOrEqual(1);
        expect(shown.persons?.length).toBeLessThanOrEqual(1);
        expect(shown.motion.energy).toBeLessThanOrEqual(frame.motion.energy + 1e-6);
        expect(shown.motion.grid.every((value, cell) => value <= (frame.motion.grid[cell] ?? 0) + 1e-6)).toBe(true);
        expect(shown.motion.flow.peak).toBeLessThanOrEqual(frame.motion.flow.peak);
      }),
      { numRuns: 200 },
    );
  });

  test('a window shows what is left: as if the ignored person had not been there', () => {
    const frames = [0, 1, 2, 3].map((time) =>
      frameAt(time, { persons: [posedAt(0.2, 0.5, 0.4), posedAt(0.8 - 0.05 * time, 0.5, 0.4)] }),
    );
    const alone = [0, 1, 2, 3].map((time) => frameAt(time, { persons: [posedAt(0.8 - 0.05 * time, 0.5, 0.4)] }));
    const shown = frames.map((frame) => frameThroughZones(frame, ignoreLeft));
    expect(observeWindow(shown, 0, 4)).toEqual(observeWindow(alone, 0, 4));
    expect(observeWindow(frames, 0, 4)).not.toEqual(observeWindow(alone, 0, 4));
  });
});
