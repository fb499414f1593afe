import { expect, test } from 'vitest';
import { shuffledAuc } from './shuffled-labels.ts';

const unit = (scores: number[], labels: number[]) => ({
  scores: Float64Array.from(scores),
  labels: Uint8Array.from(labels),
});

/** A third of the units have a label, always on the second frame. */
const perfect = Array.from({ length: 90 }, (_, index) =>
  unit([0, index % 3 === 0 ? 1 : 0], [0, index % 3 === 0 ? 1 : 0]),
);

test('scores that know the truth, its place and its length know nothing of the labels of others', () => {
  expect(shuffledAuc(perfect, 1)).toBeCloseTo(0.5, 1);
  expect(Math.abs((shuffledAuc(perfect, 2) ?? 0) - 0.5)).toBeLessThan(0.02);
});

test('the same seed shuffles alike; one class alone has no AUC', () => {
  expect(shuffledAuc(perfect, 3)).toBe(shuffledAuc(perfect, 3));
  expect(shuffledAuc([unit([1, 2], [0, 0])], 1)).toBeNull();
});

test('labels are stretched to the length of whom they are given to', () => {
  const units = [unit([1, 1, 1, 1], [0, 0, 1, 1]), unit([1, 1], [0, 1])];
  expect(shuffledAuc(units, 1)).toBe(0.5);
});
