/** The gate's checks: by hand where a figure can be worked out, by simulation where it is about chance. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import {
  chosenCheck,
  guardCheck,
  type JudgedEpisode,
  neededEpisodes,
  operatorCheck,
  parseCheck,
  verdictCheck,
} from './checks.ts';
import { foldsOf } from './folds.ts';
import { gateReport } from './gate.ts';
import { meanWithBounds } from './one-sided.ts';

/** Share of `trials` in which `happens`. */
function shareOf(trials: number, happens: (random: ReturnType<typeof randomFrom>) => boolean): number {
  const random = randomFrom('gate.test');
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (happens(random.fork(`trial-${trial}`))) count++;
  return count / trials;
}

describe('one-sided bounds', () => {
  test('hold in four of five samples, each by itself, also for few of them', () => {
    for (const count of [3, 8, 40]) {
      const bounds = (random: ReturnType<typeof randomFrom>) =>
        meanWithBounds(Array.from({ length: count }, () => random.normal()));
      expect(shareOf(4000, (random) => (bounds(random)?.lower ?? NaN) < 0)).toBeCloseTo(0.8, 1);
      expect(shareOf(4000, (random) => (bounds(random)?.upper ?? NaN) > 0)).toBeCloseTo(0.8, 1);
    }
  });

  test('by hand: 1 and 3 have the mean 2 and reach t(.8, 1) = 1.376 from it', () => {
    const bounds = meanWithBounds([1, 3]);
    expect(bounds?.mean).toBe(2);
    expect((bounds?.upper ?? NaN) - 2).toBeCloseTo(1.376, 1);
    expect(meanWithBounds([1])).toBeNull();
  });
});

const judge = (episodes: readonly JudgedEpisode[]) =>
  verdictCheck(episodes, {
    incidents: episodes.filter(({ label }) => label === 1).length,
    innocent: episodes.filter(({ label }) => label === 0).length,
  });

/** Log-losses of so many episodes of each label, of which the second is higher by `rise` on average. */
function judged(random: ReturnType<typeof randomFrom>, ofEach: number, rise: number, spread = 0.3): JudgedEpisode[] {
  return Array.from({ length: 2 * ofEach }, (_, index) => {
    const before = 0.5 + spread * random.normal();
    return { label: index % 2 === 0 ? 0 : 1, before, after: before + rise + spread * random.normal() };
  });
}

describe('the log-loss on verdicts', () => {
  const outcomeOf = (ofEach: number, rise: number) => (wanted: string) =>
    shareOf(500, (random) => judge(judged(random, ofEach, rise)).outcome === wanted);

  test('tells a version that became better or worse, the surer the more verdicts there are', () => {
    expect(outcomeOf(20, -0.15)('passed')).toBeGreaterThan(0.95);
    expect(outcomeOf(20, 0.15)('failed')).toBeGreaterThan(0.85);
    expect(outcomeOf(20, 0.15)('passed')).toBeLessThan(0.01);
    expect(outcomeOf(100, 0.08)('failed')).toBeGreaterThan(0.95);
  });

  test('calls no more than one in five unchanged versions worse, and says where it cannot tell', () => {
    expect(outcomeOf(20, 0)('failed')).toBeLessThan(0.25);
    expect(outcomeOf(20, 0)('unknown')).toBeGreaterThan(0.3);
  });

  test('nothing changed at all is not worse', () => {
    const same = Array.from({ length: 30 }, (_, index) => ({ label: (index % 2) as 0 | 1, before: 0.5, after: 0.5 }));
    expect(judge(same)).toMatchObject({ outcome: 'passed', before: 0.5, after: 0.5 });
  });

  test('needs episodes of both labels', () => {
    const random = randomFrom(1);
    expect(judge(judged(random, neededEpisodes - 1, -1)).outcome).toBe('unknown');
    expect(judge(judged(random, neededEpisodes, -1)).outcome).toBe('passed');
    expect(verdictCheck([], { incidents: 3, innocent: 1 })).toMatchObject({
      ...{ outcome: 'unknown', before: null },
      reason: expect.stringContaining('3 with an incident, 1 without'),
    });
    const innocent = judged(random, 30, -1).filter(({ label }) => label === 0);
    expect(judge(innocent).reason).toContain('0 with an incident, 30 without');
  });
});

