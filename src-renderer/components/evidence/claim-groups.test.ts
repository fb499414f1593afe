import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src-main/contract/claim.ts';
import { byParticularity, groupClaims } from './claim-groups.ts';

const claims: Claim[] = [
  { kind: 'what', args: { class: 'fall', probability: 0.7, sureness: 'likely' }, evidence: [3, 5] },
  { kind: 'limit', args: { without: 'objects' }, evidence: [3] },
  { kind: 'measured', args: { attribute: 'lying', value: 0.5, unit: 'share', source: 'persons' }, evidence: [5] },
  { kind: 'who', args: { subject: 'person', count: 1 }, evidence: [3] },
  { kind: 'measured', args: { attribute: 'fall', value: 1, unit: 'count', source: 'persons' }, evidence: [3, 5] },
];

describe('groupClaims', () => {
  it('puts claims into the order of a reviewer’s questions and leaves out what nobody claimed', () => {
    const groups = groupClaims(claims);
    expect(groups.map(({ group }) => group)).toEqual(['what', 'who', 'measured', 'limits']);
    expect(groups.flatMap((grouped) => grouped.claims)).toHaveLength(claims.length);
    expect(groups[2]?.claims).toEqual([claims[2], claims[4]]);
    expect(groupClaims([])).toEqual([]);
  });
});

describe('byParticularity', () => {
  it('begins with what says most of a frame and keeps the order of equals', () => {
    expect(byParticularity(claims).map(({ kind }) => kind)).toEqual(['measured', 'measured', 'who', 'what', 'limit']);
    expect(byParticularity(claims)[0]).toBe(claims[2]);
  });
});
