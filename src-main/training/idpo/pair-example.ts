/** A preference pair as the iDPO loss takes it: which tokens weigh how much, against which reference. */
import type { Transcript } from '../../inquiry/policies/nano/index.ts';
import type { PairExample } from '../nano/examples.ts';
import { firstDifference, type PairOrigin } from '../pairs/preference-pairs.ts';
import { actionWeight, turnWeights, type IdpoSettings } from './loss.ts';

/** A transcript with its log-probabilities under the reference, one a choice. */
export interface ReferredTranscript {
  readonly transcript: Transcript;
  readonly reference: readonly number[];
}

/** `[choices]` weight of each log-probability in `Δ`: that of its action times that of its turn. */
export function choiceWeights({ choices, actions }: Transcript, settings: IdpoSettings): number[] {
  const ofTurns = turnWeights(actions.length, settings.turnDiscount);
  return choices.map(({ operator, turn }) => actionWeight(operator, settings) * (ofTurns[turn] ?? 0));
}

/**
 * The example of a pair. What a person said is smoothed more; a correction is imitated more, and only from the first
 * action on that differs. The likelihood's weights sum to α.
 */
export function pairExample(
  chosen: ReferredTranscript,
  rejected: ReferredTranscript,
  origin: PairOrigin,
  settings: IdpoSettings,
): PairExample {
  const [chosenWeights, rejectedWeights] = [chosen, rejected].map(({ transcript }) =>
    choiceWeights(transcript, settings),
  ) as [number[], number[]];
  const sum = (weights: readonly number[], values: readonly number[]) =>
    weights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  const from = origin === 'correction' ? firstDifference(chosen.transcript, rejected.transcript) : 0;
  const imitated = chosen.transcript.choices.map(({ turn }) => turn >= from);
  const alpha = origin === 'correction' ? settings.alphaOfCorrection : settings.alpha;
  const count = imitated.filter(Boolean).length;
  const chosenReference = sum(chosenWeights, chosen.reference);
  return {
    ...{ chosen: chosen.transcript, rejected: rejected.transcript, chosenWeights, rejectedWeights },
    reference: chosenReference - sum(rejectedWeights, rejected.reference),
    chosenReference,
    smoothing: origin === 'utility' ? settings.smoothing : settings.smoothingOfVerdicts,
    likelihood: imitated.map((counts) => (counts ? alpha / count : 0)),
  };
}
