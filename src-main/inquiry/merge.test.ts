import { describe, expect, it } from 'vitest';
import type { Claim } from '../contract/claim.ts';
import { mergeFlags, mergeScores } from './merge.ts';

const when = (start: number, end: number, openStart: boolean, openEnd: boolean): Claim => ({
  kind: 'when',
  args: { start, end, openStart, openEnd },
  evidence: [start, end],
});
const flag = (
  start: number,
  end: number,
  id: string,
  score: number,
  claims: Claim[] = [when(start, end, true, true)],
) => ({
  start,
  end,
  class: id,
  score,
  claims,
  trajectory: `${id}-${String(start)}`,
});

describe('flags of several episodes', () => {
  it('M1: join where those of one class touch, with the higher score and what it carries', () => {
    const [joined, ...rest] = mergeFlags([flag(128, 140, 'fight', 0.9), flag(120, 128, 'fight', 0.6)]);
    expect(rest).toEqual([]);
    expect(joined).toMatchObject({ start: 120, end: 140, score: 0.9, trajectory: 'fight-128' });
    expect(joined?.claims).toEqual([{ ...when(120, 140, true, true), evidence: [120, 128, 128, 140] }]);
  });

  it('M1, F2: stay apart across unseen time and between classes, in order of time', () => {
    const flags = [flag(130, 140, 'fall', 0.7), flag(128.125, 130, 'fight', 0.9), flag(120, 128, 'fight', 0.6)];
    expect(mergeFlags(flags)).toEqual(flags.toReversed());
  });

  it('M1: keep one claim of each subject, the better part’s', () => {
    const who = (count: number): Claim => ({ kind: 'who', args: { subject: 'person', count }, evidence: [1] });
    const cars: Claim = { kind: 'who', args: { subject: 'vehicle', count: 1 }, evidence: [2] };
    const [joined] = mergeFlags([flag(0, 4, 'fight', 0.6, [who(2), cars]), flag(4, 8, 'fight', 0.8, [who(3)])]);
    expect(joined?.claims).toEqual([who(3), cars]);
  });
});

describe('scores of several episodes', () => {
  it('stand at their seconds, and nowhere else', () => {
    const merged = mergeScores(6.5, [
      { episode: { start: 4, end: 6.5 }, scores: [0.25, 0.5, 0.75] },
      { episode: { start: 0, end: 2 }, scores: [0, 1] },
    ]);
    expect([...merged]).toEqual([0, 1, NaN, NaN, 0.25, 0.5, 0.75]);
  });
});
