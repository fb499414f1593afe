/** Second implementations, as plain as they can be, of what is computed over recordings, intervals and resamples. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapSpread, pairedBootstrap } from './bootstrap.ts';
import { calibrationOf } from './calibration.ts';
import { abnormalOnlyAuc, countRecording, macroAuc, microAuc, recordingAuc } from './recordings.ts';
import { truePositiveRateAt } from './roc.ts';
import { countScores } from './score-counts.ts';
import { smoothed } from './smoothing.ts';
import { detectionAveragePrecision, temporalIou } from './temporal-detection.ts';

type Frame = readonly [score: number, label: 0 | 1];
const frame: fc.Arbitrary<Frame> = fc.tuple(
  fc.integer({ min: 0, max: 5 }).map((score) => score / 5),
  fc.constantFrom(0 as const, 1 as const),
);
const recordings = fc.array(fc.array(frame, { minLength: 1, maxLength: 12 }), { maxLength: 6 });

/** Share of pairs in the right order. */
function naiveAuc(frames: readonly Frame[]): number | null {
  const results = frames.flatMap(([p, isPositive]) =>
    frames.flatMap(([n, isAlso]) => (isPositive === 1 && isAlso === 0 ? [p > n ? 1 : p === n ? 0.5 : 0] : [])),
  );
  return results.length === 0 ? null : results.reduce<number>((sum, result) => sum + result, 0) / results.length;
}

/** Figures lie in [−9, 9], so that nothing is told apart from all of them. */
const orNothing = (value: number | null): number => value ?? 99;

test('figures over recordings', () => {
  fc.assert(
    fc.property(recordings, (list) => {
      const scored = list.map((frames, index) => ({
        ...{ name: String(index), class: 'x' },
        scores: Float64Array.from(frames, ([score]) => score),
        labels: Uint8Array.from(frames, ([, label]) => label),
      }));
      const counted = scored.map(countRecording);
      expect(orNothing(microAuc(counted))).toBeCloseTo(orNothing(naiveAuc(list.flat())), 10);
      expect(orNothing(abnormalOnlyAuc(counted))).toBeCloseTo(
        orNothing(naiveAuc(list.filter((frames) => frames.some(([, label]) => label === 1)).flat())),
        10,
      );
      const own = list.flatMap((frames) => naiveAuc(frames) ?? []);
      expect(macroAuc(counted).counted).toBe(own.length);
      expect(orNothing(macroAuc(counted).auc)).toBeCloseTo(
        orNothing(own.length === 0 ? null : own.reduce((sum, auc) => sum + auc, 0) / own.length),
        10,
      );
      const highest = list.map((frames): Frame => [
        Math.max(...frames.map(([score]) => score)),
        frames.some(([, label]) => label === 1) ? 1 : 0,
      ]);
      expect(orNothing(recordingAuc(scored))).toBeCloseTo(orNothing(naiveAuc(highest)), 10);
    }),
  );
});

test('a true positive rate at a limit, over every threshold in turn', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.constantFrom(0, 0.05, 0.3, 1), (frames, limit) => {
      const [positives, negatives] = [1, 0].map((kind) => frames.filter(([, label]) => label === kind));
      const rate = (of: readonly Frame[] | undefined, threshold: number) =>
        (of ?? []).filter(([score]) => score >= threshold).length / (of?.length ?? 0);
      const thresholds = [...frames.map(([score]) => score), Infinity];
      const reached = thresholds.filter((threshold) => rate(negatives, threshold) <= limit);
      const naive = Math.max(0, ...reached.map((threshold) => rate(positives, threshold)));
      const counts = countScores(
        frames.map(([score]) => score),
        frames.map(([, label]) => label),
      );
      expect(orNothing(truePositiveRateAt(counts, limit))).toBeCloseTo(
        orNothing(positives?.length && negatives?.length ? naive : null),
        10,
      );
    }),
  );
});

const interval = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 }))
  .map(([start, length]) => ({ start, end: start + length }));

test('temporal IoU, second by second', () => {
  const seconds = ({ start, end }: { start: number; end: number }) =>
    new Set(Array.from({ length: end - start }, (_, offset) => start + offset));
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      expect(temporalIou(a, b)).toBeCloseTo(
        seconds(a).intersection(seconds(b)).size / seconds(a).union(seconds(b)).size,
        12,
      );
    }),
  );
});

