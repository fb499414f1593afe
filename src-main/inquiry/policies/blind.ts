/** The policy that never looks and knows the base rate alone (triage is `triage`'s). It exists to be compared with. */
import type { Policy } from '../policy.ts';
import { readAttributes } from '../read-out.ts';

export const blindPolicy: Policy = {
  name: 'blind',
  version: '2',
  opens: false,
  readBelief: ({ classes }) => readAttributes({ classes, looks: [], activity: [] }),
  decide: () => ({ action: { operator: 'FINAL', hypotheses: [] }, reason: 'It never looks.' }),
};
