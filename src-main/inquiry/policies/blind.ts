/** The policy that never looks: its belief is the base rate and triage. It exists to be compared with. */
import type { Policy } from '../policy.ts';
import { readAttributes } from '../read-out.ts';

export const blindPolicy: Policy = {
  name: 'blind',
  version: '1',
  opens: false,
  readBelief: readAttributes,
  decide: () => ({ action: { operator: 'FINAL', hypotheses: [] }, reason: 'It never looks.' }),
};
