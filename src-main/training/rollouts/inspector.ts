/** A policy that follows a plan: it looks closely at what stood out most from afar, and then before it, around it or elsewhere. */
import type { Action } from '../../contract/trajectory.ts';
import { closeLook, isSeenClosely, standingOut } from '../../inquiry/policies/nano/index.ts';
import { showsMore, type Policy, type PolicyView, type ViewLook } from '../../inquiry/policy.ts';
import type { Random } from '../../math/random.ts';
import { hypothesesOf, type Believer } from './explorer.ts';

/** How an episode goes on after its opening look. Drawn once, so that all of its looks have one reason. Ours. */
interface Plan {
  /** Moments by the evidence of the frames seen from afar, or by triage. */
  readonly by: 'evidence' | 'activity';
  readonly moments: number;
  readonly longer: boolean;
  readonly denser: boolean;
  /** What follows each close look: as many looks farther back, a wider one around it, or neither. */
  readonly follow:
    | { readonly operator: 'BACKTRACK'; readonly times: number }
    | { readonly operator: 'EXPAND'; readonly factor: number }
    | null;
  /** Whether it ends once something it looked at closely is likely. */
  readonly endsWhenSure: boolean;
}

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
      plan ??= planFor(random);
      const action = view.mustEnd ? null : nextLook(view, plan);
      return action === null
        ? { action: { operator: 'FINAL', hypotheses: hypothesesOf(view, random) }, reason: 'Its plan is done.' }
        : { action, reason: reasons[action.operator] };
    },
  };
}

type Look = Extract<Action, { operator: 'SAMPLE' | 'BACKTRACK' | 'EXPAND' }>;
const reasons: Readonly<Record<Look['operator'], string>> = {
  SAMPLE: 'It stood out from afar.',
  BACKTRACK: 'How did what is seen there begin?',
  EXPAND: 'What else happened about then?',
};

const planFor = (random: Random): Plan => ({
  by: random.next() < 0.8 ? 'evidence' : 'activity',
  moments: random.pick([1, 2, 2, 3, 3, 4]),
  longer: random.next() < 0.25,
  denser: random.next() < 0.25,
  follow: random.pick([
    null,
    { operator: 'EXPAND', factor: 2 },
    { operator: 'BACKTRACK', times: 1 },
    null,
    null,
    { operator: 'EXPAND', factor: 4 },
    { operator: 'BACKTRACK', times: 2 },
  ]),
  endsWhenSure: random.next() < 0.5,
});

/** The next look of the plan; null where it is done or the budget is. */
function nextLook(view: PolicyView, plan: Plan): Look | null {
  const rate = closeLook(view, 0, plan)?.rate ?? 0;
  const isClose = ({ interval }: ViewLook) => interval * rate <= 1;
  const seen = view.looks.flatMap((look, number) => (isClose(look) ? view.belief.evidence[number] : []) ?? []);
  if (plan.endsWhenSure && seen.some((logit) => logit >= likely)) return null;
  const looks = [followUp(view, plan), nextMoment(view, plan)].flatMap((each) => each ?? []);
  return looks.find((look) => showsMore(view, look)) ?? null;
}

/** Farther back or wider, as often as the plan says after each close look. */
function followUp({ taken }: PolicyView, { follow }: Plan): Look | null {
  const since = taken.length - 1 - taken.findLastIndex(({ operator }) => operator === 'SAMPLE');
  if (taken.length === 0 || follow === null) return null;
  if (follow.operator === 'BACKTRACK') return since < follow.times ? { operator: 'BACKTRACK', distance: 1 } : null;
  // Once: a second one would show the episode again from afar.
  return since === 0 ? follow : null;
}

/** Closely at the strongest moment that no close look shows yet. */
function nextMoment(view: PolicyView, plan: Plan): Look | null {
  if (view.taken.filter(({ operator }) => operator === 'SAMPLE').length >= plan.moments) return null;
  const busiest = view.activity.toSorted((a, b) => b.level - a.level || a.offset - b.offset);
  const moment =
    plan.by === 'evidence'
      ? standingOut(view).unseen[0]?.start
      : busiest.map(({ offset }) => offset + 0.5).find((at) => !isSeenClosely(view, at));
  return moment === undefined ? null : closeLook(view, moment, plan);
}