test('detection AP, from the hits in order of certainty', () => {
  const detections = fc.array(fc.tuple(interval, fc.integer({ min: 0, max: 99 })), { maxLength: 8 });
  fc.assert(
    fc.property(detections, fc.array(interval, { minLength: 1, maxLength: 4 }), (found, truths) => {
      const own = found.map(([span, score]) => ({ ...span, recording: 'r', class: 'x', score }));
      const left = new Set(truths.map((truth) => ({ ...truth })));
      const hits = own
        .toSorted((a, b) => b.score - a.score)
        .map((detection) => {
          const fitting = [...left].filter((truth) => temporalIou(detection, truth) >= 0.3);
          const most = Math.max(...fitting.map((truth) => temporalIou(detection, truth)));
          const best = fitting.find((truth) => temporalIou(detection, truth) === most);
          return best !== undefined && left.delete(best);
        });
      // For each hit the best precision at its rank or any later one.
      const precision = (rank: number) => hits.slice(0, rank + 1).filter(Boolean).length / (rank + 1);
      const naive = hits.reduce(
        (sum, isHit, rank) =>
          isHit ? sum + Math.max(...hits.map((_, later) => (later >= rank ? precision(later) : 0))) : sum,
        0,
      );
      const all = truths.map((truth) => ({ ...truth, recording: 'r', class: 'x' }));
      expect(detectionAveragePrecision(own, all, 0.3)).toBeCloseTo(naive / truths.length, 12);
    }),
  );
});

test('calibration, bin by bin', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1 }), (frames) => {
      const calibration = calibrationOf(
        frames.map(([score]) => score),
        frames.map(([, label]) => label),
        4,
      );
      const brier = frames.reduce((sum, [score, label]) => sum + (score - label) ** 2, 0) / frames.length;
      expect(calibration?.brier).toBeCloseTo(brier, 12);
      let rest = frames.toSorted(([a], [b]) => a - b);
      let error = 0;
      for (const { count, meanScore, share } of calibration?.bins ?? []) {
        const bin = rest.slice(0, count);
        rest = rest.slice(count);
        // A score never lies on both sides of a border.
        expect(rest[0]?.[0]).not.toBe(bin.at(-1)?.[0]);
        expect(meanScore).toBeCloseTo(bin.reduce((sum, [score]) => sum + score, 0) / count, 12);
        expect(share).toBeCloseTo(bin.filter(([, label]) => label === 1).length / count, 12);
        error += (count / frames.length) * Math.abs(meanScore - share);
      }
      expect(rest).toEqual([]);
      expect(calibration?.expectedError).toBeCloseTo(error, 12);
    }),
  );
});

test('smoothing, as the sum that defines it', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(scores, fc.constantFrom(0.5, 1, 3), (list, sigma) => {
      const after = smoothed(Float64Array.from(list), sigma);
      for (const [frameIndex, value] of after.entries()) {
        const weights = list.map((_, other) =>
          Math.abs(other - frameIndex) > Math.ceil(4 * sigma)
            ? 0
            : Math.exp(-((other - frameIndex) ** 2) / 2 / sigma ** 2),
        );
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(value).toBeCloseTo(
          list.reduce((sum, score, other) => sum + score * (weights[other] ?? 0), 0) / total,
          10,
        );
      }
    }),
  );
});

test('a paired difference is spread as the differences are', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 12,
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  fc.assert(
    fc.property(pairs, fc.integer(), (list, seed) => {
      const options = { seed, resamples: 50 };
      const paired = pairedBootstrap(
        list.map(([first, second]) => ({ first, second })),
        mean,
        options,
      );
      // The mean of differences is the difference of means, so both draw the same spread from the same seed.
      const differences = bootstrapSpread(
        list.map(([first, second]) => second - first),
        mean,
        options,
      );
      expect(orNothing(paired?.low ?? null)).toBeCloseTo(orNothing(differences?.low ?? null), 10);
      expect(orNothing(paired?.high ?? null)).toBeCloseTo(orNothing(differences?.high ?? null), 10);
    }),
    { numRuns: 30 },
  );
});
