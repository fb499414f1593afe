/** The utility of a trajectory under Active Evidence Inquiry: what it got right, learned, spent and pointed at. */
import type { AeiTerms } from './terms.ts';

/** Stored with each run. */
export interface AeiWeights {
  readonly information: number;
  readonly cost: number;
  readonly localisation: number;
}

/** Source: DESIGN §8, ours. */
export const defaultAeiWeights: AeiWeights = { information: 0.3, cost: 0.2, localisation: 0.3 };

/** `U = R + w_I·I − w_C·C + w_L·L`. Source: DESIGN §8; the paper names the parts, the formulas are ours. */
export const utilityOf = (terms: AeiTerms, weights: AeiWeights = defaultAeiWeights): number =>
  terms.success +
  weights.information * terms.information -
  weights.cost * terms.cost +
  weights.localisation * terms.localisation;
