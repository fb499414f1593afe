import { describe, expect, it } from 'vitest';
import { lessons, missingLabels, reviewedSince } from './learned-since.ts';

const now = { confirmed: 12, rejected: 20, unsure: 3, misses: 2, preferences: 1 };

describe('what there is to learn from', () => {
  it('is everything for a version that learned from no verdicts', () => {
    expect(reviewedSince(now, null)).toEqual(now);
    const simulated = {
      kind: 'data-set',
      dataset: 'd',
      format: 'clips',
      incidents: 9,
      innocent: 9,
      missing: 0,
    } as const;
    expect(reviewedSince(now, simulated)).toEqual(now);
  });

  it('is what came since for one that learned from some, and never less than nothing', () => {
    const learned = { confirmed: 10, rejected: 20, unsure: 0, misses: 4, preferences: 0, incidents: 9, innocent: 9 };
    const since = reviewedSince(now, { kind: 'verdicts', ...learned });
    expect(since).toEqual({ confirmed: 2, rejected: 0, unsure: 3, misses: 0, preferences: 1 });
    expect(lessons(since)).toBe(3);
  });

  it('lacks what the gate needs of each label', () => {
    expect(missingLabels({ incidents: 4, innocent: 30, needed: 20 })).toEqual({ incidents: 16, innocent: 0 });
    expect(missingLabels({ incidents: 20, innocent: 20, needed: 20 })).toEqual({ incidents: 0, innocent: 0 });
  });
});
