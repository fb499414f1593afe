/** The passive policies: frames spread evenly, at the rate that the budget allows or at every instant of the grid. */
import type { Action } from '../../contract/trajectory.ts';
import { rates } from '../grammar.ts';
import { framesPerLook } from '../lattice.ts';
import type { Decision, Policy, PolicyView } from '../policy.ts';
import { readAttributes } from '../read-out.ts';
import { hypothesesOf } from '../suspicion.ts';

type Sample = Extract<Action, { operator: 'SAMPLE' }>;

/** The span of the opening look, relative to the focus; null where it showed nothing. */
function openingSpan(view: PolicyView): { start: number; seconds: number } | null {
  const [opening] = view.looks;
  const start = opening?.frames[0]?.offset;
  return opening === undefined || start === undefined ? null : { start, seconds: opening.interval * framesPerLook };
}

/** The whole span at the highest rate that the budget pays for; null where it pays for no more than the opening look. */
function evenSample(view: PolicyView): Sample | null {
  const span = openingSpan(view);
  if (span === null) return null;
  for (const rate of rates.toReversed()) {
    if (rate * span.seconds <= framesPerLook) return null;
    const action: Sample = { operator: 'SAMPLE', start: span.start, end: span.start + span.seconds, rate };
    if (view.chargeOf(action).allowed) return action;
  }
  return null;
}

/**
 * What is left of the budget, spent on looks of twice the rate that are spread as evenly as their number allows: in the
 * order of reversed bits, every other part before the ones between.
 */
function furtherSample(view: PolicyView, rate: number): Sample | null {
  const span = openingSpan(view);
  if (span === null || rate >= (rates.at(-1) ?? rate)) return null;
  const seconds = framesPerLook / (2 * rate);
  const bits = Math.round(Math.log2(span.seconds / seconds));
  for (let index = 0; index < 2 ** bits; index++) {
    const start = span.start + reversedBits(index, bits) * seconds;
    const isTaken = view.looks.some((look) => look.interval === 1 / (2 * rate) && look.frames[0]?.offset === start);
    if (isTaken) continue;
    const action: Sample = { operator: 'SAMPLE', start, end: start + seconds, rate: 2 * rate };
    const { frames, allowed } = view.chargeOf(action);
    if (allowed && frames > 0) return action;
  }
  return null;
}

function reversedBits(value: number, bits: number): number {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit++) reversed |= ((value >>> bit) & 1) << (bits - 1 - bit);
  return reversed;
}

function decide(view: PolicyView): Decision {
  const [first] = view.taken;
  const action = view.mustEnd
    ? null
    : first === undefined
      ? evenSample(view)
      : first.operator === 'SAMPLE'
        ? furtherSample(view, first.rate)
        : null;
  if (action === null) {
    return {
      action: { operator: 'FINAL', hypotheses: hypothesesOf(view) },
      reason: 'Everything was looked at alike; what stands out is named.',
    };
  }
  return { action, purpose: 'even-sampling', reason: `${String(action.rate)} frames a second, wherever it may be.` };
}

/** Passive sampling at the budget's rate. */
export const uniformPolicy: Policy = { name: 'uniform', version: '1', opens: true, readBelief: readAttributes, decide };

/** Passive sampling of every instant of the time grid, given the budget that pays for it (`budgetFor`). */
export const densePolicy: Policy = { ...uniformPolicy, name: 'dense' };
