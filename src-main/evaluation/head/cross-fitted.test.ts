import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import { averagedScores, crossFittedScores, figuresBySource } from './cross-fitted.ts';
import { fitHead, scoreHead } from './head.ts';

type Label = 0 | 1;
const forms = [{ kernel: 'linear', penalty: 1 }] as const;

/** Clips of `sources` sources, six each, whose first entry tells the class and whose second tells the source. */
function clips(seed: number, sources: number, strength: number) {
  const random = randomFrom(seed);
  const groups = Array.from({ length: 6 * sources }, (_, index) => Math.floor(index / 6));
  const labels = groups.map((): Label => (random.next() < 0.5 ? 1 : 0));
  const vectors = groups.map((group, index) =>
    Float32Array.of(strength * (labels[index] ?? 0) + random.normal(), group + 0.1 * random.normal(), random.normal()),
  );
  return { groups, labels, vectors };
}

describe('cross-fitted scores', () => {
  test('each clip is scored by the head of the other folds, sources kept together', () => {
    const { groups, labels, vectors } = clips(1, 8, 2);
    const { scores, folds } = crossFittedScores(vectors, labels, groups, 5, { forms, folds: 4 });
    expect(new Set(folds).size).toBe(4);
    for (const group of new Set(groups)) {
      expect(new Set(folds.filter((_, index) => groups[index] === group)).size).toBe(1);
    }
    for (const fold of new Set(folds)) {
      const training = [...folds.keys()].filter((index) => folds[index] !== fold);
      const head = fitHead(
        training.map((index) => vectors[index] ?? new Float32Array()),
        training.map((index) => labels[index] ?? 0),
        { groups: training.map((index) => groups[index] ?? 0), seed: 1, forms },
      );
      for (const index of [...folds.keys()].filter((at) => folds[at] === fold)) {
        expect(scores[index]).toBeCloseTo(scoreHead(head, vectors[index] ?? new Float32Array()), 9);
      }
    }
  });

  test("a clip's own label never touches its score", () => {
    const { groups, labels, vectors } = clips(2, 6, 1);
    const { scores, folds } = crossFittedScores(vectors, labels, groups, 1, { forms, folds: 3 });
    const [first] = folds;
    // Labels swapped between two clips of the tested fold: its counts, and so the folds, stay.
    const positive = labels.findIndex((label, index) => label === 1 && folds[index] === first);
    const negative = labels.findIndex(
      (label, index) => label === 0 && folds[index] === first && groups[index] === groups[positive],
    );
    const swapped = labels.map((label, index) => (index === positive ? 0 : index === negative ? 1 : label));
    expect([positive >= 0, negative >= 0]).toEqual([true, true]);
    const again = crossFittedScores(vectors, swapped, groups, 1, { forms, folds: 3 });
    expect(again.folds).toEqual(folds);
    for (const index of [...folds.keys()].filter((at) => folds[at] === first)) {
      expect(again.scores[index]).toBe(scores[index]);
    }
  });

  test('what tells the class is found, and chance is not', () => {
    const auc = (strength: number) => {
      const { groups, labels, vectors } = clips(3, 20, strength);
      const { scores } = crossFittedScores(vectors, labels, groups, 1, { folds: 5 });
      return figuresBySource(scores, labels, groups, 1).auc;
    };
    expect(auc(3).value).toBeGreaterThan(0.9);
    const chance = auc(0);
    expect(chance.spread?.low).toBeLessThan(0.5);
    expect(chance.spread?.high).toBeGreaterThan(0.4);
  });
});

describe('averaged scores', () => {
  test('are the mean log-odds of assignments that differ, and hang less on the seed than one of them', () => {
    const { groups, labels, vectors } = clips(5, 10, 1);
    const options = { forms, folds: 3 };
    const logit = (score: number) => Math.log(score / (1 - score));
    const averaged = averagedScores(vectors, labels, groups, 7, options);
    const single = Array.from({ length: averaged.assignments }, (_, index) =>
      crossFittedScores(vectors, labels, groups, `7/assignment ${String(index)}`, options),
    );
    expect(new Set(single.map(({ folds }) => folds.join())).size).toBeGreaterThan(1);
    for (const index of vectors.keys()) {
      const mean = single.reduce((sum, { scores }) => sum + logit(scores[index] ?? NaN), 0) / single.length;
      expect(logit(averaged.scores[index] ?? NaN)).toBeCloseTo(mean, 9);
    }
    const spreadOf = (run: (seed: number) => readonly number[]) => {
      const runs = [1, 2, 3, 4].map((seed) => run(seed).map(logit));
      const at = vectors.map((_, index) => runs.map((each) => each[index] ?? NaN));
      return at.reduce((sum, logits) => sum + Math.max(...logits) - Math.min(...logits), 0);
    };
    const one = spreadOf((seed) => crossFittedScores(vectors, labels, groups, seed, options).scores);
    expect(spreadOf((seed) => averagedScores(vectors, labels, groups, seed, options).scores)).toBeLessThan(0.7 * one);
  });
});

describe('same-source pairs', () => {
  test('a score that knows only the source is chance among them', () => {
    const groups = [0, 0, 0, 0, 1, 1, 1, 1];
    const labels: Label[] = [1, 1, 1, 0, 0, 0, 0, 1];
    const scores = groups.map((group) => (group === 0 ? 0.9 : 0.1));
    const figures = figuresBySource(scores, labels, groups, 1);
    expect(figures.auc.value).toBe(0.75);
    expect(figures.sameSourcePairs.value).toBe(0.5);
  });
});

describe('figures', () => {
  test('intervals come from drawing whole sources', () => {
    const { groups, labels, vectors } = clips(4, 12, 2);
    const scores = vectors.map((vector) => vector[0] ?? 0);
    const figures = figuresBySource(scores, labels, groups, 1);
    for (const { value, spread } of [figures.auc, figures.sameSourcePairs, figures.tprAt5]) {
      expect(spread?.low).toBeLessThan(value ?? 0);
      expect(spread?.high).toBeGreaterThan(value ?? 1);
    }
    expect(figuresBySource(scores, labels, groups, 1)).toEqual(figures);
    expect(
      figuresBySource(
        scores,
        labels,
        groups.map(() => 0),
        1,
      ).auc.spread,
    ).toBeNull();
  });

  test('a source drawn twice is two sources: clips of its two copies make no pair', () => {
    // One source can be ordered, the other not: any resample is between the two, weighted by pairs.
    const figures = figuresBySource([2, 1, 1, 2], [1, 0, 1, 0], [0, 0, 1, 1], 3);
    expect(figures.sameSourcePairs.value).toBe(0.5);
    expect(figures.sameSourcePairs.spread).toMatchObject({ low: 0, high: 1 });
  });
});
