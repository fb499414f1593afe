import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logitOf, sigmoid } from '../math/logistic.ts';
import { flaggedSpans, scoreOfFrames, scoresAt } from './score.ts';

const point = fc.record({
  time: fc.double({ min: 0, max: 60, noNaN: true }),
  interval: fc.constantFrom(0.125, 0.5, 2, 16),
  logit: fc.double({ min: -6, max: 6, noNaN: true }),
});

describe('frame-level scores', () => {
  it('S1: follow the formula where it can be worked out by hand', () => {
    // At the frame's own time k = 1: (2 + ½·(−4)) / 1.5 = 0; one bandwidth away k = e^(−½).
    const evidence = [{ time: 10, interval: 2, logit: 2 }];
    const k = Math.exp(-0.5);
    expect(scoresAt([10, 12, 500], evidence, -4)).toEqual([
      0.5,
      expect.closeTo(1 / (1 + Math.exp(-((2 * k - 2) / (k + 0.5)))), 12),
      expect.closeTo(sigmoid(-4), 12),
    ]);
  });

  it('S1: lie between the weakest and the strongest evidence, the prior among them', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 20 }), fc.double({ min: 0, max: 60, noNaN: true }), (evidence, time) => {
        const [score = NaN] = scoresAt([time], evidence, -3);
        const logits = [-3, ...evidence.map(({ logit }) => logit)];
        expect(score).toBeGreaterThanOrEqual(sigmoid(Math.min(...logits)) - 1e-9);
        expect(score).toBeLessThanOrEqual(sigmoid(Math.max(...logits)) + 1e-9);
      }),
    );
  });

  it('S2: are at least an interval’s score inside it, and untouched outside', () => {
    const times = [1, 2, 2.999, 3];
    const plain = scoresAt(times, [], -4);
    expect(scoresAt(times, [], -4, [{ start: 2, end: 3, score: 0.7 }])).toEqual([plain[0], 0.7, 0.7, plain[3]]);
  });

  it('S3: one frame alone says little', () => {
    expect(scoreOfFrames([4], -4)).toBeCloseTo(sigmoid(-4 / 3), 12);
    expect(scoreOfFrames([4, 4, 4, -9], -4)).toBeCloseTo(sigmoid(4), 12);
    expect(scoreOfFrames([], -4)).toBeCloseTo(sigmoid(-4), 12);
    expect(sigmoid(logitOf(0.2))).toBeCloseTo(0.2, 12);
  });
});

describe('flagged intervals', () => {
  const seen = [{ start: 0, end: 30 }];
  const levels = (peaks: readonly (readonly [number, number, number])[]) => (times: readonly number[]) =>
    times.map((time) => peaks.find(([start, end]) => time >= start && time < end)?.[2] ?? 0.1);

  it('F1: begin and end where the score crosses the low threshold, and reach the high one', () => {
    expect(
      flaggedSpans(
        seen,
        levels([
          [5, 8, 0.4],
          [8, 9, 0.6],
          [9, 12, 0.35],
          [20, 25, 0.45],
        ]),
      ),
    ).toEqual([{ start: 5, end: 12, score: 0.6 }]);
  });

  it('F2: never hold what was not seen', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(spans, fc.array(point, { maxLength: 30 }), (drawn, evidence) => {
        let at = 0;
        const parts = drawn.map(([gap, length]) => {
          const start = at + gap / 8 + 0.125;
          at = start + length / 8;
          return { start, end: at };
        });
        const flags = flaggedSpans(parts, (times) => scoresAt(times, evidence, -2));
        for (const flag of flags) {
          expect(parts.some(({ start, end }) => flag.start >= start && flag.end <= end)).toBe(true);
          expect(flag.end).toBeGreaterThan(flag.start);
          expect(flag.score).toBeGreaterThanOrEqual(0.5);
        }
      }),
    );
  });
});
