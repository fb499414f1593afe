/** The passive policies: frames spread evenly, at the rate that the budget pays for or at every instant of the grid. */
import type { Action } from '../../contract/trajectory.ts';
import { fineSeconds, latestOffset, rates } from '../grammar.ts';
import { framesPerLook } from '../lattice.ts';
import type { BeliefInput, Decision, Policy, PolicyView, ReadOut } from '../policy.ts';
import { rankedBySurprise } from '../novelty-evidence.ts';
import { readAttributes } from '../read-out.ts';
import { hypothesesOf } from '../suspicion.ts';

type Sample = Extract<Action, { operator: 'SAMPLE' }>;

/** Before anything was looked at the focus is the span of the opening look; its sampling interval lies on either side. */
const startsBefore = (view: PolicyView) => named(-view.focusSeconds / framesPerLook);

/** The last time that an action can name and that is not later. */
const named = (offset: number) => Math.floor(offset / fineSeconds) * fineSeconds;

/** All of the episode at the highest rate that the budget pays for; null where it pays for none. */
function evenSample(view: PolicyView): Sample | null {
  for (const rate of rates.toReversed()) {
    const action: Sample = { operator: 'SAMPLE', start: startsBefore(view), end: view.focusSeconds, rate };
    if (view.chargeOf(action).allowed) return action;
  }
  return null;
}

/**
 * What is left of the budget, spent on looks of twice the rate that are spread as evenly as their number allows: in the
 * order of reversed bits, every other part before the ones between.
 */
function furtherSample(view: PolicyView, rate: number): Sample | null {
  const first = view.looks[0]?.frames[0]?.offset;
  const last = view.looks.findLast((look) => look.interval === 1 / rate)?.frames.at(-1)?.offset;
  if (first === undefined || last === undefined || rate >= (rates.at(-1) ?? rate)) return null;
  const seconds = framesPerLook / (2 * rate);
  const bits = Math.max(0, Math.ceil(Math.log2((last - first) / seconds)));
  for (let index = 0; index < 2 ** bits; index++) {
    const start = named(first + reversedBits(index, bits) * seconds);
    // The focus may begin far before the episode's end: what an action cannot name is left out.
    if (start + seconds > latestOffset) continue;
    const isTaken = view.looks.some(
      ({ interval, frames: [frame] }) =>
        interval === 1 / (2 * rate) && Math.abs((frame?.offset ?? Infinity) - start) < seconds / 2,
    );
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

/** Belief without triage: only frames count (SPEC U1). */
const readFrames = (input: BeliefInput): ReadOut => readAttributes({ ...input, activity: [] });

/**
 * Passive sampling at the budget's rate. Neither where it looks nor what it believes depends on triage (SPEC U1): what
 * lies between its instants cannot change its scores.
 */
export const uniformPolicy: Policy = {
  name: 'uniform',
  version: '3',
  opens: false,
  readBelief: readFrames,
  decide,
};

/**
 * Passive sampling of every instant of the time grid, given the budget that pays for it (`budgetFor`). Where the camera's
 * normality is known its scores rank as the surprise of the frames does (SPEC P4), and it states no hypotheses, which
 * would lift all that lies in one to one score; what it flags are the runs of high scores.
 */
export const densePolicy: Policy = {
  ...uniformPolicy,
  name: 'dense',
  readBelief: (input) => rankedBySurprise(readFrames(input), input),
  decide: (view) => {
    const decision = decide(view);
    if (decision.action.operator !== 'FINAL' || !knowsNormality(view)) return decision;
    return {
      action: { operator: 'FINAL', hypotheses: [] },
      reason: 'Every frame was scored by how unusual it is here.',
    };
  },
};

const knowsNormality = ({ looks }: PolicyView) =>
  looks.some(
    ({ observation }) => observation.kind === 'perception' && observation.surprise.some((nats) => nats !== null),
  );
