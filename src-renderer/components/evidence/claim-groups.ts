/** Claims of an explanation in the groups and the order in which a reviewer asks: what, who, when, where, why. */
import type { Claim, ClaimKind } from '../../../src-main/contract/claim.ts';

const claimGroups = [
  'what',
  'said',
  'who',
  'when',
  'where',
  'measured',
  'unusual',
  'foundBy',
  'limits',
  'alternatives',
] as const;
export type ClaimGroup = (typeof claimGroups)[number];

const groupOf: Readonly<Record<ClaimKind, ClaimGroup>> = {
  what: 'what',
  text: 'said',
  who: 'who',
  when: 'when',
  where: 'where',
  did: 'measured',
  measured: 'measured',
  'unusual-here': 'unusual',
  'unusual-frame': 'unusual',
  'found-by': 'foundBy',
  limit: 'limits',
  alternative: 'alternatives',
};

export interface GroupedClaims {
  readonly group: ClaimGroup;
  readonly claims: readonly Claim[];
}

/** The groups that have claims, in their fixed order; claims keep theirs. */
export function groupClaims(claims: readonly Claim[]): GroupedClaims[] {
  return claimGroups
    .map((group) => ({ group, claims: claims.filter((claim) => groupOf[claim.kind] === group) }))
    .filter((grouped) => grouped.claims.length > 0);
}

/** What a frame shows most particularly first: a measurement says more of it than the class that all frames carry. */
const particular: readonly ClaimKind[] = [
  'text',
  'did',
  'measured',
  'unusual-here',
  'unusual-frame',
  'who',
  'where',
  'alternative',
  'when',
  'what',
  'found-by',
  'limit',
];

/** `claims` with the most particular first; equals keep their order. */
export const byParticularity = (claims: readonly Claim[]): Claim[] =>
  claims.toSorted((a, b) => particular.indexOf(a.kind) - particular.indexOf(b.kind));
