/** Claims about what was measured: who of those in view did what and for how long, else what the picture showed. */
import type { Claim, ClaimOf } from '../contract/claim.ts';
import { unusualClass } from '../contract/taxonomy.ts';
import { attributeDefinitions, type AttributeName } from '../perception/attributes.ts';
import { foundIn, perceptionOf, type Found, type Part } from './explained-part.ts';
import { ParticipantNumbers } from './participant-numbers.ts';
import { contributionsTo } from './read-out.ts';
import { viewOfLook } from './taken-look.ts';

/** Measurements named in one explanation, the strongest ones. */
const mostMeasurements = 4;

/** The strongest cues for the class, one claim each, and where in the picture the strongest of them lies. */
export function deeds(parts: readonly Part[], id: string): Claim[] {
  const ranked = strongestCues(parts, id);
  const numbers = new ParticipantNumbers();
  const made = ranked
    .toSorted((a, b) => a.evidence[0] - b.evidence[0])
    .map((found) => ({ found, claim: deedOf(found, numbers) ?? measuredOf(found) }));
  const claims = ranked.flatMap((found) => made.find((each) => each.found === found)?.claim ?? []);
  const placed = ranked.find(({ attribute }) => attribute.place !== null);
  if (placed === undefined || placed.attribute.place === null) return claims;
  return [{ kind: 'where', args: { place: { ...placed.attribute.place } }, evidence: placed.evidence }, ...claims];
}

/** What speaks most for the class, or for anything unusual where nothing speaks for it; each attribute once. */
function strongestCues(parts: readonly Part[], id: string): Found[] {
  const strongest = new Map<AttributeName, { points: number; found: Found }>();
  for (const part of parts) {
    const look = viewOfLook(part.look, 0);
    const own = contributionsTo(id, look);
    for (const { attribute, points } of own.length > 0 ? own : contributionsTo(unusualClass, look)) {
      const [found] = foundIn([part], attribute);
      if (found !== undefined && points > (strongest.get(attribute)?.points ?? 0))
        strongest.set(attribute, { points, found });
    }
  }
  return [...strongest.values()]
    .sort((a, b) => b.points - a.points)
    .slice(0, mostMeasurements)
    .map(({ found }) => found);
}

/** The measurement as a deed of those whom it is about; null where that could not be told. */
function deedOf(found: Found, numbers: ParticipantNumbers): ClaimOf<'did'> | null {
  const { part, attribute, evidence } = found;
  const participants = attribute.by.flatMap((id) => numbers.of(part, id) ?? []);
  const [doer, ...others] = participants;
  if (doer === undefined || participants.length < attribute.by.length || attribute.place === null) return null;
  return {
    kind: 'did',
    args: {
      ...doer,
      others,
      ...valueOf(found),
      start: evidence[0],
      end: evidence.at(-1) ?? evidence[0],
      place: { ...attribute.place },
    },
    evidence,
  };
}

const measuredOf = (found: Found): ClaimOf<'measured'> => ({
  kind: 'measured',
  args: valueOf(found),
  evidence: found.evidence,
});

function valueOf({ part, attribute: { name, value } }: Found): ClaimOf<'measured'>['args'] {
  const { unit, needs } = attributeDefinitions[name as AttributeName];
  // What either net can tell was told by poses where there were any.
  const told = perceptionOf(part)?.saw.includes('persons') === true ? 'persons' : 'objects';
  return { attribute: name, value, unit, source: needs === 'persons-or-objects' ? told : needs };
}

const subjects = { persons: 'person', vehicles: 'vehicle', animals: 'animal', bags: 'bag' } as const;

/** Who or what is in view, as many as one frame inside shows. */
export function participants(parts: readonly Part[]): ClaimOf<'who'>[] {
  return Object.entries(subjects).flatMap(([name, subject]): ClaimOf<'who'>[] => {
    const most = foundIn(parts, name).reduce<Found | null>(
      (best, found) => (best === null || found.attribute.value > best.attribute.value ? found : best),
      null,
    );
    const count = Math.round(most?.attribute.value ?? 0);
    return most === null || count < 1 ? [] : [{ kind: 'who', args: { subject, count }, evidence: most.evidence }];
  });
}
