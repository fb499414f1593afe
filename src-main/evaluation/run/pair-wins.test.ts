import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rocAuc } from '../metrics/roc.ts';
import { countScores } from '../metrics/score-counts.ts';
import { aucOfSample, pairWins } from './pair-wins.ts';

const unit = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), label: fc.integer({ min: 0, max: 1 }) }), {
  maxLength: 12,
});
const drawn = fc.array(unit, { minLength: 1, maxLength: 6 }).chain((units) =>
  fc.record({
    units: fc.constant(units),
    weights: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: units.length, maxLength: units.length }),
  }),
);

describe('wins by pairs of units', () => {
  test('the AUC of any resample is that of its frames written out', () => {
    fc.assert(
      fc.property(drawn, ({ units, weights }) => {
        const table = pairWins(
          units.map((frames) => ({
            scores: Float64Array.from(frames, ({ score }) => score),
            labels: Uint8Array.from(frames, ({ label }) => label),
          })),
        );
        const frames = units.flatMap((own, index) => Array.from({ length: weights[index] ?? 0 }, () => own).flat());
        const naive = rocAuc(
          countScores(
            frames.map(({ score }) => score),
            frames.map(({ label }) => label),
          ),
        );
        const auc = aucOfSample(table, weights);
        expect(auc === null).toBe(naive === null);
        expect(auc ?? 0).toBeCloseTo(naive ?? 0, 12);
      }),
    );
  });

  test('a score that is no number has no place in an order', () => {
    expect(() => pairWins([{ scores: Float64Array.of(Number.NaN), labels: Uint8Array.of(1) }])).toThrow(
      /Score 0 is NaN/,
    );
  });
});
