import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../contract/claim.ts';
import { defaultClassIds } from '../contract/taxonomy.ts';
import { englishFor } from '../contract/wording/en.ts';
import { attributeDefinitions, attributeNames, type AttributeName } from '../perception/attributes.ts';
import { explain } from './explanation.ts';
import type { PerceptionView } from './policy.ts';
import type { TakenLook } from './taken-look.ts';
import { shownLook, type Shown } from './testing/shown-look.ts';

const frames = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 8 }).map((some) => some.sort((a, b) => a - b));
const box = fc.record({
  x: fc.integer({ min: 0, max: 5 }).map((step) => step / 10),
  y: fc.constant(0.2),
  width: fc.constant(0.2),
  height: fc.constant(0.5),
});
const shown = (name: AttributeName): fc.Arbitrary<[AttributeName, Shown]> =>
  fc
    .record({
      strength: fc.double({ min: 0, max: 2, noNaN: true }),
      frames,
      percentile: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      place: box,
      by: fc.constantFrom([], [1], [2, 1], [9]),
    })
    .map(({ strength, percentile, ...rest }) => {
      const { range, scale } = attributeDefinitions[name];
      const value = Math.min(range[1], strength * scale);
      return [name, { ...rest, value, ...(percentile === undefined ? {} : { percentile }) }];
    });
const look: fc.Arbitrary<TakenLook> = fc
  .record({
    start: fc.integer({ min: 0, max: 6 }),
    attributes: fc.subarray([...attributeNames], { minLength: 1 }).chain((names) => fc.tuple(...names.map(shown))),
    novelty: fc.array(fc.double({ min: 0.9, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
    novelties: fc.array(
      fc.record({
        frame: fc.nat(7),
        by: fc.constantFrom('velocity' as const, 'pose' as const, 'place' as const),
        percentile: fc.double({ min: 0.9, max: 1, noNaN: true }),
        place: box,
      }),
      { maxLength: 3 },
    ),
    tracks: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 3 }),
        kind: fc.constantFrom('person' as const, 'vehicle' as const),
        points: fc.array(fc.record({ frame: fc.nat(7), box }), { minLength: 1, maxLength: 4 }),
      }),
      { selector: ({ id }) => id, maxLength: 3 },
    ),
    atHour: fc.boolean(),
  })
  .map(({ start, attributes, ...rest }) =>
    shownLook(start, Object.fromEntries(attributes), ['motion', 'objects', 'persons'], rest),
  );
const request = fc.record({
  looks: fc.array(look, { maxLength: 3 }),
  class: fc.constantFrom(...defaultClassIds.slice(1)),
  start: fc.integer({ min: 0, max: 16 }).map((step) => step / 2),
  length: fc.integer({ min: 1, max: 12 }).map((step) => step / 2),
});

type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

const explained = ({ looks, class: id, start, length }: Request): Claim[] =>
  explain({
    ...{ looks, class: id, anchor: 1000, seen: [{ start: 0, end: 10 }] },
    span: { start, end: start + length, score: 0.8 },
  });

/** The looks with what perception measured changed. */
const withSeen = (given: Request, change: (seen: PerceptionView) => PerceptionView): Request => ({
  ...given,
  looks: given.looks.map((each) =>
    each.observation.kind === 'perception' ? { ...each, observation: change(each.observation) } : each,
  ),
});

const subjects: Readonly<Record<string, string>> = {
  person: 'persons',
  vehicle: 'vehicles',
  animal: 'animals',
  bag: 'bags',
};

/** The attribute that a claim speaks of, if any. */
function attributeOf(claim: Claim): string | null {
  switch (claim.kind) {
    case 'did':
    case 'measured':
    case 'unusual-here':
      return claim.args.attribute;
    case 'who':
      return subjects[claim.args.subject] ?? null;
    case 'alternative':
      return claim.args.reading;
    default:
      return null;
  }
}

describe('the evidence of explanations', () => {
  it('C1: lies in frames of looks inside the flag, whatever was measured', () => {
    fc.assert(
      fc.property(request, (given) => {
        const times = given.looks.flatMap((each) => each.frames.map(({ time }) => time));
        const [start, end] = [1000 + given.start, 1000 + given.start + given.length];
        for (const claim of explained(given)) {
          for (const time of claim.evidence) {
            expect(times).toContain(time);
            // A frame that began before shows its half second.
            expect(time > start - 0.5 && time < end).toBe(true);
          }
          expect(englishFor.claim(claim)).toMatch(/^[A-Z0-9].*\.$/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('C1: carries the claim: without the attribute nothing is said of it', () => {
    fc.assert(
      fc.property(request, (given) => {
        for (const name of new Set(explained(given).flatMap((claim) => attributeOf(claim) ?? []))) {
          const without = withSeen(given, (seen) => ({
            ...seen,
            attributes: seen.attributes.filter((attribute) => attribute.name !== name),
          }));
          expect(explained(without).map(attributeOf)).not.toContain(name);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('C2, C5: without normality nothing is unusual, without tracks nobody did anything', () => {
    fc.assert(
      fc.property(request, (given) => {
        const plain = withSeen(given, (seen) => ({
          ...{ ...seen, novelty: seen.novelty.map(() => null), novelties: [], tracks: [] },
          attributes: seen.attributes.map((attribute) => ({ ...attribute, percentile: null })),
        }));
        const kinds = explained(plain).map(({ kind }) => kind);
        for (const kind of ['unusual-here', 'unusual-frame', 'did']) expect(kinds).not.toContain(kind);
        for (const claim of explained(given)) {
          if (claim.kind !== 'did') continue;
          const numbers = [claim.args, ...claim.args.others].map(
            ({ subject, number }) => `${subject} ${String(number)}`,
          );
          expect(new Set(numbers).size).toBe(numbers.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
