/** Whether a verdict rests on the interval that it flags: it should fall when that interval is gone, and only then. */

/** One flag after its check: the window was asked about again without it, and without another interval of equal length. */
export interface FaithfulnessCheck {
  /** Length of the flags by that of the window, in [0, 1]. */
  readonly flaggedShare: number;
  readonly flipsWithoutFlagged: boolean;
  readonly flipsWithoutOther: boolean;
}

export interface Faithfulness {
  /** Share of flips without the flagged interval less the share without another one, in [−1, 1]. */
  readonly faithfulness: number;
  readonly flipsWithoutFlagged: number;
  readonly flipsWithoutOther: number;
  /** Beside it, since cutting nearly everything flips any verdict. */
  readonly meanFlaggedShare: number;
  /** Checks that counted. */
  readonly checks: number;
}

/** Of a window that is mostly flagged nothing is left to ask about. */
const largestShare = 0.5;

/**
 * Over the checks of flags of at most half their window; null where there is none.
 *
 * Source: after the answer-verification reward of Vad-R1's AVA-GRPO (Huang et al. 2025); the second cut is ours.
 */
export function faithfulnessOf(checks: readonly FaithfulnessCheck[]): Faithfulness | null {
  const counted = checks.filter(({ flaggedShare }) => flaggedShare <= largestShare);
  if (counted.length === 0) return null;
  const mean = (value: (check: FaithfulnessCheck) => number) =>
    counted.reduce((sum, check) => sum + value(check), 0) / counted.length;
  const flipsWithoutFlagged = mean((check) => Number(check.flipsWithoutFlagged));
  const flipsWithoutOther = mean((check) => Number(check.flipsWithoutOther));
  return {
    ...{ flipsWithoutFlagged, flipsWithoutOther, checks: counted.length },
    faithfulness: flipsWithoutFlagged - flipsWithoutOther,
    meanFlaggedShare: mean((check) => check.flaggedShare),
  };
}
