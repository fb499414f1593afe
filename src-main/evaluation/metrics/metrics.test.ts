import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapSpread, pairedBootstrap } from './bootstrap.ts';
import { calibrationOf } from './calibration.ts';
import { averagePrecision, precisionRecallArea, precisionRecallCurve } from './precision-recall.ts';
import { abnormalOnlyAuc, countRecording, macroAuc, microAuc, recordingAuc } from './recordings.ts';
import { rocAuc, rocCurve, truePositiveRateAt } from './roc.ts';
import { countScores, poolCounts } from './score-counts.ts';
import { smoothed } from './smoothing.ts';
import { detectionAveragePrecision, meanAveragePrecision, temporalIou } from './temporal-detection.ts';

/** Few distinct scores, so that ties are the rule. */
const frames = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }) }), {
  maxLength: 40,
});
type Frames = readonly { readonly score: number; readonly label: number }[];
const countsOf = (list: Frames) =>
  countScores(
    list.map(({ score }) => score / 8),
    list.map(({ label }) => label),
  );

describe('ROC', () => {
  /** Every pair of a positive and a negative. */
  const naiveAuc = (list: Frames) => {
    const positives = list.filter(({ label }) => label === 1);
    const negatives = list.filter(({ label }) => label === 0);
    let wins = 0;
    for (const p of positives) for (const n of negatives) wins += p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0;
    const pairs = positives.length * negatives.length;
    return pairs === 0 ? null : wins / pairs;
  };

  test('the area is the share of pairs in the right order', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const auc = rocAuc(countsOf(list));
        expect(auc === null).toBe(naiveAuc(list) === null);
        expect(auc ?? 0).toBeCloseTo(naiveAuc(list) ?? 0, 12);
      }),
    );
  });

  test('the area is that of the trapezoids under the curve', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const curve = rocCurve(countsOf(list));
        fc.pre(curve !== null);
        const { falsePositiveRates: x, truePositiveRates: y } = curve;
        let area = 0;
        for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
        expect(area).toBeCloseTo(rocAuc(countsOf(list)) ?? Number.NaN, 12);
        expect([x.at(-1), y.at(-1)]).toEqual([1, 1]);
      }),
    );
  });

  // scikit-learn's documentation of roc_auc_score and roc_curve.
  test('published example', () => {
    const counts = countScores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
    expect(rocAuc(counts)).toBe(0.75);
    expect([...(rocCurve(counts)?.thresholds ?? [])]).toEqual([Infinity, 0.8, 0.4, 0.35, 0.1]);
    expect([...(rocCurve(counts)?.falsePositiveRates ?? [])]).toEqual([0, 0, 0.5, 0.5, 1]);
  });

  test('a true positive rate is one that a threshold reaches', () => {
    const counts = countScores([0.9, 0.8, 0.8, 0.1], [1, 1, 0, 0]);
    expect(truePositiveRateAt(counts, 0.05)).toBe(0.5);
    expect(truePositiveRateAt(counts, 0.5)).toBe(1);
    expect(truePositiveRateAt(countScores([1], [1]), 0.5)).toBeNull();
  });

  test.each([
    [[1, 2], [1], /2 scores cannot belong to 1 labels/],
    [[1, Number.NaN], [1, 0], /Score 1 is NaN/],
    [[1], [2], /Label 0 is 2/],
  ])('%j with %j is refused', (scores, labels, message) => {
    expect(() => countScores(scores, labels)).toThrow(message);
  });
});

describe('precision and recall', () => {
  const naiveCurve = (list: Frames) => {
    const thresholds = [...new Set(list.map(({ score }) => score))].sort((a, b) => b - a);
    const all = list.filter(({ label }) => label === 1).length;
    return thresholds.map((threshold) => {
      const called = list.filter(({ score }) => score >= threshold);
      const hits = called.filter(({ label }) => label === 1).length;
      return { recall: hits / all, precision: hits / called.length };
    });
  };

  test('both areas equal those over every threshold in turn', () => {
    fc.assert(
      fc.property(frames, (list) => {
        fc.pre(list.some(({ label }) => label === 1));
        const counts = countsOf(list);
        let [steps, trapezoids, recall, precision] = [0, 0, 0, 1];
        for (const point of naiveCurve(list)) {
          steps += (point.recall - recall) * point.precision;
          trapezoids += ((point.recall - recall) * (point.precision + precision)) / 2;
          ({ recall, precision } = point);
        }
        expect(averagePrecision(counts)).toBeCloseTo(steps, 12);
        expect(precisionRecallArea(counts)).toBeCloseTo(trapezoids, 12);
      }),
    );
  });

  test('without positives there is nothing to recall', () => {
    const counts = countScores([0.5], [0]);
    expect([averagePrecision(counts), precisionRecallArea(counts), precisionRecallCurve(counts)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  // scikit-learn's documentation: average_precision_score gives 0.83…, auc(recall, precision) 0.79….
  test('published example', () => {
    const counts = countScores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
    expect(averagePrecision(counts)).toBeCloseTo(0.8333333, 6);
    expect(precisionRecallArea(counts)).toBeCloseTo(0.7916667, 6);
  });
});

describe('several recordings', () => {
  const recording = (name: string, scores: number[], labels: number[]) => ({
    ...{ name, class: 'fight' },
    ...{ scores: Float64Array.from(scores), labels: Uint8Array.from(labels) },
  });
  const both = recording('both', [0.2, 0.9, 0.4], [0, 1, 0]);
  const normal = recording('normal', [0.5, 0.95], [0, 0]);
  const counted = [both, normal].map(countRecording);

  test('pooled, by recording, and inside those with an anomaly', () => {
    expect(microAuc(counted)).toBe(0.75);
    expect(macroAuc(counted)).toEqual({ auc: 1, counted: 1 });
    expect(abnormalOnlyAuc(counted)).toBe(1);
    expect(recordingAuc([both, normal])).toBe(0);
    expect(macroAuc(counted.slice(1))).toEqual({ auc: null, counted: 0 });
  });

  test('pooling counts is counting the pool', () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 5 }), (lists) => {
        expect(poolCounts(lists.map(countsOf))).toEqual(countsOf(lists.flat()));
      }),
    );
  });

  test('a recording whose scores and labels differ in length is named', () => {
    expect(() => countRecording(recording('gate.mp4', [1], [1, 0]))).toThrow(/^gate\.mp4: 1 scores/);
  });
});

