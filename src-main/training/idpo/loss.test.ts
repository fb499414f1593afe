import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokens } from '../../inquiry/grammar.ts';
import type { Transcript } from '../../inquiry/policies/nano/index.ts';
import { actionWeight, defaultIdpoSettings, idpoLoss, turnWeights, type IdpoPair } from './loss.ts';
import { pairExample, smoothingOf } from './pair-example.ts';

const logProb = fc.double({ min: -9, max: 0, noNaN: true });
const weighedTokens = fc
  .array(fc.tuple(logProb, logProb, fc.constantFrom(0.25, 1)), { minLength: 1, maxLength: 6 })
  .map((all) => ({
    policy: all.map(([policy]) => policy),
    reference: all.map(([, reference]) => reference),
    weights: all.map(([, , weight]) => weight),
  }));

describe('the iDPO loss', () => {
  it('by hand: two trajectories of two tokens', () => {
    // Δ(τ⁺) = 1·(−1 + 1.5) + ¼·(−2 + 2) = .5; Δ(τ⁻) = 1·(−3 + 2) = −1; m = 1.5, βm = .15
    const pair: IdpoPair = {
      chosen: { policy: [-1, -2], reference: [-1.5, -2], weights: [1, 0.25] },
      rejected: { policy: [-3], reference: [-2], weights: [1] },
      smoothing: 0.05,
      likelihood: [0.1, 0.1],
    };
    const { loss, margin, chosenGradient, rejectedGradient } = idpoLoss(pair, 0.1);
    expect(margin).toBeCloseTo(1.5, 12);
    // −.95·ln σ(.15) − .05·ln σ(−.15) = .95·.620957 + .05·.770957 = .628457; + .1·(1 + 2)
    expect(loss).toBeCloseTo(0.628457 + 0.3, 5);
    // β(σ(.15) − .95) = .1·(.537430 − .95) = −.041257
    expect(chosenGradient[0]).toBeCloseTo(-0.041257 - 0.1, 6);
    expect(chosenGradient[1]).toBeCloseTo(-0.041257 / 4 - 0.1, 6);
    expect(rejectedGradient[0]).toBeCloseTo(0.041257, 6);
  });

  it('its gradient is that of central differences', () => {
    const step = 1e-5;
    fc.assert(
      fc.property(
        weighedTokens,
        weighedTokens,
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (chosen, rejected, smoothing) => {
          const pair = { chosen, rejected, smoothing, likelihood: chosen.policy.map(() => 0.2 / chosen.policy.length) };
          const terms = idpoLoss(pair, 0.1);
          const lossWith = (which: 'chosen' | 'rejected', token: number, change: number) => {
            const policy = pair[which].policy.map((value, index) => (index === token ? value + change : value));
            return idpoLoss({ ...pair, [which]: { ...pair[which], policy } }, 0.1).loss;
          };
          for (const which of ['chosen', 'rejected'] as const) {
            for (const token of pair[which].policy.keys()) {
              const slope = (lossWith(which, token, step) - lossWith(which, token, -step)) / (2 * step);
              expect(terms[`${which}Gradient`][token]).toBeCloseTo(slope, 6);
            }
          }
        },
      ),
    );
  });

  it('has its least where smoothing says that the preference is right that often', () => {
    // σ(βm) = 1 − ε
    const [beta, smoothing] = [0.1, 0.05];
    const margin = Math.log((1 - smoothing) / smoothing) / beta;
    const one = { policy: [margin], reference: [0], weights: [1] };
    const none = { policy: [0], reference: [0], weights: [1] };
    const { chosenGradient } = idpoLoss({ chosen: one, rejected: none, smoothing, likelihood: [0] }, beta);
    expect(chosenGradient[0]).toBeCloseTo(0, 12);
  });

  it('does not overflow', () => {
    const far = (policy: number) => ({ policy: [policy], reference: [0], weights: [1] });
    const { loss } = idpoLoss({ chosen: far(-1e5), rejected: far(0), smoothing: 0, likelihood: [0] }, 0.1);
    expect(loss).toBeCloseTo(1e4, 6);
  });
});

describe('weights of tokens', () => {
  it('THINK counts a quarter, everything else 1', () => {
    expect(actionWeight(tokens.THINK, defaultIdpoSettings)).toBe(0.25);
    for (const operator of [tokens.BACKTRACK, tokens.EXPAND, tokens.SAMPLE, tokens.FINAL]) {
      expect(actionWeight(operator, defaultIdpoSettings)).toBe(1);
    }
  });

  it('turns count alike unless the discount of DMPO is asked for', () => {
    expect(turnWeights(3, null)).toEqual([1, 1, 1]);
    // γ = ½, T = 2: (1 − ¼)/(1 − ¼) and ½(1 − ½)/(1 − ¼)
    expect(turnWeights(2, 0.5)).toEqual([1, 1 / 3]);
  });
});

describe('the example of a pair', () => {
  /** THINK with two choices, then FINAL with one. */
  const chosen: Transcript = {
    positions: [],
    choices: [
      { at: 0, chosen: 1, allowed: [1, 5], turn: 0, operator: tokens.THINK },
      { at: 1, chosen: 464, allowed: [464, 465], turn: 0, operator: tokens.THINK },
      { at: 3, chosen: 5, allowed: [1, 5], turn: 1, operator: tokens.FINAL },
    ],
    actions: [
      [1, 464, 0],
      [5, 0],
    ],
  };
  const rejected: Transcript = {
    positions: [],
    choices: [
      { at: 0, chosen: 1, allowed: [1, 5], turn: 0, operator: tokens.THINK },
      { at: 1, chosen: 464, allowed: [464, 465], turn: 0, operator: tokens.THINK },
      { at: 3, chosen: 3, allowed: [1, 3, 5], turn: 1, operator: tokens.EXPAND },
    ],
    actions: [
      [1, 464, 0],
      [3, 24],
    ],
  };
  const referred = (transcript: Transcript) => ({ transcript, reference: [-1, -2, -4] });

  it('weighs tokens, and takes the reference by the same weights', () => {
    const { chosenWeights, reference, likelihood, smoothing } = pairExample(
      referred(chosen),
      { transcript: rejected, reference: [-1, -2, -1] },
      { origin: 'utility', margin: 2 },
      defaultIdpoSettings,
    );
    expect(chosenWeights).toEqual([0.25, 0.25, 1]);
    expect(reference).toBeCloseTo(-3, 12);
    expect(likelihood).toEqual([0.2 / 16, 0.2 / 16, 0.2 / 16]);
    expect(smoothing).toBe(0.05);
  });

  it('is the less sure of a preference the narrower its margin is, down to a toss of a coin', () => {
    const of = (margin: number) => smoothingOf({ origin: 'utility', margin }, defaultIdpoSettings);
    expect([of(1e-9), of(0.05), of(0.5)].map((each) => Number(each.toFixed(3)))).toEqual([0.5, 0.475, 0.269]);
    expect([of(2), of(1e9)]).toEqual([0.05, 0.05]);
    expect(smoothingOf({ origin: 'preference', margin: null }, defaultIdpoSettings)).toBe(0.1);
  });

  it('imitates a correction from where it differs', () => {
    const { likelihood, smoothing } = pairExample(
      referred(chosen),
      referred(rejected),
      { origin: 'correction', margin: null },
      defaultIdpoSettings,
    );
    expect(likelihood).toEqual([0, 0, 1]);
    expect(smoothing).toBe(0.1);
  });
});
