/** The policies that come with the program, by the names of the command line. */
import { AppError } from '../../contract/errors.ts';
import type { Policy } from '../policy.ts';
import { blindPolicy } from './blind.ts';
import { rulesPolicy } from './rules.ts';
import { treePolicy } from './tree.ts';
import { triagePolicy } from './triage.ts';
import { densePolicy, uniformPolicy } from './uniform.ts';

const policies: readonly Policy[] = [rulesPolicy, uniformPolicy, treePolicy, triagePolicy, densePolicy, blindPolicy];

export const policyNames: readonly string[] = policies.map(({ name }) => name);

/** @throws AppError `invalid-argument` for a name that no policy has */
export function policyNamed(name: string): Policy {
  const policy = policies.find((candidate) => candidate.name === name);
  if (policy === undefined) {
    throw new AppError('invalid-argument', `There is no policy ${name}; there are ${policyNames.join(', ')}.`);
  }
  return policy;
}
