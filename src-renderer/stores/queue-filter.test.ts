import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagOrders, flagStates } from '../../src-main/contract/calls/review.ts';
import { dayName } from '../lib/day-name.ts';
import {
  choiceFromSession,
  choiceOf,
  defaultChoice,
  isNarrowed,
  keepInSession,
  narrowedBy,
  paramsOf,
  type QueueFilter,
  queryOf,
  wideFilter,
} from './queue-filter.ts';

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' });
const names = fc.array(name, { maxLength: 3 });
const day = fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) }).map((utcMs) => dayName(utcMs, 'UTC'));
const share = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
const choices = fc.record({
  filter: fc
    .record({
      states: fc.subarray([...flagStates]),
      cameras: names,
      classes: names,
      recording: fc.option(name),
      days: fc.option(fc.tuple(day, day).map((days) => days.toSorted())),
      scores: fc.option(fc.tuple(fc.option(share), fc.option(share))),
      versions: names,
      tags: names,
      noted: fc.option(fc.boolean()),
      text: fc.string({ maxLength: 30, unit: 'binary' }).map((text) => text.trim()),
      similarTo: fc.option(name),
    })
    .map(({ days, scores, ...filter }) => {
      const [first = '', last = ''] = days ?? [];
      const [a = null, b = null] = scores ?? [];
      const isReversed = a !== null && b !== null && a > b;
      return {
        ...filter,
        days: days === null ? null : { first, last },
        ...(isReversed ? { minScore: b, maxScore: a } : { minScore: a, maxScore: b }),
      };
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
    [{ day: '2026-02-30' }, ['open']],
    [{ day: '2026-03-02..2026-03-01' }, ['open']],
    [{ score: '0.9..0.1' }, ['open']],
    [{ score: 'high' }, ['open']],
    [{ note: 'perhaps' }, ['open']],
  ])('%j lists the states %j', (query, states) => {
    expect(choiceOf(query)).toEqual({ filter: { ...defaultChoice.filter, states }, order: 'score' });
  });
});

test('asks for everything where a filter is empty', () => {
  expect(paramsOf({ ...wideFilter, states: [] })).toEqual({});
  expect(isNarrowed({ ...wideFilter, states: ['reject'] })).toBe(false);
});

test('asks for all that a filter says, days in the time zone', () => {
  const filter: QueueFilter = {
    states: ['open'],
    ...{ cameras: ['Gate'], classes: ['fall'], recording: 'r', minScore: 0.5, maxScore: 0.9 },
    ...{ versions: ['rules/5'], tags: ['night'], noted: false, text: ' red coat ', similarTo: 'f' },
    days: { first: '2026-03-28', last: '2026-03-29' },
  };
  expect(paramsOf(filter, 'Europe/Berlin')).toEqual({
    ...{ states: ['open'], cameras: ['Gate'], classes: ['fall'], recording: 'r', minScore: 0.5, maxScore: 0.9 },
    ...{ versions: ['rules/5'], tags: ['night'], noted: false, text: 'red coat', similarTo: 'f' },
    from: Date.UTC(2026, 2, 27, 23),
    until: Date.UTC(2026, 2, 29, 22),
  });
  expect(narrowedBy(filter)).toHaveLength(Object.keys(wideFilter).length);
});
