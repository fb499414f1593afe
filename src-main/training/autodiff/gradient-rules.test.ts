/** Every gradient rule against central differences of a float64 evaluation, with a random upstream gradient. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareGradients } from '../../../test/support/check-gradients.ts';
import { gradientCases, opsetOfCase } from '../../../test/support/gradient-cases/index.ts';
import { openResidentSession, type ResidentSession } from '../../inference/index.ts';
import { gradientRules } from './gradient-rules.ts';

const cases = Object.entries(gradientCases);
const operatorOf = (title: string) => title.split(',')[0] ?? title;

describe('gradient rules', () => {
  let session: ResidentSession;
  beforeAll(() => {
    session = openResidentSession({ provider: 'cpu', threads: 1 });
  });
  afterAll(() => session[Symbol.asyncDispose]());

  it('have a case each', () => {
    const operators = new Set(cases.map(([title]) => operatorOf(title)));
    expect([...gradientRules.keys()].filter((operator) => !operators.has(operator))).toEqual([]);
  });

  it.for(cases)('%s', async ([title, build]) => {
    const comparisons = await compareGradients(session, { build, opset: opsetOfCase[title] ?? 17 }, title);
    expect(comparisons.length).toBeGreaterThan(0);
    for (const { parameter, relativeError } of comparisons) expect(relativeError, parameter).toBeLessThan(1e-3);
  });
});
