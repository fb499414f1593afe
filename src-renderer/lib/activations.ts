/** Which policy version was in force when, and what going back leads to. Pure. */
import type { PolicyActivation } from '../../src-main/contract/policy-version.ts';

/**
 * The version that rolling back puts in force; null where none was in force before. `activations` with the latest first,
 * as the core lists them: a roll back takes the latest activation that was not yet rolled back away.
 */
export function versionBefore(activations: readonly PolicyActivation[]): string | null {
  const inForce: string[] = [];
  for (const { kind, version } of activations.toReversed()) {
    if (kind === 'rollback') inForce.pop();
    else inForce.push(version);
  }
  return inForce.at(-2) ?? null;
}
