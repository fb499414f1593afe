/** Settings of a run of preference rounds; stored with the run and with the version that it makes. */
import { defaultAeiWeights, type AeiWeights } from '../aei/utility.ts';
import { defaultIdpoSettings, type IdpoSettings } from '../idpo/loss.ts';

export interface RoundSettings {
  readonly rounds: number;
  /** Rollouts a recording at temperature 1; one more takes the likeliest tokens. */
  readonly rollouts: number;
  readonly learningRate: number;
  /** `reading`: what an observation is and what to believe of it, and not how observations are put together. */
  readonly trains: 'all' | 'reading';
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

/** Source: DESIGN §8. */
export const defaultRoundSettings: RoundSettings = {
  rounds: 1,
  rollouts: 8,
  learningRate: 2e-5,
  trains: 'all',
  epochs: 1,
  pairs: 32,
  beliefsPerPair: 2,
  idpo: defaultIdpoSettings,
  aei: defaultAeiWeights,
  mostFall: 0.05,
};

/** Of few labels: small batches and two passes, most of it for the belief, because where to look was learned before. Ours. */
const fromFew: RoundSettings = { ...defaultRoundSettings, epochs: 2, pairs: 8, beliefsPerPair: 12 };

/**
 * Settings by what a run learns from. Ours, chosen on simulated verdicts, on clips and on replays: forty verdicts change what
 * is read from observations at a high rate with less harm to what else is known than all weights at a low one, and so do
 * the labels of 160 clips; some seventy video-level labels of replays are learned by heart at any but a very low one.
 */
export const roundSettingsFor = {
  verdicts: { ...fromFew, trains: 'reading', learningRate: 1e-3 },
  clips: { ...fromFew, trains: 'reading', learningRate: 5e-4 },
  replays: { ...fromFew, learningRate: 5e-6 },
} as const satisfies Readonly<Record<string, RoundSettings>>;
export type LearnedFrom = keyof typeof roundSettingsFor;
