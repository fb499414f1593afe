/**
 * Coarse to fine where it is uncertain: a look is halved, each half at twice its density, where that promises most.
 * It exists to be compared with. In the manner of VADTree (2025), over looks of the lattice instead of a segmentation;
 * what a halving promises is ours.
 */
import { framesPerLook } from '../lattice.ts';
import type { Action } from '../../contract/trajectory.ts';
import { fineSeconds, latestOffset, rates } from '../grammar.ts';
import type { Decision, Policy, PolicyView, ViewLook } from '../policy.ts';
import { readAttributes } from '../read-out.ts';
import { sigmoid } from '../../math/logistic.ts';
import { hypothesesOf } from '../suspicion.ts';

type Sample = Extract<Action, { operator: 'SAMPLE' }>;

/** Halvings that promise less than this many nats times seconds are not worth a step: a calm second at four a second. */
const leastPromise = 0.03;

/** Uncertainty of a probability in nats. */
function entropy(probability: number): number {
  const [p, q] = [probability, 1 - probability];
  return (p > 0 ? -p * Math.log(p) : 0) + (q > 0 ? -q * Math.log(q) : 0);
}

/** The halves of every look, each with what a closer look at it promises: its uncertainty times what lies unseen between frames. */
function halvesOf(view: PolicyView): { action: Sample; promise: number }[] {
  return view.looks.flatMap((look, number) => {
    const rate = 2 / look.interval;
    const start = look.frames[0]?.offset;
    if (start === undefined || !rates.includes(rate as (typeof rates)[number])) return [];
    const half = (look.interval * framesPerLook) / 2;
    return [0, 1].flatMap((which) => {
      const from = Math.floor((start + which * half) / fineSeconds) * fineSeconds;
      const logits = look.frames.flatMap(({ offset }, frame) =>
        offset >= from && offset < from + half ? [view.belief.evidence[number]?.[frame] ?? view.belief.prior] : [],
      );
      // The opening look may begin late, where the budget paid for a part of it: no action can name what lies far behind.
      const end = Math.min(from + half, latestOffset);
      if (logits.length === 0 || end - from < fineSeconds || isHalved(view.looks, from, look.interval)) return [];
      const mostUncertain = Math.max(...logits.map((logit) => entropy(sigmoid(logit))));
      const action: Sample = { operator: 'SAMPLE', start: from, end, rate };
      return [{ action, promise: mostUncertain * look.interval }];
    });
  });
}

/** Whether a look of twice the density has begun there. */
const isHalved = (looks: readonly ViewLook[], start: number, interval: number) =>
  looks.some(
    (look) => look.interval === interval / 2 && Math.abs((look.frames[0]?.offset ?? Infinity) - start) < interval,
  );

function decide(view: PolicyView): Decision {
  const next = view.mustEnd
    ? undefined
    : halvesOf(view)
        .filter(({ promise }) => promise >= leastPromise)
        .sort((a, b) => b.promise - a.promise || a.action.start - b.action.start)
        .find(({ action }) => {
          const { allowed, frames } = view.chargeOf(action);
          return allowed && frames > 0;
        });
  if (next === undefined) {
    return {
      action: { operator: 'FINAL', hypotheses: hypothesesOf(view) },
      reason: 'No half promises more than it costs; what stands out is named.',
    };
  }
  return {
    action: next.action,
    purpose: 'closer-look',
    reason: `Here it is least certain between frames ${String(2 / next.action.rate)} s apart: half of it, twice as dense.`,
  };
}

export const treePolicy: Policy = { name: 'tree', version: '2', opens: true, readBelief: readAttributes, decide };
