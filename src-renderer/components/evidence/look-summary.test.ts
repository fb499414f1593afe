import { describe, expect, it } from 'vitest';
import { toldAttributes } from './look-summary.ts';

const attribute = (name: string, value: number, percentile: number | null = null) => ({
  name,
  value,
  percentile,
  times: [1],
  place: null,
});
const told = (...attributes: ReturnType<typeof attribute>[]) =>
  toldAttributes({ kind: 'perception', saw: ['motion', 'persons'], attributes, surprise: [], novelty: [] });

describe('toldAttributes', () => {
  it('begins with what says most and leaves out what says nothing', () => {
    expect(
      told(attribute('motion', 0.04), attribute('fall', 1), attribute('lying', 0), attribute('persons', 2)),
    ).toEqual(['fall', 'persons', 'motion']);
  });

  it('tells distances where they are small', () => {
    expect(told(attribute('person-gap', 0))).toEqual(['person-gap']);
    expect(told(attribute('person-gap', 3))).toEqual([]);
  });

  it('puts what is unusual for the camera before all else, and what it does not know last', () => {
    expect(told(attribute('fall', 1), attribute('motion', 0.04, 0.99), attribute('smoke', 0.5))).toEqual([
      'motion',
      'fall',
      'smoke',
    ]);
  });
});
