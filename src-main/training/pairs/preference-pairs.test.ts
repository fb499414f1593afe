import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import { correctedFinal } from './corrected-final.ts';
import { firstDifference, preferencePairs, statedPair, type RankedRollout } from './preference-pairs.ts';

const rollout = (success: number, changes: Partial<RankedRollout> & { cost?: number } = {}): RankedRollout => ({
  actions: [[5, 0]],
  incident: 0.9,
  ...changes,
  terms: { success, information: 0, localisation: 0, cost: changes.cost ?? 0 },
});
/** Rollouts that all do something else. */
const different = (rollouts: readonly RankedRollout[]) =>
  rollouts.map((each, index) => ({ ...each, actions: [[3, 24 + index], ...each.actions] }));
const options = () => ({ random: randomFrom(7) });

describe('preference pairs', () => {
  it('are best/worst, best/median and any two, the better one chosen', () => {
    const all = different([0.1, 0.9, -1, 0.5, 0.3].map((success) => rollout(success)));
    const pairs = preferencePairs(all, 1, options());
    const values = pairs.map(({ chosen, rejected }) => [chosen.terms.success, rejected.terms.success]);
    expect(values.slice(0, 2)).toEqual([
      [0.9, -1],
      [0.9, 0.3],
    ]);
    expect(pairs.length).toBeLessThanOrEqual(4);
    expect(pairs.length).toBeGreaterThan(2);
    for (const { chosen, rejected, margin } of pairs) {
      expect(chosen.terms.success - rejected.terms.success).toBeCloseTo(margin ?? NaN, 12);
    }
  });

  it('never more than four, none twice, all with the margin, none with the same actions', () => {
    const rollouts = fc.array(
      fc.record({
        actions: fc.constantFrom(
          [[5, 0]],
          [
            [2, 16],
            [5, 0],
          ],
          [
            [3, 24],
            [5, 0],
          ],
        ),
        incident: fc.double({ min: 0, max: 1, noNaN: true }),
        terms: fc.record({
          success: fc.double({ min: -3, max: 1, noNaN: true }),
          information: fc.double({ min: -1, max: 1, noNaN: true }),
          cost: fc.double({ min: 0, max: 1, noNaN: true }),
          localisation: fc.double({ min: -1, max: 1, noNaN: true }),
        }),
      }),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(rollouts, fc.nat(), (all, seed) => {
        const pairs = preferencePairs<RankedRollout>(all, 1, { random: randomFrom(seed) });
        expect(pairs.length).toBeLessThanOrEqual(4);
        for (const [index, { chosen, rejected, margin }] of pairs.entries()) {
          expect(margin).toBeGreaterThanOrEqual(0.05);
          expect(chosen.actions).not.toEqual(rejected.actions);
          const again = pairs.slice(index + 1).some((pair) => pair.chosen === chosen && pair.rejected === rejected);
          expect(again).toBe(false);
        }
      }),
    );
  });

  it('drops what differs in cost alone unless both beliefs are right', () => {
    const cheapAndWrong = different([rollout(-1, { cost: 0, incident: 0.2 }), rollout(-1, { cost: 1, incident: 0.2 })]);
    expect(preferencePairs(cheapAndWrong, 1, options())).toEqual([]);
    const cheapAndRight = different([rollout(0.9, { cost: 0 }), rollout(0.9, { cost: 1 })]);
    expect(preferencePairs(cheapAndRight, 1, options())[0]?.chosen.terms.cost).toBe(0);
    expect(preferencePairs(cheapAndRight, 0, options())).toEqual([]);
  });

  it('needs two rollouts', () => {
    expect(preferencePairs([], 1, options())).toEqual([]);
    expect(preferencePairs([rollout(1)], 1, options())).toEqual([]);
  });

  it('takes what a person says, and where it begins to differ', () => {
    const [a, b] = [
      rollout(0, {
        actions: [
          [2, 16],
          [5, 0],
        ],
      }),
      rollout(1, {
        actions: [
          [2, 16],
          [3, 24],
          [5, 0],
        ],
      }),
    ];
    const pair = statedPair(a, b, 'correction');
    expect(pair).toMatchObject({ chosen: a, rejected: b, margin: null });
    expect(firstDifference(a, b)).toBe(1);
    expect(statedPair(a, a, 'preference')).toBeNull();
  });
});

describe('a corrected FINAL', () => {
  /** Two looks: every 2 s from 10 s, and every ½ s from 12 s. */
  const trajectory = {
    grid: { anchor: 0, ticksPerSecond: 8 },
    looks: [
      { keys: [80, 96, 112, 128], density: 0.5 },
      { keys: [96, 100, 104, 108], density: 2 },
    ],
  } as unknown as Parameters<typeof correctedFinal>[0];

  it('points at the first and last frame that was seen inside, in the closest look', () => {
    expect(correctedFinal(trajectory, [{ start: 11.5, end: 15, class: 'fall' }]).hypotheses).toEqual([
      { first: { look: 1, frame: 0 }, last: { look: 0, frame: 2 }, class: 'fall' },
    ]);
  });

  it('names nothing where nothing was seen, and nothing at all after a rejection', () => {
    expect(correctedFinal(trajectory, [{ start: 20, end: 30, class: 'fall' }]).hypotheses).toEqual([]);
    expect(correctedFinal(trajectory, []).hypotheses).toEqual([]);
  });
});
