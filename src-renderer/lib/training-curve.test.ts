import { describe, expect, it } from 'vitest';
import type { TrainingPoint } from '../../src-main/contract/training.ts';
import {
  hasValues,
  held,
  lineOf,
  operatorShares,
  roundStarts,
  stacked,
  stepAxis,
  valueAt,
  withPoint,
} from './training-curve.ts';

const point = (round: number, step: number, changes: Partial<TrainingPoint> = {}): TrainingPoint => ({
  ...{ round, step, seconds: step, utility: null, success: null, information: null, cost: null, localisation: null },
  ...{ margin: null, chosenLogProb: null, parseRate: null, loss: null, operators: {} },
  ...changes,
});

describe('the curves of a run', () => {
  it('tell what was known at a point, not only what was measured there', () => {
    const line = lineOf([point(0, 0), point(1, 1, { utility: 0.2 }), point(1, 2), point(1, 3)], 'utility');
    expect(line).toEqual([null, 0.2, null, null]);
    expect([0, 1, 3, 9].map((index) => valueAt(line, index))).toEqual([null, 0.2, 0.2, 0.2]);
    expect(held(line)).toEqual([null, 0.2, 0.2, 0.2]);
    expect(hasValues(line)).toBe(true);
    expect(hasValues([null, null])).toBe(false);
  });

  it('share out the operators, known ones in their order and others after them', () => {
    const points = [
      point(0, 0, { operators: { SAMPLE: 6, FINAL: 2, ZOOM: 2 } }),
      point(1, 1),
      point(1, 2, { operators: { BACKTRACK: 1, FINAL: 1 } }),
    ];
    const shares = operatorShares(points);
    expect(shares.map(({ operator }) => operator)).toEqual(['BACKTRACK', 'SAMPLE', 'FINAL', 'ZOOM']);
    expect(shares.map((each) => each.shares)).toEqual([
      [0, null, 0.5],
      [0.6, null, 0],
      [0.2, null, 0.5],
      [0.2, null, 0],
    ]);
    const top = stacked(shares.map((each) => each.shares)).at(-1);
    expect(top).toEqual([expect.closeTo(1, 12), null, expect.closeTo(1, 12)]);
  });

  it('know where a round begins; what comes before the first is no round', () => {
    const points = [point(0, 0), point(1, 0), point(1, 8), point(2, 8), point(2, 16)];
    expect(roundStarts(points)).toEqual([8]);
    expect(stepAxis(points)).toEqual([0, 0, 8, 8, 16]);
    expect(stepAxis([point(1, 4), point(1, 2)])).toEqual([4, 4]);
  });

  it('grow by points, and go back where a resumed run tells them again', () => {
    const [a, b, c] = [point(1, 1, { loss: 3 }), point(1, 2, { loss: 2 }), point(1, 3, { loss: 1 })];
    expect(withPoint([a, b], c)).toEqual([a, b, c]);
    const again = point(1, 2, { margin: 0.1 });
    expect(withPoint([a, b, c], again)).toEqual([a, { ...b, margin: 0.1 }]);
    expect(withPoint([a, c], b)).toEqual([a, b]);
  });
});
