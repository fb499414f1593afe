/** The policy that goes by the triage score alone: it scores every second and, having seen nothing, flags none. */
import type { BeliefInput, Policy, ReadOut } from '../policy.ts';
import { readAttributes } from '../read-out.ts';

/** Logits of a second without any activity and of one as busy as can be. Ours. */
const quiet = -5;
const busiest = 0;

/** Each second with activity is evidence of its own, one second wide. */
function readTriage(input: BeliefInput): ReadOut {
  const unseen = input.activity.map(({ offset, level }) => ({
    offset: offset + 0.5,
    interval: 1,
    logit: quiet + (busiest - quiet) * level,
  }));
  return { ...readAttributes(input), unseen };
}

export const triagePolicy: Policy = {
  name: 'triage',
  version: '1',
  opens: false,
  readBelief: readTriage,
  decide: () => ({
    action: { operator: 'FINAL', hypotheses: [] },
    reason: 'It goes by the triage score alone, and what was not seen is not flagged.',
  }),
};
