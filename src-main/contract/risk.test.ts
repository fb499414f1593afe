import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import { type RiskInput, riskOf } from './risk.ts';
import { defaultClassIds } from './taxonomy.ts';

const unusual = (percentile: number): Claim => ({
  kind: 'unusual-here',
  args: { attribute: 'motion', percentile, atHour: true },
  evidence: [1],
});
const flag = (changes: Partial<RiskInput> = {}): RiskInput => ({
  ...{ class: 'fight', score: 0.9, start: 0, end: 12, claims: [] },
  ...changes,
});

describe('the risk of a flag', () => {
  it('is high for a sure and lasting danger, low for a faint oddity', () => {
    expect(riskOf(flag())).toMatchObject({ level: 'high', stake: 'people', duration: 12, novelty: null });
    expect(riskOf(flag({ class: 'unusual', score: 0.55, end: 2 }))).toMatchObject({ level: 'low', stake: 'oddity' });
    expect(riskOf(flag({ class: 'theft', score: 0.6 })).level).toBe('medium');
  });

  it('is what the rule says, by hand', () => {
    // 1 · 0.8 · (1 − 0.2·0.5) · (1 − 0.15·(1 − 0.8))
    const { value } = riskOf(flag({ score: 0.8, end: 5, claims: [unusual(0.4), unusual(0.98)] }));
    expect(value).toBeCloseTo(0.8 * 0.9 * 0.97, 12);
    // Where novelty is not known, half of its part is taken away.
    expect(riskOf(flag({ score: 1, end: 10 })).value).toBeCloseTo(0.925, 12);
  });

  it('counts a class of the reviewer’s own as one that they care about', () => {
    expect(riskOf(flag({ class: 'forklift' })).stake).toBe('property');
  });

  it('rises with score, duration and novelty, and stays a share', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const input = fc.record({
      class: fc.constantFrom(...defaultClassIds, 'forklift'),
      score: share,
      end: fc.double({ min: 0, max: 60, noNaN: true }),
      percentile: share,
    });
    const valueOf = ({ percentile, ...rest }: { class: string; score: number; end: number; percentile: number }) =>
      riskOf(flag({ ...rest, claims: [unusual(percentile)] })).value;
    fc.assert(
      fc.property(input, share, fc.constantFrom('score', 'end', 'percentile'), (less, by, member) => {
        const more = { ...less, [member]: Math.min(member === 'end' ? 60 : 1, less[member] + by) };
        expect(valueOf(more)).toBeGreaterThanOrEqual(valueOf(less));
        expect(valueOf(more)).toBeLessThanOrEqual(1);
        expect(valueOf(less)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
