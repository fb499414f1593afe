/** How a policy looked and what its claims rest on: usage of operators, evidence, faithfulness; pairs of one source. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidencePrecision } from './evidence-precision.ts';
import { faithfulnessOf } from './faithfulness.ts';
import { operatorEntropy } from './operator-usage.ts';
import { sourcePairAuc } from './source-pairs.ts';

describe('entropy of operators', () => {
  test('by hand', () => {
    expect(operatorEntropy({ SAMPLE: 5, EXPAND: 5, BACKTRACK: 5, THINK: 5 }, 4)).toBe(1);
    expect(operatorEntropy({ SAMPLE: 9, EXPAND: 0 }, 4)).toBe(0);
    // Two of four alike: one bit of two.
    expect(operatorEntropy({ SAMPLE: 3, EXPAND: 3 }, 4)).toBeCloseTo(0.5, 12);
    // H(3/4, 1/4) = .8113 bits.
    expect(operatorEntropy({ SAMPLE: 3, EXPAND: 1 }, 2)).toBeCloseTo(0.8112781, 6);
  });

  test('without a step or a choice there is none', () => {
    expect([operatorEntropy({}, 4), operatorEntropy({ SAMPLE: 0 }, 4), operatorEntropy({ SAMPLE: 3 }, 1)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(() => operatorEntropy({ A: 1, B: 1 }, 1)).toThrow(RangeError);
  });

  test('it is the mean surprise of the steps in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }), (steps) => {
        const share = (step: string) => steps.filter((each) => each === step).length / steps.length;
        const naive = steps.reduce((sum, step) => sum - Math.log2(share(step)), 0) / steps.length / Math.log2(5);
        const counts = Object.fromEntries(['A', 'B', 'C'].map((name) => [name, share(name) * steps.length]));
        expect(operatorEntropy(counts, 5)).toBeCloseTo(naive, 12);
      }),
    );
  });
});

describe('evidence', () => {
  const truths = [{ recording: 'a', class: 'fight', start: 10, end: 20 }];

  test('is right inside a true interval of its own recording', () => {
    const marks = [10, 19.9, 20, 5].map((time) => ({ recording: 'a', time }));
    expect(evidencePrecision(marks, truths)).toBe(0.5);
    expect(evidencePrecision(marks, truths, 1)).toBe(0.75);
    expect(evidencePrecision([{ recording: 'b', time: 15 }], truths)).toBe(0);
    expect(evidencePrecision([], truths)).toBeNull();
  });

  test('second by second', () => {
    const whole = fc.integer({ min: 0, max: 12 });
    const interval = fc.tuple(whole, whole).map(([start, length]) => ({
      ...{ recording: 'a', class: 'x', start, end: start + length },
    }));
    fc.assert(
      fc.property(fc.array(interval), fc.array(whole, { minLength: 1 }), (intervals, times) => {
        const covered = new Set(
          intervals.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, offset) => start + offset)),
        );
        const marks = times.map((time) => ({ recording: 'a', time }));
        expect(evidencePrecision(marks, intervals)).toBe(
          times.filter((time) => covered.has(time)).length / times.length,
        );
      }),
    );
  });
});

describe('faithfulness', () => {
  const check = (flaggedShare: number, flipsWithoutFlagged: boolean, flipsWithoutOther: boolean) => ({
    ...{ flaggedShare, flipsWithoutFlagged, flipsWithoutOther },
  });

  test('is what the flagged interval flips and another does not; large flags do not count', () => {
    const checks = [check(0.2, true, false), check(0.4, true, true), check(0.6, true, false), check(0.3, false, false)];
    const figure = faithfulnessOf(checks);
    expect(figure?.faithfulness).toBeCloseTo(1 / 3, 12);
    expect(figure?.flipsWithoutOther).toBeCloseTo(1 / 3, 12);
    expect(figure?.meanFlaggedShare).toBeCloseTo(0.3, 12);
    expect(figure?.checks).toBe(3);
  });

  test('a verdict that any cut flips is faithful to none', () => {
    expect(faithfulnessOf([check(0.5, true, true)])?.faithfulness).toBe(0);
    expect(faithfulnessOf([check(0.1, false, true)])?.faithfulness).toBe(-1);
    expect(faithfulnessOf([check(0.9, true, false)])).toBeNull();
    expect(faithfulnessOf([])).toBeNull();
  });
});

describe('pairs of one source', () => {
  const item = fc.record({
    source: fc.integer({ min: 0, max: 3 }),
    score: fc.integer({ min: 0, max: 4 }),
    label: fc.constantFrom(0 as const, 1 as const),
  });

  test('each pair in turn', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const results = items.flatMap((a) =>
          items.flatMap((b) =>
            a.source === b.source && a.label === 1 && b.label === 0 ? [(Math.sign(a.score - b.score) + 1) / 2] : [],
          ),
        );
        const figure = sourcePairAuc(items);
        expect(figure?.pairs ?? 0).toBe(results.length);
        const naive = results.reduce((sum, result) => sum + result, 0) / (results.length || 1);
        expect(figure?.auc ?? 0).toBeCloseTo(naive, 12);
      }),
    );
  });

  test('a score that tells the source apart is worth nothing', () => {
    const items = [0, 1].flatMap((source) => [
      ...Array.from({ length: source === 0 ? 9 : 1 }, () => ({ source, score: source, label: 0 as const })),
      ...Array.from({ length: source === 0 ? 1 : 9 }, () => ({ source, score: source, label: 1 as const })),
    ]);
    expect(sourcePairAuc(items)).toEqual({ auc: 0.5, pairs: 18 });
  });
});
