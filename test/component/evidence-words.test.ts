/** Words of the evidence: everything that perception measures and every kind of claim is told, and told in an order. */
import { describe, expect, test } from 'vitest';
import { type Claim, claimSchema } from '../../src-main/contract/claim.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import { attributeDefinitions, attributeNames } from '../../src-main/perception/attributes.ts';
import { byParticularity, groupClaims } from '../../src-renderer/components/evidence/claim-groups.ts';
import { attributeOrder } from '../../src-renderer/components/evidence/look-summary.ts';
import { hasText } from '../../src-renderer/i18n/index.ts';

const plainName = (attribute: string) => attribute.replaceAll('-', ' ');

describe('attributes', () => {
  test('each has its place among those that a look tells', () => {
    expect(attributeOrder.toSorted()).toEqual(attributeNames.toSorted());
  });

  test.each(attributeNames)('%s is measured and unusual in words of its own', (attribute) => {
    const { unit } = attributeDefinitions[attribute];
    const measured = englishFor.measurement(attribute, 0.6, unit);
    // How something without words is told.
    expect(measured).not.toBe(`${plainName(attribute)} 0.6 (${unit})`);
    const unusual = englishFor.claim({
      kind: 'unusual-here',
      args: { attribute, percentile: 0.99, atHour: false },
      evidence: [1],
    });
    expect(unusual).not.toContain('There was more');
  });
});

describe('claims', () => {
  const place = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 };
  const evidence: Claim['evidence'] = [1];
  const span = { start: 1, end: 2 };
  /** One of each kind: a kind that is missing here does not compile. */
  const examples: { readonly [K in Claim['kind']]: Extract<Claim, { kind: K }> } = {
    what: { kind: 'what', args: { class: 'fall', probability: 0.9, sureness: 'clear' }, evidence },
    who: { kind: 'who', args: { subject: 'person', count: 2 }, evidence },
    did: {
      kind: 'did',
      args: {
        ...{ subject: 'person', number: 1, others: [], attribute: 'person-speed', value: 2, unit: 'body-heights/s' },
        ...{ source: 'persons', place, ...span },
      },
      evidence,
    },
    when: { kind: 'when', args: { ...span, openStart: false, openEnd: false }, evidence },
    where: { kind: 'where', args: { place }, evidence },
    measured: {
      kind: 'measured',
      args: { attribute: 'motion', value: 0.2, unit: 'share', source: 'motion' },
      evidence,
    },
    'unusual-here': { kind: 'unusual-here', args: { attribute: 'motion', percentile: 0.99, atHour: true }, evidence },
    'unusual-frame': { kind: 'unusual-frame', args: { by: 'pose', percentile: 0.99, atHour: true, place }, evidence },
    'found-by': { kind: 'found-by', args: { reason: 'closer-look', framesPerSecond: 2 }, evidence },
    limit: { kind: 'limit', args: { without: 'persons' }, evidence },
    alternative: { kind: 'alternative', args: { reading: 'cut', outcome: 'ruled-out' }, evidence },
    text: { kind: 'text', args: { text: 'A man falls.' }, evidence },
  };
  const all = Object.values(examples);

  test('each kind is a sentence, in a group with a title', () => {
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(
      claimSchema.options.map(({ entries }) => entries.kind.literal).toSorted(),
    );
    for (const claim of all) expect(englishFor.claim(claim)).toMatch(/^[A-Z0-9].+\.$/);
    const groups = groupClaims(all);
    expect(groups.flatMap(({ claims }) => claims)).toHaveLength(all.length);
    for (const { group } of groups) expect(hasText(`evidence.group.${group}`)).toBe(true);
  });

  test('all say how particular they are', () => {
    // What is not in the list would come before all else.
    expect(byParticularity(all)[0]?.kind).toBe('text');
    expect(byParticularity(all).at(-1)?.kind).toBe('limit');
  });
});
