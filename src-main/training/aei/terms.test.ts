import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchIntervals } from './match-intervals.ts';
import {
  clippedBelief,
  costShare,
  flaggedShare,
  information,
  intervalSuccess,
  localisation,
  videoSuccess,
  type AeiTerms,
  type VideoLabel,
} from './terms.ts';
import { defaultAeiWeights, utilityOf } from './utility.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const label = fc.constantFrom<VideoLabel[]>(0, 1);
const costs = fc.record({
  newFrames: fc.nat(60),
  rereadFrames: fc.nat(60),
  looks: fc.nat(12),
  thoughts: fc.nat(12),
});

/** An episode as the utility sees it: beliefs before and after each step, and what it cost. */
const utilityOfBeliefs = (
  beliefs: readonly number[],
  spent: Parameters<typeof costShare>[0],
  truth: VideoLabel,
  budget = 40,
) => {
  const [first, last] = [beliefs[0] ?? 0.5, beliefs.at(-1) ?? 0.5];
  return utilityOf({
    success: videoSuccess(last, truth),
    information: information(first, last, truth),
    cost: costShare(spent, budget),
    localisation: localisation({ incident: last, incidentWithout: first, flaggedShare: 0.1 }, truth),
  });
};

describe('AEI terms', () => {
  it('by hand: one recording with an incident', () => {
    // p = .9: R_v = 1 − 4·.01; I = ln(.9/.1)/ln 50; C = (20 + ¼·4 + 3 + .1·2)/40; L = .9 − .3 − ½·.2
    const terms: AeiTerms = {
      success: videoSuccess(0.9, 1),
      information: information(0.1, 0.9, 1),
      cost: costShare({ newFrames: 20, rereadFrames: 4, looks: 3, thoughts: 2 }, 40),
      localisation: localisation({ incident: 0.9, incidentWithout: 0.3, flaggedShare: 0.2 }, 1),
    };
    expect(terms.success).toBeCloseTo(0.96, 12);
    expect(terms.information).toBeCloseTo(0.56166, 5);
    expect(terms.cost).toBeCloseTo(0.605, 12);
    expect(terms.localisation).toBeCloseTo(0.5, 12);
    expect(utilityOf(terms)).toBeCloseTo(0.96 + 0.3 * 0.56166 - 0.2 * 0.605 + 0.3 * 0.5, 5);
  });

  it('stay within their bounds', () => {
    fc.assert(
      fc.property(share, share, share, label, costs, (before, after, flagged, truth, spent) => {
        const success = videoSuccess(after, truth);
        expect(success).toBeGreaterThanOrEqual(-3);
        expect(success).toBeLessThanOrEqual(1);
        expect(Math.abs(information(before, after, truth))).toBeLessThanOrEqual(1);
        const cost = costShare(spent, 40);
        expect(cost >= 0 && cost <= 1).toBe(true);
        const found = localisation({ incident: after, incidentWithout: before, flaggedShare: flagged }, truth);
        expect(found >= -1.5 && found <= 1).toBe(true);
      }),
    );
  });

  it('success is highest for the belief that is right, by the frequency of incidents', () => {
    const frequency = 0.3;
    const expected = (said: number) => frequency * videoSuccess(said, 1) + (1 - frequency) * videoSuccess(said, 0);
    fc.assert(
      fc.property(share, (said) => {
        expect(expected(said)).toBeLessThanOrEqual(expected(frequency) + 1e-12);
      }),
    );
  });

  it('information telescopes: steps cannot farm it', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 12 }), label, (beliefs, truth) => {
        const ofSteps = beliefs
          .slice(1)
          .reduce((sum, after, index) => sum + information(beliefs[index] ?? 0, after, truth), 0);
        expect(ofSteps).toBeCloseTo(information(beliefs[0] ?? 0, beliefs.at(-1) ?? 0, truth), 9);
      }),
    );
  });

  it('a belief that went up and down on its way raises nothing', () => {
    fc.assert(
      fc.property(share, fc.array(share, { maxLength: 8 }), share, label, costs, (first, way, last, truth, spent) => {
        expect(utilityOfBeliefs([first, ...way, last], spent, truth)).toBe(
          utilityOfBeliefs([first, last], spent, truth),
        );
      }),
    );
  });

  it('idle thoughts, looks and re-reads that change no belief never raise the utility', () => {
    fc.assert(
      fc.property(share, share, label, costs, costs, (first, last, truth, spent, idle) => {
        const more = {
          newFrames: spent.newFrames + idle.newFrames,
          rereadFrames: spent.rereadFrames + idle.rereadFrames,
          looks: spent.looks + idle.looks,
          thoughts: spent.thoughts + idle.thoughts,
        };
        expect(utilityOfBeliefs([first, last], more, truth)).toBeLessThanOrEqual(
          utilityOfBeliefs([first, last], spent, truth),
        );
      }),
    );
  });

  it('flagging more of an innocent recording only lowers the utility', () => {
    fc.assert(
      fc.property(share, share, share, (a, b, incident) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const of = (flagged: number) => localisation({ incident, incidentWithout: incident, flaggedShare: flagged }, 0);
        expect(of(more)).toBeLessThanOrEqual(of(less));
      }),
    );
  });

  it('the flagged share counts overlaps once and only what lies in the window', () => {
    const spans = [
      { start: -5, end: 2 },
      { start: 1, end: 3 },
      { start: 9, end: 20 },
    ];
    expect(flaggedShare(spans, { start: 0, end: 10 })).toBeCloseTo(0.4, 12);
    expect(flaggedShare([], { start: 0, end: 10 })).toBe(0);
  });

  it('weights are settings', () => {
    const terms = { success: 1, information: 1, cost: 1, localisation: 1 };
    expect(utilityOf(terms, { information: 0, cost: 0, localisation: 0 })).toBe(1);
    expect(utilityOf(terms)).toBeCloseTo(1.4, 12);
    expect(defaultAeiWeights).toEqual({ information: 0.3, cost: 0.2, localisation: 0.3 });
  });

  it('refuses what is no probability, share or budget', () => {
    for (const wrong of [-0.1, 1.1, NaN]) {
      expect(() => clippedBelief(wrong)).toThrow(RangeError);
      expect(() => localisation({ incident: 0.5, incidentWithout: 0.5, flaggedShare: wrong }, 0)).toThrow(RangeError);
    }
    expect(() => costShare({ newFrames: 0, rereadFrames: 0, looks: 0, thoughts: 0 }, 0)).toThrow(RangeError);
  });
});

