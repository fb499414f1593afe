import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box, Person } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { motionColumns, motionRows, type MotionObservation } from '../motion.ts';
import { bodyChange } from './body-change.ts';
import { bodyForm } from './body-form.ts';
import { bodyMotion, cellsOf } from './body-motion.ts';
import { dynamicsOf } from './dynamics.ts';
import { type Figure, figuresOf, matched } from './figures.ts';
import { motionChange } from './motion-change.ts';
import { cellMotion, energyPlace, entropy, everyCell, motionForm, neighbourDisagreement } from './motion-form.ts';
import { type Measurement, quantityDefinitions, quantityNames, scaledQuantity } from './quantities.ts';

const cells = motionColumns * motionRows;
const cellAt = (column: number, row: number) => row * motionColumns + column;

/** A picture in which the listed cells move. */
function motionOf(
  moving: readonly { cell: number; share?: number; x?: number; y?: number; speed?: number }[],
): MotionObservation {
  const grid = new Float32Array(cells);
  const velocity = new Float32Array(2 * cells);
  const speed = new Float32Array(cells);
  for (const { cell, share = 0.5, x = 0, y = 0, speed: inside = Math.hypot(x, y) } of moving) {
    grid[cell] = share;
    velocity.set([x, y], 2 * cell);
    speed[cell] = inside;
  }
  return {
    lag: 0.2,
    energy: grid.reduce((sum, value) => sum + value, 0) / cells,
    grid,
    velocity,
    speed,
    global: { light: 0, shiftX: 0, shiftY: 0, cut: false },
    flow: { speed: 0.3, peak: 0.4, x: 0, y: 0, coherence: 0.5 },
    erratic: 0.2,
  };
}

/** Shares of the height of a standing person, from head to ankles, and how far apart left and right are. */
const standing = [0.05, 0.04, 0.04, 0.05, 0.05, 0.18, 0.18, 0.35, 0.35, 0.48, 0.48, 0.47, 0.47, 0.72, 0.72, 0.95, 0.95];

function personAt(box: Box, move: (index: number) => readonly [number, number] = () => [0, 0]): Person {
  const points = standing.flatMap((share, index) => {
    const [dx, dy] = move(index);
    return [box.x + (index % 2 === 0 ? 0.6 : 0.4) * box.width + dx, box.y + share * box.height + dy, 0.8];
  });
  return { score: 0.9, box, keypoints: Float32Array.from(points) };
}

const frameAt = (time: number, motion: MotionObservation, persons: Person[] | null = []): FrameObservation => ({
  time,
  aspect: 2,
  motion,
  objects: persons === null ? null : [],
  persons,
});

const figuresIn = (...persons: Person[]) => figuresOf(frameAt(0, motionOf([]), persons)) ?? [];
const valueOf = (measured: readonly Measurement[], name: string) => measured.find(([found]) => found === name)?.[1];
const body: Box = { x: 0.4, y: 0.3, width: 0.1, height: 0.5 };
const moved = (box: Box, x: number, y = 0): Box => ({ ...box, x: box.x + x, y: box.y + y });

describe('quantities', () => {
  test('every one has a scale, and a larger value is a larger number in [0, 1]', () => {
    const value = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...quantityNames), value, value, (name, a, b) => {
        const [low, high] = [scaledQuantity(name, Math.min(a, b)), scaledQuantity(name, Math.max(a, b))];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
    expect(scaledQuantity('speed', 0.25)).toBe(0.5);
    expect(scaledQuantity('coherence', 0.7)).toBe(0.7);
  });

  test('those of the picture need no nets', () => {
    const frames = [0, 0.125, 0.25, 0.5].map((time) => frameAt(time, motionOf([{ cell: 3, x: 1 }, { cell: 4 }]), null));
    const named = [...dynamicsOf(frames).keys()];
    expect(named.toSorted()).toEqual(
      quantityNames.filter((name) => quantityDefinitions[name].of === 'picture').toSorted(),
    );
  });
});

