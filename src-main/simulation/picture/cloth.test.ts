import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import type { Appearance } from '../scene.ts';
import { someone } from '../scenes/people.ts';
import { finer, folds, topWeave } from './cloth.ts';
import type { Ring, Weave } from './mesh.ts';

const people: readonly Appearance[] = Array.from({ length: 40 }, (_, number) => someone(randomFrom(`cloth ${number}`)));
/** The factors of the first 24 rings, all the way round. */
const factorsOf = (weave: Weave): number[] =>
  Array.from({ length: 24 }, (_, ring) => ring).flatMap((ring) =>
    Array.from({ length: 12 }, (_, step) => weave(ring, (2 * Math.PI * step) / 12)),
  );

describe('clothes', () => {
  it('are the same for the same person at any time and differ from one to the next', () => {
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('nobody is dressed');
    expect(factorsOf(topWeave(first))).toEqual(factorsOf(topWeave({ ...first })));
    expect(factorsOf(topWeave(first))).not.toEqual(factorsOf(topWeave(second)));
    expect(factorsOf(folds(first, 0.4, 5))).not.toEqual(factorsOf(folds(first, 0.4, 7)));
  });

  it('never turn black or much lighter than their cloth, and are never flat', () => {
    for (const look of people) {
      const factors = factorsOf(topWeave(look));
      expect(Math.min(...factors)).toBeGreaterThan(0.15);
      expect(Math.max(...factors)).toBeLessThan(1.3);
      expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.2);
    }
  });

  it('go round a body without a seam', () => {
    for (const look of people) {
      const weave = folds(look, 0.4, 3);
      for (let ring = 0; ring < 24; ring++) expect(weave(ring, 2 * Math.PI)).toBeCloseTo(weave(ring, 0), 9);
    }
  });
});

describe('finer', () => {
  const ring = (y: number, across: number, red: number): Ring => ({
    centre: { x: 0, y, z: 0 },
    across,
    deep: across,
    colour: [red, 0, 0],
  });

  it('puts rings between rings, with the shape between them and the colour of the lower one', () => {
    const rings = finer([ring(0, 1, 0.1), ring(1, 3, 0.2), ring(2, 3, 0.3)], 2);
    expect(rings.map(({ centre }) => centre.y)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(rings.map(({ across }) => across)).toEqual([1, 2, 3, 3, 3]);
    expect(rings.map(({ colour }) => colour[0])).toEqual([0.1, 0.1, 0.2, 0.2, 0.3]);
  });
});
