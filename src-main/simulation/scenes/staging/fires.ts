/** A bin that burns after somebody threw something in, and what only looks like it: a sign whose tube is failing. */
import type { Random } from '../../../math/random.ts';
import { vector, type GroundPoint, type Vector3 } from '../../geometry/vector.ts';
import { Script } from '../../people/script.ts';
import { someone } from '../people.ts';
import type { Staging } from '../setting.ts';

/** Somebody drops something into the bin at `at`, coming along `way`, and walks on along `exit`; then it burns. */
export function binOnFire(
  random: Random,
  at: GroundPoint,
  way: readonly GroundPoint[],
  exit: readonly GroundPoint[],
  begins: number,
  seconds: number,
): Staging {
  const [first = at, ...rest] = way;
  const look = someone(random.fork('who'));
  const walked = new Script('person-s1', look, first, 0).walk(1.35, ...rest).now;
  const drops = begins - random.between(7, 10);
  const script = new Script('person-s1', look, first, drops - walked).walk(1.35, ...rest);
  script.hold('offer', 1.5, at).walk(1.5, ...exit);
  const size = random.between(0.85, 1.15);
  return {
    people: [script.plan()],
    things: [{ id: 'thing-bin', kind: 'bin', colour: [0.1, 0.16, 0.09], at, toppled: null }],
    glows: [
      {
        kind: 'flames',
        at: vector(at.x, 0.8, at.z),
        width: 0.6 * size,
        height: 1.05 * size,
        start: begins,
        end: seconds + 10,
      },
    ],
    incidents: [{ class: 'fire-smoke-explosion', start: begins, end: seconds, participants: ['thing-bin'] }],
    shunned: [{ at, radius: 3, start: -5, end: seconds }],
  };
}

/** A sign at `at` flickers from `begins` on: nothing that anybody needs to see. */
export const failingSign = (at: Vector3, begins: number, seconds: number): Staging => ({
  people: [],
  glows: [{ kind: 'sign', at, width: 0.6, height: 0.3, start: begins, end: seconds }],
  incidents: [],
  shunned: [],
});
