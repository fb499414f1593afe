import { expect, it } from 'vitest';
import type { PolicyActivation } from '../../src-main/contract/policy-version.ts';
import { versionBefore } from './activations.ts';

/** `+a` puts a in force, `<a` is a roll back to a; the earliest first. */
const activations = (...told: readonly string[]): PolicyActivation[] =>
  told
    .map((each, index): PolicyActivation => ({
      number: index + 1,
      kind: each.startsWith('<') ? 'rollback' : index === 0 ? 'first' : 'activate',
      version: each.slice(1),
      atMs: index,
    }))
    .toReversed();

it('knows what rolling back leads to', () => {
  expect(versionBefore([])).toBeNull();
  expect(versionBefore(activations('+a'))).toBeNull();
  expect(versionBefore(activations('+a', '+b'))).toBe('a');
  // Done again it goes back further, not to and fro.
  expect(versionBefore(activations('+a', '+b', '+c', '<b'))).toBe('a');
  expect(versionBefore(activations('+a', '+b', '<a'))).toBeNull();
  expect(versionBefore(activations('+a', '+b', '<a', '+c'))).toBe('a');
});