describe('matching of intervals', () => {
  const span = (start: number, end: number, name = 'fight') => ({ start, end, class: name });

  it('takes the pairs that overlap most in sum, not the first that fit', () => {
    // [0, 10) meets both truths; alone with [0, 6) it would leave [5, 12) without a partner.
    const found = matchIntervals([span(0, 10), span(0, 6)], [span(0, 6), span(5, 12)]);
    expect(found.overlap).toBeCloseTo((2 * (1 + 5 / 12)) / 4, 12);
    expect(found.rightClass).toBe(1);
  });

  it('counts missed and invented intervals, and wrong classes', () => {
    expect(matchIntervals([], [])).toEqual({ overlap: 1, rightClass: 1 });
    expect(matchIntervals([span(0, 1)], [])).toEqual({ overlap: 0, rightClass: 0 });
    expect(matchIntervals([], [span(0, 1)])).toEqual({ overlap: 0, rightClass: 0 });
    expect(matchIntervals([span(0, 1)], [span(1, 2)])).toEqual({ overlap: 0, rightClass: 0 });
    expect(matchIntervals([span(0, 4, 'fall')], [span(0, 4)])).toEqual({ overlap: 1, rightClass: 0 });
  });

  it('makes success out of both halves', () => {
    // R_v = 1, F = 1, c = 0: ½ + ½(2·½ − 1)
    expect(intervalSuccess(1, { overlap: 1, rightClass: 0 })).toBe(0.5);
    expect(intervalSuccess(1, { overlap: 1, rightClass: 1 })).toBe(1);
    expect(intervalSuccess(-3, { overlap: 0, rightClass: 0 })).toBe(-2);
  });
});