describe('the other checks', () => {
  test('the guard set: fails for what is clearly worse, not for chance', () => {
    const recordings = (random: ReturnType<typeof randomFrom>, fall: number) =>
      Array.from({ length: 40 }, () => {
        const before = 0.5 + 0.4 * random.normal();
        return { before, after: before - fall + 0.2 * random.normal() };
      });
    const fails = (fall: number) => shareOf(500, (random) => guardCheck(recordings(random, fall)).outcome === 'failed');
    expect(fails(0)).toBeLessThan(0.1);
    expect(fails(-0.1)).toBe(0);
    expect(fails(0.15)).toBeGreaterThan(0.95);
    expect(guardCheck([]).outcome).toBe('unknown');
  });

  test('one action that is none of the grammar is one too many', () => {
    expect(parseCheck(200, 0)).toMatchObject({ outcome: 'passed', after: 1 });
    expect(parseCheck(200, 1)).toMatchObject({ outcome: 'failed', after: 0.995 });
  });

  test('look operators: one alone is a collapse, unless it was so before', () => {
    const spread = { BACKTRACK: 10, EXPAND: 12, SAMPLE: 30, THINK: 50, FINAL: 40 };
    const one = { SAMPLE: 60, THINK: 3, FINAL: 40 };
    expect(operatorCheck(spread, one)).toMatchObject({ outcome: 'failed', after: 0 });
    expect(operatorCheck(one, one).outcome).toBe('passed');
    expect(operatorCheck(one, spread).outcome).toBe('passed');
    expect(operatorCheck(spread, { FINAL: 40 })).toMatchObject({ outcome: 'failed', after: null });
  });

  test('chosen trajectories: what the run found, with the figures of its first and last points', () => {
    const points = [null, -10, -10, -9, -9, -9, -9, -8, -8, -8, -8, -8, -8].map((chosenLogProb) => ({ chosenLogProb }));
    expect(chosenCheck(points, false)).toMatchObject({ outcome: 'passed', after: -8 });
    expect(chosenCheck(points, false).before).toBeCloseTo(-56 / 6, 12);
    expect(chosenCheck(points, true)).toMatchObject({ outcome: 'failed' });
    expect(chosenCheck([], false).outcome).toBe('unknown');
  });
});

test('folds: recordings stay whole, every fold has both labels, and the order of episodes does not matter', () => {
  const episodes = Array.from({ length: 60 }, (_, index) => ({
    recording: `r${Math.floor(index / 2)}`,
    label: (index % 4 === 0 ? 1 : 0) as 0 | 1,
  }));
  const folds = foldsOf(episodes, 7);
  const foldOf = new Map(episodes.map(({ recording }, index) => [recording, folds[index]]));
  expect(episodes.every(({ recording }, index) => foldOf.get(recording) === folds[index])).toBe(true);
  for (const fold of [0, 1]) {
    const inside = episodes.filter((_, index) => folds[index] === fold);
    expect(inside.filter(({ label }) => label === 1)).toHaveLength(fold === 0 ? 8 : 7);
    expect(inside.filter(({ label }) => label === 0).length).toBeGreaterThan(18);
  }
  const reversed = foldsOf(episodes.toReversed(), 7).toReversed();
  expect(reversed).toEqual(folds);
  expect(foldsOf(episodes, 8)).not.toEqual(folds);
});

test('three answers: refused for one failure, offered where verdicts speak for it, else too few', () => {
  const passed = { before: 0, after: 0, limit: 0, reason: '', outcome: 'passed' } as const;
  const guard = { ...passed, check: 'guard' } as const;
  const verdicts = { ...passed, check: 'verdicts' } as const;
  expect(gateReport([verdicts, guard]).decision).toBe('offered');
  expect(gateReport([verdicts, { ...guard, outcome: 'failed' }]).decision).toBe('refused');
  expect(gateReport([{ ...verdicts, outcome: 'unknown' }, guard]).decision).toBe('too-few-verdicts');
  expect(
    gateReport([
      { ...verdicts, outcome: 'unknown' },
      { ...guard, outcome: 'failed' },
    ]).decision,
  ).toBe('refused');
});
