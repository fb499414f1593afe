/** Settings of a run of preference rounds; stored with the run and with the version that it makes. */
import { defaultAeiWeights, type AeiWeights } from '../aei/utility.ts';
import { defaultIdpoSettings, type IdpoSettings } from '../idpo/loss.ts';

export interface RoundSettings {
  readonly rounds: number;
  /** Rollouts a recording at temperature 1; one more takes the likeliest tokens. */
  readonly rollouts: number;
  readonly learningRate: number;
  /** Passes over the pairs of a round. */
  readonly epochs: number;
  /** Pairs a batch. */
  readonly pairs: number;
  /** Beliefs beside each pair: those that its recordings' rollouts came to. */
  readonly beliefsPerPair: number;
  readonly idpo: IdpoSettings;
  readonly aei: AeiWeights;
  /** Share by which the likelihood of what is preferred may fall before the run stops. */
  readonly mostFall: number;
}

/** Source: DESIGN §8; the learning rate is that of rounds on verdicts. */
export const defaultRoundSettings: RoundSettings = {
  rounds: 1,
  rollouts: 8,
  learningRate: 2e-5,
  epochs: 1,
  pairs: 32,
  beliefsPerPair: 2,
  idpo: defaultIdpoSettings,
  aei: defaultAeiWeights,
  mostFall: 0.05,
};

/**
 * Settings of a run on a reviewer's verdicts, which are few: small batches and several passes, most of it for the belief,
 * because where to look was learned from simulation. Ours, chosen on simulated verdicts.
 */
export const verdictRoundSettings: RoundSettings = {
  ...defaultRoundSettings,
  learningRate: 1e-4,
  epochs: 2,
  pairs: 8,
  beliefsPerPair: 12,
};
