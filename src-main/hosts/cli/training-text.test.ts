import { expect, test } from 'vitest';
import type { TrainingPoint, TrainingRun } from '../../contract/training.ts';
import { curvesText, outcomeText, sparkline } from './training-text.ts';

const point = (values: Partial<TrainingPoint>): TrainingPoint => ({
  ...{ round: 0, step: 0, seconds: 0, utility: null, success: null, information: null, cost: null, operators: {} },
  ...{ localisation: null, margin: null, chosenLogProb: null, parseRate: null, loss: null },
  ...values,
});

test('a curve runs from its lowest to its highest value, a flat one through the middle, a long one is thinned', () => {
  expect(sparkline([0, 1, 2, 7])).toBe('▁▂▃█');
  expect(sparkline([3, 3])).toBe('▄▄');
  expect(sparkline([])).toBe('');
  const long = sparkline(Array.from({ length: 1000 }, (_, index) => index));
  expect(long).toHaveLength(48);
  expect(long.at(0)).toBe('▁');
  expect(long.at(-1)).toBe('█');
});

test('curves: those that have values, with the first and the last, and the latest usage of operators', () => {
  const text = curvesText([
    point({ utility: 0.25, operators: { SAMPLE: 3, FINAL: 1 } }),
    point({ step: 1, loss: 2 }),
    point({ step: 2, loss: 1.5 }),
  ]);
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/\s{2,}/gu, ' | '));
  expect(lines).toEqual(['utility | 0.250 | ▄', 'loss | 2.000 → 1.500 | █▁', 'operators | SAMPLE 75 %, FINAL 25 %']);
});

test('the outcome: what it learned from, every check, the decision, and what to do next', () => {
  const run: TrainingRun = {
    ...{ id: 'j', name: 'mine', from: 'v', settings: { rounds: 1, rollouts: 8, seed: 1 }, last: null, stopped: null },
    ...{ startedAtMs: 1, endedAtMs: 2, version: 'abcdef0123456789', data: null },
    gate: {
      decision: 'refused',
      checks: [{ check: 'guard', outcome: 'failed', before: 1, after: 0, limit: 0, reason: 'It is worse.' }],
    },
  };
  expect(outcomeText(run)).toBe(
    '✗ It is worse.\nThe gate refuses it.\nmine is abcdef012345; `anom-pi policies activate abcdef012345` puts it in force.',
  );
  expect(outcomeText({ ...run, version: null })).toContain('there is no new version');
});
