/** A policy that follows a plan: it looks closely at what stood out most from afar, one moment after the other. */
import { quantisedOffset, rates } from '../../inquiry/grammar.ts';
import type { Policy, PolicyView } from '../../inquiry/policy.ts';
import type { Random } from '../../math/random.ts';
import { hypothesesOf, type Believer } from './explorer.ts';

/** How an episode goes on after its opening look. Drawn once, so that all of its looks have one reason. Ours. */
interface Plan {
  /** Moments by the evidence of the frames seen from afar, or by triage. */
  readonly by: 'evidence' | 'activity';
  readonly moments: number;
  /** Seconds on either side of a moment, and the rate there. */
  readonly reach: number;
  readonly rate: number;
  /** Whether it ends once something it looked at closely is likely. */
  readonly endsWhenSure: boolean;
}

const reaches = [1, 2, 4, 8] as const;
const framesOfWindow = [8, 16] as const;
/** Evidence logit of what is likely. */
const likely = 0.5;

/** It believes as `belief` does, and ends with what stands out to that belief. Which plan was good is for others to say. */
export function inspector(belief: Believer): Policy {
  let plan: Plan | null = null;
  return {
    name: 'inspector',
    version: '1',
    opens: true,
    readBelief: (input) => belief.readBelief(input),
    forEpisode: () => inspector(belief.forEpisode?.() ?? belief),
    decide(view, random) {
      plan ??= planFor(view, random);
      const action = view.mustEnd ? null : nextLook(view, plan);
      return action === null
        ? { action: { operator: 'FINAL', hypotheses: hypothesesOf(view, random) }, reason: 'Its plan is done.' }
        : { action, reason: 'It stood out from afar.' };
    },
  };
}

function planFor({ looks }: PolicyView, random: Random): Plan {
  const apart = looks[0]?.interval ?? 1;
  const reach = random.pick(reaches.filter((seconds) => seconds <= Math.max(apart, reaches[0])));
  const wanted = random.pick(framesOfWindow) / (2 * reach);
  return {
    by: random.next() < 0.75 ? 'evidence' : 'activity',
    moments: random.pick([1, 1, 2, 2, 3, 4]),
    reach,
    rate: rates.findLast((rate) => rate <= wanted) ?? rates[0],
    endsWhenSure: random.next() < 0.5,
  };
}

/** The strongest moment that no close look shows yet; null where the plan is done or the budget is. */
function nextLook(view: PolicyView, { by, moments, reach, rate, endsWhenSure }: Plan) {
  const close = view.looks.flatMap((look, number) => (look.interval > 1 / rate ? [] : evidenceIn(view, number)));
  const isDone = view.taken.length >= moments || (endsWhenSure && close.some(({ logit }) => logit >= likely));
  if (isDone) return null;
  const isSeen = (at: number) => close.some(({ offset }) => Math.abs(offset - at) < 0.75 / rate);
  const candidates =
    by === 'evidence'
      ? evidenceIn(view, openingLook)
      : view.activity.map(({ offset, level }) => ({ offset: offset + 0.5, logit: level }));
  const moment = candidates
    .filter(({ offset }) => !isSeen(offset))
    .sort((a, b) => b.logit - a.logit || a.offset - b.offset)[0];
  if (moment === undefined) return null;
  const start = quantisedOffset(moment.offset - reach);
  const action = { operator: 'SAMPLE', start, end: quantisedOffset(start + 2 * reach), rate } as const;
  const { allowed, frames } = view.chargeOf(action);
  return action.end > action.start && allowed && frames >= 1 ? action : null;
}

const openingLook = 0;

/** The frames of a look and what the belief makes of each. */
const evidenceIn = ({ looks, belief }: PolicyView, look: number) =>
  (looks[look]?.frames ?? []).map(({ offset }, frame) => ({ offset, logit: belief.evidence[look]?.[frame] ?? 0 }));
