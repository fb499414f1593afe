/** The identity of a policy version: the hash of all that it was made from and of the weights that came out. */
import { hash } from 'node:crypto';
import type { JsonValue } from './json.ts';
import { canonicalJson } from './scan-id.ts';

export interface PolicyVersionInputs {
  readonly policy: 'nano';
  /** Ids of the versions that it was trained from. */
  readonly parents: readonly string[];
  readonly seed: number | string;
  readonly settings: Readonly<Record<string, JsonValue>>;
  /** What it was trained on. */
  readonly data: Readonly<Record<string, JsonValue>>;
  /** SHA-256 of the file of weights. */
  readonly weights: string;
}

/** 64 hexadecimal digits; the order of keys in `settings` and `data` does not count, that of lists does. */
export function policyVersionId({ policy, parents, seed, settings, data, weights }: PolicyVersionInputs): string {
  return hash('sha256', canonicalJson(['policy-version', policy, parents, seed, settings, data, weights]));
}
