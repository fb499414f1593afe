import { describe, expect, it } from 'vitest';
import type { ComparedSide, ComparedTotals, ComparedVerdict } from '../../src-main/contract/policy-comparison.ts';
import { agreement, betterSide, differs, episodesOf, onlyHere, tellingEpisode } from './compared.ts';

const flag = (start: number, end: number) => ({
  ...{ start, end, class: 'fight', score: 0.8, explanation: '', trajectory: 't' },
});
const side = (changes: Partial<ComparedSide> = {}): ComparedSide => ({
  ...{ flags: [], trajectories: [], framesObserved: 10, framesMasked: 0, utility: null },
  ...changes,
});
const episode = (start: number, end: number, trajectory: string) => ({ start, end, trajectory });

describe('two policies over one recording', () => {
  it('found the same where their flags cover each other by half', () => {
    const sides: [ComparedSide, ComparedSide] = [
      side({ flags: [flag(10, 20), flag(40, 50)] }),
      side({ flags: [flag(12, 21)] }),
    ];
    expect(onlyHere({ sides }, 0)).toEqual([flag(40, 50)]);
    expect(onlyHere({ sides }, 1)).toEqual([]);
    expect(differs({ sides })).toBe(true);
    expect(differs({ sides: [sides[1], sides[1]] })).toBe(false);
    // A touch is no agreement, an empty interval none either.
    expect(differs({ sides: [side({ flags: [flag(0, 10)] }), side({ flags: [flag(9, 30)] })] })).toBe(true);
    expect(differs({ sides: [side({ flags: [flag(5, 5)] }), side({ flags: [flag(5, 5)] })] })).toBe(true);
  });

  it('meet verdicts; unsure ones count for neither', () => {
    const verdict = (agrees: ComparedVerdict['agrees']): ComparedVerdict => ({
      ...{ id: 'v', decision: 'confirm', start: 0, end: 1, class: 'fight', agrees },
    });
    const verdicts = [verdict([true, false]), verdict([false, true]), verdict([true, true]), verdict([null, null])];
    expect(agreement({ verdicts }, 0)).toEqual({ agreed: 2, all: 3 });
  });

  it('are better by more agreement and utility, and by fewer frames', () => {
    const totals = (agreed: number, framesObserved: number, utility: number | null): ComparedTotals => ({
      ...{ flags: 1, agreed, disagreed: 1, framesObserved, framesMasked: 0, utility },
    });
    const pair = [totals(3, 100, 0.2), totals(5, 120, null)] as const;
    expect(betterSide(pair, 'agreed')).toBe(1);
    expect(betterSide(pair, 'framesObserved')).toBe(0);
    expect(betterSide(pair, 'utility')).toBeNull();
    expect(betterSide([pair[0], pair[0]], 'agreed')).toBeNull();
  });

  it('are shown first where only one of them flags something', () => {
    const trajectories = (name: string) => [episode(60, 120, `${name}2`), episode(0, 60, `${name}1`)];
    const quiet = {
      sides: [side({ trajectories: trajectories('a') }), side({ trajectories: trajectories('b') })] as const,
    };
    const mutable = (sides: readonly [ComparedSide, ComparedSide]) => ({
      sides: [...sides] as [ComparedSide, ComparedSide],
    });
    expect(episodesOf(mutable(quiet.sides))).toEqual([
      { start: 0, end: 60, paths: ['a1', 'b1'] },
      { start: 60, end: 120, paths: ['a2', 'b2'] },
    ]);
    expect(tellingEpisode(mutable(quiet.sides))).toBe(0);
    const both = side({ trajectories: trajectories('b'), flags: [flag(5, 9)] });
    const more = side({ trajectories: trajectories('a'), flags: [flag(5, 9), flag(70, 80)] });
    expect(tellingEpisode(mutable([more, both]))).toBe(1);
    expect(tellingEpisode(mutable([both, both]))).toBe(0);
  });
});