describe('form of motion', () => {
  test('two cells against each other: no coherence, full order, two of eight directions', () => {
    const motion = motionOf([
      { cell: 5, x: 0.4 },
      { cell: 6, x: -0.4 },
    ]);
    const { flow, unexplained } = cellMotion(motion, everyCell);
    expect(unexplained).toBe(0);
    expect(flow?.coherence).toBeCloseTo(0, 6);
    expect(flow?.order).toBeCloseTo(1, 6);
    expect(flow?.speed).toBeCloseTo(0.4, 6);
    expect(flow?.dispersion).toBeCloseTo(0.4, 6);
    expect(flow?.directions).toBeCloseTo(Math.log(2) / Math.log(8), 6);
    expect(flow?.vertical).toBe(0);
    expect(neighbourDisagreement(motion)).toBeCloseTo(0.8, 6);
  });

  test('what cancels inside a cell takes from its order', () => {
    const { flow } = cellMotion(motionOf([{ cell: 5, x: 0.2, y: 0, speed: 0.8 }]), everyCell);
    expect(flow?.order).toBeCloseTo(0.25, 6);
    expect(flow?.coherence).toBeCloseTo(0.25, 6);
  });

  test('cells without a displacement are unexplained, by their share; still cells do not count', () => {
    const motion = motionOf([
      { cell: 1, share: 0.6, x: 1 },
      { cell: 2, share: 0.2 },
      { cell: 9, share: 0.04 },
    ]);
    expect(cellMotion(motion, everyCell).unexplained).toBeCloseTo(0.25, 6);
    expect(cellMotion(motion, [9, 20])).toEqual({ flow: null, unexplained: null });
    expect(cellMotion(motion, [2])).toEqual({ flow: null, unexplained: 1 });
  });

  test('entropy runs from one cell to all alike', () => {
    expect(entropy([0, 3, 0, 0])).toBe(0);
    expect(entropy([2, 2, 2, 2])).toBeCloseTo(1, 12);
    expect(entropy([0, 0])).toBe(0);
  });

  test('the place of what moves', () => {
    const { grid } = motionOf([{ cell: cellAt(0, 4) }, { cell: cellAt(15, 4) }]);
    const place = energyPlace(grid);
    expect(place.x).toBeCloseTo(0.5, 6);
    expect(place.y).toBeCloseTo(0.5, 6);
    expect(place.spread).toBeCloseTo(15 / 32, 6);
  });

  test('a still picture has its stillness and no form', () => {
    expect(motionForm(motionOf([]))).toEqual([['energy', 0]]);
  });
});

describe('change of motion', () => {
  const over = { seconds: 0.25, aspect: 2, span: 'quarter' } as const;

  test('who goes on as before changes nothing; who turns round changes by twice the speed', () => {
    const right = motionOf([{ cell: 20, x: 0.5 }]);
    const left = motionOf([{ cell: 20, x: -0.5 }]);
    const same = motionChange(right, right, over);
    expect(valueOf(same, 'velocity-change:quarter')).toBe(0);
    expect(valueOf(same, 'likeness:quarter')).toBeCloseTo(1, 6);
    expect(valueOf(same, 'flicker:quarter')).toBe(0);
    expect(valueOf(same, 'drift:quarter')).toBe(0);
    const turned = motionChange(right, left, over);
    expect(valueOf(turned, 'velocity-step:quarter')).toBeCloseTo(1, 6);
    expect(valueOf(turned, 'velocity-change:quarter')).toBeCloseTo(1 / 0.52, 6);
  });

  test('what goes on elsewhere drifts in picture heights per second and leaves no cell to compare', () => {
    const found = motionChange(
      motionOf([{ cell: cellAt(2, 4), x: 1 }]),
      motionOf([{ cell: cellAt(3, 4), x: 1 }]),
      over,
    );
    expect(valueOf(found, 'drift:quarter')).toBeCloseTo((2 / motionColumns) * 4, 6);
    expect(valueOf(found, 'flicker:quarter')).toBe(1);
    expect(valueOf(found, 'velocity-change:quarter')).toBeUndefined();
    expect(motionChange(motionOf([]), motionOf([{ cell: 1 }]), over)).toEqual([]);
  });
});

