import { expect, test } from 'vitest';
import { partWork } from './part-work.ts';

const settings = { rounds: 2, rollouts: 8 };
const tasks = [
  ...Array.from({ length: 4 }, () => ({})),
  ...Array.from({ length: 20 }, () => ({ replayed: 'beliefs' as const })),
];

test('work goes from nothing to all of it, and never back', () => {
  const work = partWork(2, settings, { isKept: false });
  const done = [0, 1].flatMap((round) => [
    ...tasks.map((task) => work.afterTask(round, task)),
    ...[1, 2, 3].map((step) => work.afterStep(round, step, 3)),
  ]);
  expect(done[0]).toBe(9);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(work.all);
  expect(work.all).toBe(2 * (36 + 20 + 36));
});

test('of what is kept no rollout counts', () => {
  const work = partWork(2, { ...settings, rounds: 1 }, { isKept: true });
  expect(tasks.map((task) => work.afterTask(0, task))).toEqual(tasks.map(() => 0));
  expect(work.afterStep(0, 3, 3)).toBe(work.all);
  expect(work.all).toBe(36);
});
