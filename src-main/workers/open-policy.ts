/** Policies as tasks name them: those that come with the program, and versions of `nano` by their weights. */
import { type Policy, policyNamed } from '../inquiry/index.ts';
import { nanoPolicy } from '../inquiry/policies/nano/index.ts';
import type { PolicyChoice } from './protocol/index.ts';
import type { TaskContext } from './task.ts';

/**
 * The policy, its net opened in a thread of its own where it has one; scans take what it finds likeliest, so that the same
 * look is the same again. Errors: those of `Resources.nano`; `invalid-argument` for a name that no policy has.
 */
export async function openPolicy(
  { name, version, weights }: PolicyChoice,
  { resources, blobPath }: Pick<TaskContext, 'resources' | 'blobPath'>,
): Promise<Policy> {
  if (weights === null) return policyNamed(name);
  return nanoPolicy(await resources.nano(weights, blobPath(weights)), { version, choose: 'greedy' });
}
