import { describe, expect, test } from 'vitest';
import type { Evaluation, EvaluationRow } from '../../contract/evaluation.ts';
import { findingsOf } from './findings.ts';
import { contextOf } from './report-context.ts';
import { evaluationOf, rowOf, someSteps } from './testing/evaluation.ts';

const rules = (more: Partial<EvaluationRow> = {}) => rowOf('rules', { operators: someSteps, ...more });
const first = (rows: readonly EvaluationRow[], differences: Evaluation['differences'] = []) => {
  const [finding] = findingsOf(contextOf(evaluationOf(rows, { differences })));
  return `${finding?.word}: ${finding?.sentence
    .toString()
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')}`;
};
const pair = (low: number, high: number) => [
  { first: 'rules', second: 'uniform', difference: (low + high) / 2, bounds: [low, high] as [number, number] },
];

describe('whether active looking wins', () => {
  test('at equal cost', () => {
    expect(first([rules({ framesPerMinute: 10.5 }), rowOf('uniform')], pair(0.02, 0.1))).toBe(
      'Active wins: Active looking beats passive sampling at equal cost or less: rules over uniform by +.060 frame-level AUC (95 % bounds +.020 to +.100); they look at 10.5 and 10 frames a minute.',
    );
  });

  test('not at equal cost', () => {
    expect(first([rules({ framesPerMinute: 20 }), rowOf('uniform')], pair(0.02, 0.1))).toMatch(
      /^At a price: .*not at equal cost/,
    );
    expect(first([rules({ framesPerMinute: null }), rowOf('uniform')], pair(0.02, 0.1))).toMatch(
      /^At a price: .*not known/,
    );
  });

  test('not at all', () => {
    expect(first([rules(), rowOf('uniform')], pair(-0.1, -0.02))).toMatch(
      /^Passive wins: Active looking does not win here/,
    );
    expect(first([rules(), rowOf('uniform')], pair(-0.02, 0.1))).toMatch(/^Undecided: It is not shown/);
    expect(first([rules(), rowOf('uniform')], pair(0, 0.1))).toMatch(/^Undecided/);
  });

  test('the order in which a pair was stored says nothing', () => {
    const reversed = [
      { first: 'uniform', second: 'rules', difference: -0.06, bounds: [-0.1, -0.02] as [number, number] },
    ];
    expect(first([rowOf('uniform'), rules()], reversed)).toMatch(/^Active wins: .* \+\.060 .* \+\.020 to \+\.100/);
  });

  test('without a passive policy, an active one, or a comparison it is left open', () => {
    expect(first([rules(), rowOf('tree', { operators: someSteps })])).toMatch(/^Not tested: .* no passive policy/);
    expect(first([rowOf('uniform'), rowOf('VadCLIP')])).toMatch(/^Not tested: .* no active policy/);
    expect(first([rules(), rowOf('uniform')])).toMatch(/^Not tested: .*could not be compared/);
  });

  test('without uniform the passive policy of the nearest cost stands for it', () => {
    const rows = [rules(), rowOf('coarse', { framesPerMinute: 40 }), rowOf('mean', { framesPerMinute: 12 })];
    expect(first(rows)).toMatch(/rules and mean/);
  });
});

describe('controls', () => {
  const words = (rows: readonly EvaluationRow[]) => findingsOf(contextOf(evaluationOf(rows))).map(({ word }) => word);

  test('a blind figure beside one half is a leak', () => {
    expect(words([rowOf('uniform'), rowOf('blind', { aucMicro: 0.69 })])).toContain('Leak');
    expect(words([rowOf('uniform'), rowOf('blind', { aucMicro: 0.51 })])).toContain('Control holds');
  });

  test('shuffled labels far from one half are too few data', () => {
    expect(words([rowOf('uniform', { controls: { shuffled: 0.6, withoutLongest: null } })])).toContain('Few data');
    expect(words([rowOf('uniform')])).not.toContain('Few data');
  });
});

test('a policy alone has its figure told', () => {
  const [, second] = findingsOf(contextOf(evaluationOf([rowOf('dense')])));
  expect(second?.word).toBe('Measured');
  expect(second?.sentence.toString().replaceAll(/<[^>]+>|\s+/g, ' ')).toMatch(
    /dense *has a frame-level AUC of \.800 \(95 % bounds \.700 to \.900\)\./,
  );
});
