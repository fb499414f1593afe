import { expect, test } from 'vitest';
import type { EvaluationRow } from '../../../src-main/contract/evaluation.ts';
import { bestOf, columnsFor, intervalAxis, mainColumn, ranked } from './figure-columns.ts';

const row = (policy: string, changes: Partial<EvaluationRow>): EvaluationRow => ({
  ...{ dataset: 'd', policy, recordings: 4, aucMicro: null, aucMacro: null, aucAbnormalOnly: null, auc: null },
  ...{ averagePrecision: null, prAuc: null, tprAt5: null, framesPerMinute: null, lookedAtFraction: null },
  ...{ secondsPerHour: null, operatorEntropy: null, operators: {}, sameSource: null },
  interval: { over: 'recordings', aucMicro: null, auc: null, tprAt5: null },
  controls: { shuffled: null, withoutLongest: null },
  ...{ perClass: [], twins: [], perRecording: [] },
  ...changes,
});
const rows = [
  row('a', {
    auc: 0.62,
    framesPerMinute: 3,
    interval: { over: 'recordings', aucMicro: null, auc: [0.38, 0.81], tprAt5: null },
  }),
  row('b', { auc: 0.9, framesPerMinute: 480 }),
  row('c', {}),
];

test('only columns that say something are shown, and policies are ranked by the main one', () => {
  expect(columnsFor(rows).map(({ id }) => id)).toEqual(['auc', 'framesPerMinute']);
  expect(mainColumn(columnsFor(rows))?.id).toBe('auc');
  expect(mainColumn(columnsFor([row('a', { auc: 0.5, aucMicro: 0.7 })]))?.id).toBe('aucMicro');
  expect(mainColumn([])).toBeNull();
  expect(ranked(rows).map(({ policy }) => policy)).toEqual(['b', 'a', 'c']);
});

test('the best is told of figures among several, never of costs', () => {
  const [auc, frames] = columnsFor(rows);
  if (auc === undefined || frames === undefined) throw new Error('There are no columns.');
  expect(bestOf(auc, rows)).toBe(0.9);
  expect(bestOf(auc, rows.slice(0, 1))).toBeNull();
  expect(bestOf(frames, rows)).toBeNull();
  expect(intervalAxis(auc, rows)).toEqual([0.3, 0.9]);
  expect(intervalAxis(auc, [row('a', { auc: 1 })])).toEqual([0.5, 1]);
});