describe('bootstrap', () => {
  const mean = (sample: readonly number[]) => sample.reduce((sum, value) => sum + value, 0) / sample.length;

  test('covers the spread that the standard error tells', () => {
    const items = Array.from({ length: 100 }, (_, index) => index % 10);
    const spread = bootstrapSpread(items, mean, { seed: 1 });
    // Standard deviation 2.872 over √100, 1.96 of it on either side of 4.5.
    expect(spread?.low).toBeCloseTo(4.5 - 0.563, 1);
    expect(spread?.high).toBeCloseTo(4.5 + 0.563, 1);
    expect(bootstrapSpread(items, mean, { seed: 1 })).toEqual(spread);
  });

  test('pairs tell a difference that is smaller than the spread of either', () => {
    const pairs = Array.from({ length: 40 }, (_, index) => ({ first: index, second: index + 0.1 }));
    const difference = pairedBootstrap(pairs, mean, { seed: 1 });
    expect(difference?.low).toBeCloseTo(0.1, 9);
    expect(difference?.notBetter).toBe(0);
    const same = pairs.map(({ first }) => ({ first, second: first }));
    expect(pairedBootstrap(same, mean, { seed: 1 })?.notBetter).toBe(0.5);
  });

  test('one recording has no spread', () => {
    expect(bootstrapSpread([1], mean, { seed: 1 })).toBeNull();
    expect(bootstrapSpread([1, 2], () => null, { seed: 1 })).toBeNull();
  });
});

describe('intervals', () => {
  const truth = (start: number, end: number, name = 'fight') => ({ recording: 'r', start, end, class: name });
  const found = (start: number, end: number, score: number, name = 'fight') => ({ ...truth(start, end, name), score });

  test('temporal IoU', () => {
    expect(temporalIou({ start: 0, end: 4 }, { start: 2, end: 6 })).toBeCloseTo(1 / 3, 12);
    expect(temporalIou({ start: 0, end: 1 }, { start: 1, end: 2 })).toBe(0);
    expect(temporalIou({ start: 1, end: 1 }, { start: 1, end: 1 })).toBe(0);
  });

  test('a true interval is found once: a second detection of it is false', () => {
    const truths = [truth(0, 10), truth(20, 30)];
    expect(
      detectionAveragePrecision([found(0, 10, 0.9), found(1, 10, 0.8), found(20, 30, 0.7)], truths, 0.5),
    ).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(detectionAveragePrecision([], truths, 0.5)).toBe(0);
    expect(detectionAveragePrecision([found(0, 1, 1)], [], 0.5)).toBeNull();
  });

  test('the mean is over the classes that are there', () => {
    const truths = [truth(0, 10), truth(20, 30, 'fall')];
    expect(meanAveragePrecision([found(0, 10, 0.9), found(0, 10, 0.9, 'theft')], truths, 0.5)).toBe(0.5);
    expect(meanAveragePrecision([], [], 0.5)).toBeNull();
  });
});

describe('calibration', () => {
  test('scores that are the shares have no error', () => {
    const scores = [...Array<number>(10).fill(0.2), ...Array<number>(10).fill(0.7)];
    const labels = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0];
    const calibration = calibrationOf(scores, labels, 5);
    expect(calibration?.expectedError).toBeCloseTo(0, 12);
    expect(calibration?.bins.map(({ count }) => count)).toEqual([10, 10]);
    expect(calibration?.brier).toBeCloseTo((10 * 0.16 + 10 * 0.21) / 20, 12);
  });

  test('overconfidence is what it is off by', () => {
    expect(calibrationOf([1, 1, 1, 1], [1, 0, 1, 0])?.expectedError).toBe(0.5);
    expect(calibrationOf([], [])).toBeNull();
  });

  test('every frame lies in one bin', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 9 }), (list, bins) => {
        const calibration = calibrationOf(
          list.map(({ score }) => score / 8),
          list.map(({ label }) => label),
          bins,
        );
        const counted = calibration?.bins.reduce((sum, { count }) => sum + count, 0) ?? 0;
        expect(counted).toBe(list.length);
        expect(calibration?.bins.length ?? 0).toBeLessThanOrEqual(bins);
      }),
    );
  });
});

describe('smoothing', () => {
  test('a constant stays one, up to its ends', () => {
    expect(smoothed(new Float64Array(20).fill(0.3), 3)).toEqual(new Float64Array(20).fill(0.3));
  });

  test('a peak keeps its mass and its place', () => {
    const peak = new Float64Array(41);
    peak[20] = 1;
    const after = smoothed(peak, 2);
    expect(after.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(after.indexOf(Math.max(...after))).toBe(20);
    expect(after[22]! / after[20]!).toBeCloseTo(Math.exp(-0.5), 12);
    expect(smoothed(peak, 0)).toEqual(peak);
  });
});
