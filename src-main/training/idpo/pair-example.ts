/** A preference pair as the iDPO loss takes it: which tokens weigh how much, against which reference. */
import type { Transcript } from '../../inquiry/policies/nano/index.ts';
import type { PairExample } from '../nano/examples.ts';
import { sigmoid } from '../../math/logistic.ts';
import { firstDifference, type PreferencePair } from '../pairs/preference-pairs.ts';
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

/** Choices of a usual episode: among them α is shared out. Ours. */
const usualChoices = 16;

/** Where a preference comes from, and by how much. */
type Preference = Pick<PreferencePair<unknown>, 'origin' | 'margin'>;

/**
 * Share of such preferences that are taken to be the wrong way round: by utility as Bradley and Terry have it. A look that
 * finds nothing loses by its cost, and one that finds something wins by far: counted alike, those that look less win more
 * often, and what is learned is not to look.
 */
export function smoothingOf({ origin, margin }: Preference, settings: IdpoSettings): number {
  if (origin !== 'utility') return settings.smoothingOfVerdicts;
  return Math.max(settings.smoothing, sigmoid(-(margin ?? Infinity) / settings.utilityScale));
}

/**
 * The example of a pair. What a person said is smoothed more; a correction is imitated more, and only from the first
 * action on that differs, with weights that sum to α. Of what the version itself drew every choice weighs the same: divided
 * by the choices of its own episode, an end soon would be imitated more than a look, and each round looks less.
 */
export function pairExample(
  chosen: ReferredTranscript,
  rejected: ReferredTranscript,
  preference: Preference,
  settings: IdpoSettings,
): PairExample {
  const [chosenWeights, rejectedWeights] = [chosen, rejected].map(({ transcript }) =>
    choiceWeights(transcript, settings),
  ) as [number[], number[]];
  const sum = (weights: readonly number[], values: readonly number[]) =>
    weights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  const { origin } = preference;
  const from = origin === 'correction' ? firstDifference(chosen.transcript, rejected.transcript) : 0;
  const imitated = chosen.transcript.choices.map(({ turn }) => turn >= from);
  const each =
    origin === 'correction'
      ? settings.alphaOfCorrection / imitated.filter(Boolean).length
      : settings.alpha / usualChoices;
  const chosenReference = sum(chosenWeights, chosen.reference);
  return {
    ...{ chosen: chosen.transcript, rejected: rejected.transcript, chosenWeights, rejectedWeights },
    reference: chosenReference - sum(rejectedWeights, rejected.reference),
    chosenReference,
    smoothing: smoothingOf(preference, settings),
    likelihood: imitated.map((counts) => (counts ? each : 0)),
  };
}
