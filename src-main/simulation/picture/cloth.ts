/** What clothes look like close by: folds that darken them, and on some a pattern. Fixed to the body, not to the picture. */
import type { Ring, Weave } from './mesh.ts';
import type { Appearance } from '../scene.ts';
import { mixVectors } from '../geometry/vector.ts';

/** A number in [0, 1) of its own for each person, from what their appearance has of its own already. */
function individual(look: Appearance, salt: number): number {
  const mixed = Math.sin(look.stature * 919.7 + look.build * 331.3 + look.top[0] * 71.9 + salt * 17.3) * 4375.85;
  return mixed - Math.floor(mixed);
}

/** Rings this many times as dense; what is put between two rings has the colour of the first. */
export function finer(rings: readonly Ring[], times: number): Ring[] {
  return rings.flatMap((ring, index) => {
    const next = rings[index + 1];
    if (next === undefined) return [ring];
    return Array.from({ length: times }, (_, part): Ring => {
      const share = part / times;
      return {
        centre: mixVectors(ring.centre, next.centre, share),
        across: ring.across + (next.across - ring.across) * share,
        deep: ring.deep + (next.deep - ring.deep) * share,
        colour: ring.colour,
      };
    });
  });
}

/** Folds of loose cloth: deeper the looser it is. `salt` tells the garments of a person apart. */
export function folds(look: Appearance, depth: number, salt: number): Weave {
  const [shift, turn] = [6.28 * individual(look, salt), 6.28 * individual(look, salt + 1)];
  return (ring, angle) => {
    const fold =
      Math.sin(1.1 * ring + 2 * angle + shift) +
      0.8 * Math.sin(1.9 * ring - 3 * angle + turn) +
      0.6 * Math.sin(0.7 * ring + 5 * angle + shift - turn);
    return Math.max(0.5, 1 - depth * (0.5 + 0.45 * fold));
  };
}

/** A top's folds with the pattern of its cloth: plain, hooped, checked or with a print across the chest. */
export function topWeave(look: Appearance): Weave {
  const depth = look.topKind === 'tee' ? 0.3 : look.topKind === 'jumper' ? 0.36 : 0.42;
  const folded = folds(look, depth, 3);
  const choice = individual(look, 9);
  if (look.topKind === 'jacket' || look.topKind === 'coat' || choice < 0.3) return folded;
  if (choice < 0.6) return (ring, angle) => folded(ring, angle) * (Math.floor(ring / 2) % 2 === 0 ? 1 : 0.45);
  if (choice < 0.82) {
    return (ring, angle) =>
      folded(ring, angle) * (Math.floor(ring / 2) % 2 === 0 ? 1 : 0.62) * (Math.sin(4 * angle) > 0 ? 1 : 0.62);
  }
  // `angle` runs from the right side over the front.
  return (ring, angle) => folded(ring, angle) * (Math.abs(Math.sin(angle)) > 0.75 && ring % 9 < 4 ? 0.4 : 1);
}
