/** The iDPO loss in plain numbers: the reference that the training graph is held to. */
import { tokens } from '../../inquiry/grammar.ts';
import { sigmoid, softplus } from '../../math/logistic.ts';

export interface IdpoSettings {
  /** Strength of the preference. */
  readonly beta: number;
  /** Share of the mean negative log-likelihood of the chosen trajectory's tokens. */
  readonly alpha: number;
  /** The same for a corrected trajectory, from where it differs. */
  readonly alphaOfCorrection: number;
  /** Share of preferences that are taken to be the wrong way round at least. */
  readonly smoothing: number;
  /** Utilities that lie so far apart are told apart by σ(1) = .73: see `smoothingOf`. */
  readonly utilityScale: number;
  /** The same for what a reviewer said. */
  readonly smoothingOfVerdicts: number;
  /** Weight of the tokens of a THINK; those of other actions count 1. */
  readonly thought: number;
  /** Discount per turn of DMPO, or null for none: an ablation. */
  readonly turnDiscount: number | null;
}

/** Source: DESIGN §8; the scale is ours. */
export const defaultIdpoSettings: IdpoSettings = {
  beta: 0.1,
  alpha: 0.2,
  alphaOfCorrection: 1,
  smoothing: 0.05,
  utilityScale: 0.5,
  smoothingOfVerdicts: 0.1,
  thought: 0.25,
  turnDiscount: null,
};

/**
 * Weight of each turn of a trajectory of `turns` turns: 1 without a discount, else
 * `γ^j·(1 − γ^(T−j)) / (1 − γ^T)` for turn j from 0. Source: DMPO (Shi et al. 2024).
 */
export const turnWeights = (turns: number, discount: number | null): number[] =>
  Array.from({ length: turns }, (_, turn) =>
    discount === null ? 1 : (discount ** turn * (1 - discount ** (turns - turn))) / (1 - discount ** turns),
  );

/** Weight of the tokens of one action. */
export const actionWeight = (operator: number, settings: IdpoSettings): number =>
  operator === tokens.THINK ? settings.thought : 1;

/** One trajectory: log-probabilities of its unforced agent tokens under policy and reference, and their weights. */
export interface WeighedTokens {
  readonly policy: readonly number[];
  readonly reference: readonly number[];
  readonly weights: readonly number[];
}

export interface IdpoPair {
  readonly chosen: WeighedTokens;
  readonly rejected: WeighedTokens;
  readonly smoothing: number;
  /** `[tokens of chosen]` factors of the chosen tokens' negative log-likelihood: α / tokens where it counts, else 0. */
  readonly likelihood: readonly number[];
}

export interface IdpoTerms {
  readonly loss: number;
  /** `Δ(τ⁺) − Δ(τ⁻)`. */
  readonly margin: number;
  /** Derivatives of the loss by the log-probability of each token. */
  readonly chosenGradient: readonly number[];
  readonly rejectedGradient: readonly number[];
}

/** `Δ(τ) = Σ w·(log π_θ − log π_ref)`. */
const gain = ({ policy, reference, weights }: WeighedTokens) =>
  policy.reduce((sum, value, index) => sum + (weights[index] ?? 0) * (value - (reference[index] ?? 0)), 0);

/**
 * `−(1 − ε)·log σ(β·m) − ε·log σ(−β·m) + Σ λ·(−log π_θ(chosen token))` with `m = Δ(τ⁺) − Δ(τ⁻)`, and its gradient.
 * Source: DESIGN §8; smoothing as in conservative DPO (Mitchell 2023).
 */
export function idpoLoss({ chosen, rejected, smoothing, likelihood }: IdpoPair, beta: number): IdpoTerms {
  const margin = gain(chosen) - gain(rejected);
  const preference = (1 - smoothing) * softplus(-beta * margin) + smoothing * softplus(beta * margin);
  const imitation = chosen.policy.reduce((sum, value, index) => sum - (likelihood[index] ?? 0) * value, 0);
  const slope = beta * (sigmoid(beta * margin) - (1 - smoothing));
  return {
    loss: preference + imitation,
    margin,
    chosenGradient: chosen.weights.map((weight, index) => slope * weight - (likelihood[index] ?? 0)),
    rejectedGradient: rejected.weights.map((weight) => -slope * weight),
  };
}
