/** What a reviewer said against what is flagged: incidents are to be flagged, rejected intervals are not. */
import { describe, expect, it } from 'vitest';
import type { Flag, Miss, Verdict } from '../../contract/flag.ts';
import { agreesWith, saidOf } from './verdict-agreement.ts';

const verdict = (decision: Verdict['decision'], more: Partial<Verdict> = {}): Verdict => ({
  ...{ decision, class: null, start: null, end: null, note: '', decidedAtMs: 1 },
  ...more,
});
const flag = (id: string, start: number, end: number, given: Verdict | null): Flag => ({
  ...{ id, recording: 'r', path: '/r.mp4', camera: 'c', start, end, class: 'fight', score: 0.9, explanation: '' },
  ...{ claims: [], trajectory: 't', policy: 'nano', policyVersion: 'v', verdict: given },
});
const miss: Miss = { id: 'm', recording: 'r', start: 3, end: 5, class: 'fall', note: '', addedAtMs: 1 };

it('takes the bounds and class of the reviewer, leaves out what nobody decided, and orders by time', () => {
  const flags = [
    flag('late', 20, 30, verdict('confirm', { start: 21, class: 'fall' })),
    flag('open', 0, 1, null),
    flag('early', 1, 2, verdict('reject')),
  ];
  expect(saidOf(flags, [miss])).toEqual([
    { id: 'early', decision: 'reject', start: 1, end: 2, class: 'fight' },
    { id: 'm', decision: 'miss', start: 3, end: 5, class: 'fall' },
    { id: 'late', decision: 'confirm', start: 21, end: 30, class: 'fall' },
  ]);
});

describe('agreement', () => {
  const said = { id: 'f', start: 10, end: 20, class: 'fight' } as const;

  it.each<[decision: Verdict['decision'] | 'miss', flagged: boolean | null, not: boolean | null]>([
    ['confirm', true, false],
    ['miss', true, false],
    ['reject', false, true],
    ['unsure', null, null],
  ])('with %s is %s where it is flagged and %s where it is not', (decision, flagged, not) => {
    expect(agreesWith({ ...said, decision }, [{ start: 12, end: 25 }])).toBe(flagged);
    expect(agreesWith({ ...said, decision }, [])).toBe(not);
    expect(agreesWith({ ...said, decision }, [{ start: 30, end: 40 }])).toBe(not);
  });

  it('wants half of the shorter of both to be shared', () => {
    const confirmed = { ...said, decision: 'confirm' } as const;
    expect(agreesWith(confirmed, [{ start: 15, end: 25 }])).toBe(true);
    expect(agreesWith(confirmed, [{ start: 15.1, end: 25.1 }])).toBe(false);
    expect(agreesWith(confirmed, [{ start: 19, end: 21 }])).toBe(true);
    expect(agreesWith(confirmed, [{ start: 0, end: 100 }])).toBe(true);
  });
});
