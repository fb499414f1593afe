/** The identity of a scan and of a flag: hashes of what they depend on, so that the same look has the same id. */
import { createHash } from 'node:crypto';
import type { JsonValue } from './json.ts';

/** All that the outcome of a scan depends on. */
export interface ScanIdentity {
  readonly recording: string;
  readonly policy: string;
  readonly policyVersion: string;
  /** Frames per minute of footage. */
  readonly budget: number;
  /** Id of the perception models; '' for none. */
  readonly models: string;
  /** Question, seed, thresholds and whatever else counts; the order of keys does not. */
  readonly settings: Readonly<Record<string, JsonValue>>;
}

/** 64 hexadecimal digits. */
export function scanId(identity: ScanIdentity): string {
  const { recording, policy, policyVersion, budget, models, settings } = identity;
  return sha256(canonicalJson(['scan', recording, policy, policyVersion, budget, models, settings]));
}

/** 64 hexadecimal digits; two flags of one scan differ in bounds or class. */
export const flagId = (
  scan: string,
  flag: { readonly start: number; readonly end: number; readonly class: string },
): string => sha256(canonicalJson(['flag', scan, flag.start, flag.end, flag.class]));

/** JSON with the keys of every object in order of code units and without those that are undefined. */
export function canonicalJson(value: JsonValue): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${members.join(',')}}`;
}

// Array.isArray does not narrow a union with readonly arrays.
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
