/** Single mishaps on the square: someone falls and lies there, someone runs from another. */
import type { Random } from '../../math/random.ts';
import { project, projectionFrom, type View } from '../geometry/view.ts';
import { personAt } from '../people/person-motion.ts';
import { Script } from '../people/script.ts';
import type { PersonPlan } from '../scene.ts';
import type { Happening } from './brawl.ts';
import { someone } from './people.ts';

/** Someone who trips and lies there to the recording's end, `seconds`; after a while somebody comes to help. */
export function tumble(random: Random, begins: number, seconds: number): Happening {
  const speed = 1.4;
  const spot = { x: random.between(-1.7, -1.2), z: random.between(10.6, 11.4) };
  const from = { x: -12, z: spot.z };
  const walked = Math.hypot(spot.x - from.x, spot.z - from.z) / speed;
  const faller = new Script(
    'person-f',
    { ...someone(random.fork('f')), bottomKind: 'trousers' },
    from,
    begins - walked,
  ).walk(speed, { x: -5, z: spot.z }, spot);
  const start = faller.now;
  faller.fall(seconds - start, speed);
  const lying = faller.place;
  const helper = new Script('person-h', someone(random.fork('h')), { x: 12.5, z: 17.5 }, start - 6)
    .hold('phone', 11.5)
    .walk(1.9, { x: lying.x + 3.2, z: lying.z + 2.4 }, { x: lying.x + 0.4, z: lying.z + 1.2 })
    .hold('crouch', seconds, lying);
  return {
    people: [faller.plan(), helper.plan()],
    incident: { class: 'fall', start, end: seconds, participants: ['person-f'] },
    // A deserted square, but for the helper.
    shunned: [{ at: { x: 0.6, z: 14.5 }, radius: 7, start: start - 9, end: seconds }],
  };
}

/** From when to when, at or after `first`, someone is in or just beside the picture, to a tenth of a second. */
export function inView(plan: PersonPlan, first: number, view: View): { start: number; end: number } {
  const projection = projectionFrom(view, 16, 9);
  const last = plan.acts.at(-1)?.end ?? first;
  const seen = Array.from({ length: Math.floor((last - first) * 10) }, (_, step) => first + step / 10).filter(
    (time) => {
      const body = personAt(plan, time);
      if (body === null) return false;
      const { x, y, depth } = project(projection, body.pelvis);
      return depth > 0 && x > -1 && x < 17 && y > -1 && y < 10;
    },
  );
  return { start: seen[0] ?? first, end: (seen.at(-1) ?? first) + 0.1 };
}

/** Two stand before a shop; one snatches something and runs across the square and past the camera, the other after him. */
export function chase(random: Random, begins: number, view: View): Happening {
  const speed = random.between(5.9, 6.3);
  const way = [
    { x: 0, z: 17 },
    { x: 3.4, z: 15.6 },
    { x: 3.1, z: 13.2 },
    { x: 0, z: 12 },
    { x: -5, z: 10.4 },
    { x: -12, z: 9 },
  ];
  const spots = [
    { x: -2.2, z: 17.8 },
    { x: -3, z: 18.2 },
  ] as const;
  const [thief, owner] = spots.map((spot, number) => {
    const own = random.fork(`runner-${number}`);
    const look = { ...someone(own), bottomKind: 'trousers' as const };
    const script = new Script(`person-r${number + 1}`, look, spot, begins - 12);
    // It takes the one who was robbed a moment to follow.
    script.hold(number === 0 ? 'talk' : 'phone', number === 0 ? 12 : 13.5, spots[1 - number]);
    return script.run(speed, ...way.map(({ x, z }) => ({ x, z: z + 0.3 * number }))).plan();
  }) as [PersonPlan, PersonPlan];
  const start = inView(thief, begins, view).start;
  const { end } = inView(owner, begins, view);
  return {
    people: [thief, owner],
    incident: { class: 'running', start, end, participants: [thief.id, owner.id] },
    // Free ground all along their way, and beyond it.
    shunned: [{ at: { x: 0.6, z: 14.5 }, radius: 6.5, start: begins - 3, end: begins + 5 }],
  };
}