describe('persons', () => {
  test('the cells of a box are those whose middle is within half a cell of it', () => {
    fc.assert(
      // Thousandths that never fall on an edge of a cell.
      fc.property(fc.integer({ min: 0, max: 899 }), fc.integer({ min: 10, max: 500 }), (place, extent) => {
        const [at, size] = [(place + 0.37) / 1000, (extent + 0.41) / 1000];
        const box = { x: at, y: 0.9 - at, width: size, height: size };
        const naive = everyCell.filter((cell) => {
          const x = ((cell % motionColumns) + 0.5) / motionColumns;
          const y = (Math.floor(cell / motionColumns) + 0.5) / motionRows;
          const [halfX, halfY] = [0.5 / motionColumns, 0.5 / motionRows];
          return x >= box.x - halfX && x <= box.x + size + halfX && y >= box.y - halfY && y <= box.y + size + halfY;
        });
        expect(cellsOf(box)).toEqual(naive);
      }),
    );
  });

  test('motion inside a person is in body heights, motion beside it is not counted', () => {
    const inside = cellsOf(body).map((cell) => ({ cell, x: 0.25 }));
    const measured = bodyMotion(motionOf([...inside, { cell: 0, x: -1 }]), figuresIn(personAt(body)));
    expect(valueOf(measured, 'body-speed')).toBeCloseTo(0.5, 1);
    expect(valueOf(measured, 'body-coherence')).toBeCloseTo(1, 6);
    expect(valueOf(measured, 'bodies-density')).toBeCloseTo(0.5, 6);
    expect(valueOf(measured, 'bodies-share')).toBeCloseTo(inside.length / (inside.length + 1), 6);
    expect(bodyMotion(motionOf(inside), [])).toEqual([]);
  });

  test('two who overlap are a pair that touches, of which one bends', () => {
    const bent = personAt(moved(body, 0.05), (index) => (index < 7 ? [0.12, 0.12] : [0, 0]));
    const measured = bodyForm(figuresIn(personAt(body), bent), motionOf([]), 2);
    expect(valueOf(measured, 'count')).toBe(2);
    expect(valueOf(measured, 'touching')).toBe(1);
    expect(valueOf(measured, 'pair-overlap')).toBeCloseTo(1 / 3, 3);
    expect(measured.filter(([name]) => name === 'leaning').map(([, value]) => value)).toEqual([0, 1]);
    expect(bodyForm([], motionOf([]), 2)).toEqual([
      ['count', 0],
      ['pair-overlap', 0],
      ['touching', 0],
      ['pair-energy', 0],
    ]);
  });

  test('who is who: nearest first, each once, nobody beyond reach', () => {
    const [one, two] = figuresIn(personAt(body), personAt(moved(body, 0.06)));
    const [near, far] = figuresIn(personAt(moved(body, 0.05)), personAt(moved(body, 0.4)));
    expect(matched([one, two] as Figure[], [near, far] as Figure[])).toEqual([[two, near]]);
    const small = figuresIn(personAt({ ...body, width: 0.05, height: 0.2 }));
    expect(matched([one as Figure], small)).toEqual([]);
  });

  test('who walks has a speed and keeps the pose; who strikes keeps the place', () => {
    const over = { seconds: 0.125, span: 'eighth' } as const;
    const start = figuresIn(personAt(body));
    const walked = bodyChange(start, figuresIn(personAt(moved(body, 0.0125))), over);
    const size = start[0]?.size ?? NaN;
    expect(valueOf(walked, 'walk:eighth')).toBeCloseTo(0.025 / size / 0.125, 4);
    expect(valueOf(walked, 'pose-rate:eighth')).toBeCloseTo(0, 4);
    expect(valueOf(walked, 'turn-rate:eighth')).toBeCloseTo(0, 4);
    const struck = bodyChange(start, figuresIn(personAt(body, (index) => (index === 9 ? [0.1, 0] : [0, 0]))), over);
    expect(valueOf(struck, 'walk:eighth')).toBe(0);
    expect(valueOf(struck, 'wrist-rate:eighth')).toBeCloseTo((0.2 * 16) / 17 / size / 0.125, 4);
    expect(valueOf(struck, 'pose-peak:eighth')).toBe(valueOf(struck, 'wrist-rate:eighth'));
    expect(bodyChange(start, [], over)).toEqual([['unmatched:eighth', 1]]);
    expect(bodyChange([], [], over)).toEqual([]);
  });
});

describe('a look', () => {
  const moving = motionOf([{ cell: 20, x: 0.25 }]);

  test('mean, outer tenths and the share of frames that tell', () => {
    const frames = Array.from({ length: 20 }, (_, index) =>
      frameAt(index, motionOf([{ cell: 20, share: index < 10 ? 0 : (index - 9) / 10 }])),
    );
    const found = dynamicsOf(frames);
    expect(found.get('energy')?.share).toBe(1);
    const peak = found.get('energy-peak');
    // Below two thousandths of the picture there is no form: 0.1 and 0.2 of one cell of 144 are less.
    expect(peak?.share).toBe(8 / 20);
    expect([peak?.low, peak?.high]).toEqual([expect.closeTo(0.3, 6), expect.closeTo(1, 6)]);
    expect(peak?.mean).toBeCloseTo(0.65, 6);
  });

  test('spans are told only by frames that far apart', () => {
    const at = (...times: number[]) =>
      [...dynamicsOf(times.map((time) => frameAt(time, moving))).keys()].filter((name) => name.startsWith('drift'));
    expect(at(0, 1, 2)).toEqual([]);
    expect(at(0, 0.25)).toEqual(['drift:quarter']);
    expect(at(0, 0.125, 0.25, 0.375, 0.5)).toEqual(['drift:eighth', 'drift:quarter', 'drift:half']);
    expect(at(0, 1 / 12)).toEqual([]);
    expect(at(0, 1 / 12, 2 / 12)).toEqual(['drift:eighth']);
  });

  test('a cut tells nothing of motion, and no frames tell nothing', () => {
    const cut = { ...moving, global: { ...moving.global, cut: true } };
    expect([...dynamicsOf([frameAt(0, cut, null), frameAt(0.125, cut, null)]).keys()]).toEqual([]);
    expect(dynamicsOf([]).size).toBe(0);
  });
});
