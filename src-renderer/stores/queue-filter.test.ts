import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagOrders, flagStates } from '../../src-main/contract/calls/review.ts';
import { choiceFromSession, choiceOf, defaultChoice, keepInSession, paramsOf, queryOf } from './queue-filter.ts';

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' });
const choices = fc.record({
  filter: fc.record({
    states: fc.subarray([...flagStates]),
    cameras: fc.array(name, { maxLength: 3 }),
    classes: fc.array(name, { maxLength: 3 }),
    recording: fc.option(name),
  }),
  order: fc.constantFrom(...flagOrders),
});

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

test('a choice comes back from its query, and from the session', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      expect(choiceOf(queryOf(choice)) ?? defaultChoice).toEqual(choice);
      const session = storage();
      keepInSession(session, choice);
      expect(choiceFromSession(session)).toEqual(choice);
    }),
  );
});

test('the default has no query, and no query is no choice', () => {
  expect(queryOf(defaultChoice)).toEqual({});
  expect(choiceOf({ at: '12' })).toBeNull();
  expect(choiceFromSession(storage())).toEqual(defaultChoice);
});

describe('a query that somebody typed', () => {
  test.each([
    [{ state: 'nonsense' }, ['open']],
    [{ state: ['reject', 'nonsense'] }, ['reject']],
    [{ state: 'all' }, []],
    [{ order: 'nonsense', state: 'unsure' }, ['unsure']],
    [{ camera: [null, ''] }, ['open']],
  ])('%j lists the states %j', (query, states) => {
    expect(choiceOf(query)).toEqual({ filter: { ...defaultChoice.filter, states }, order: 'score' });
  });
});

test('asks for everything where a filter is empty', () => {
  expect(paramsOf({ states: [], cameras: [], classes: [], recording: null })).toEqual({});
  expect(paramsOf({ states: ['open'], cameras: ['Gate'], classes: ['fall'], recording: 'r' })).toEqual({
    states: ['open'],
    cameras: ['Gate'],
    classes: ['fall'],
    recording: 'r',
  });
});
