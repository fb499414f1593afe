import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIdFromLabel, defaultClasses, defaultClassIds, incidentClassSchema, taxonomyWith } from './taxonomy.ts';

describe('the taxonomy', () => {
  it('begins with the classes that come with the program, in their fixed order', () => {
    expect(defaultClassIds.slice(0, 4)).toEqual(['normal', 'unusual', 'fight', 'fall']);
    expect(v.is(v.array(incidentClassSchema), defaultClasses)).toBe(true);
  });

  it('adds the reviewer’s own, each once', () => {
    const own = (id: string) => ({ id, labelKey: null, label: 'Own' });
    const all = taxonomyWith([own('forklift'), own('fight'), own('forklift')]);
    expect(all.slice(defaultClasses.length)).toEqual([own('forklift')]);
  });

  it('makes a free and valid id of any label', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom('class', 'class-2', 'a', 'b')),
        (label, used) => {
          const taken = new Set<string>(used);
          const id = classIdFromLabel(label, taken);
          expect(taken.has(id)).toBe(false);
          expect(v.is(incidentClassSchema, { id, labelKey: null, label: 'x' })).toBe(true);
        },
      ),
    );
    expect(classIdFromLabel('Forklift in aisle 3!', new Set())).toBe('forklift-in-aisle-3');
    expect(classIdFromLabel('Überfall', new Set())).toBe('uberfall');
    expect(classIdFromLabel('打架', new Set(['class']))).toBe('class-2');
  });
});
