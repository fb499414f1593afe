/** A person whom a passive sampler sees standing: what they do between two instants is over before the second. */
import { headingTowards, type GroundPoint } from '../geometry/vector.ts';
import { placeAfter } from '../people/person-motion.ts';
import type { Act, Appearance, Blow, Manner, PersonPlan } from '../scene.ts';
import { happening, type Clock } from './aliasing-clock.ts';

/** Seconds of getting up again; slower than a sportsman, faster than the injured. */
const riseSeconds = 1.1;
/** m/s: a brisk walk and a run in street clothes. */
const [walking, sprinting] = [1.35, 4.2] as const;
/** Metres a second that a fall carries someone along. */
const carried = 0.5;
/** Metres from the middle between two who fight to each of them. */
const reach = 0.46;
/** Metres around that somebody paces at most in a gap that tells, and where all are to move more than anywhere else. */
export const [longestRound, busyRound] = [4, 5] as const;

type Timed = readonly { readonly time: number; readonly blow: Blow }[];

/** Where someone stands, whom they look at, and how. */
interface Stand {
  readonly at: GroundPoint;
  readonly facing: GroundPoint;
  readonly manner: Manner;
}

/** What each does is over within `happening` seconds of its gap's opening, and leaves them where `stand` says. */
export class Actor {
  readonly id: string;
  readonly #appearance: Appearance;
  readonly #clock: Clock;
  readonly #acts: Act[] = [];
  #stand: Stand;
  /** They stand from here on. */
  #since = -5;

  constructor(id: string, appearance: Appearance, stand: Stand, clock: Clock) {
    this.id = id;
    this.#appearance = appearance;
    this.#stand = stand;
    this.#clock = clock;
  }

  get place(): GroundPoint {
    return this.#stand.at;
  }

  #standUntil(end: number): void {
    if (end <= this.#since) return;
    const { at, facing, manner } = this.#stand;
    this.#acts.push({ kind: 'hold', start: this.#since, end, manner, at, heading: headingTowards(at, facing) });
    this.#since = end;
  }

  #do(...acts: readonly Act[]): void {
    this.#standUntil(acts[0]?.start ?? this.#since);
    this.#acts.push(...acts);
    this.#since = acts.at(-1)?.end ?? this.#since;
  }

  /** From what they did last on they stand so. */
  standing(stand: Partial<Stand>): this {
    this.#stand = { ...this.#stand, ...stand };
    return this;
  }

  /** From the opening of gap `index` on, having done nothing else in it. */
  change(index: number, stand: Partial<Stand>): this {
    this.#standUntil(this.#clock.opens(index));
    return this.standing(stand);
  }

  /** Walks to `to` and stands there. */
  walkTo(index: number, to: GroundPoint): this {
    return this.#moveTo(index, 'walk', walking, [to]);
  }

  runTo(index: number, ...points: readonly GroundPoint[]): this {
    return this.#moveTo(index, 'run', sprinting, points);
  }

  #moveTo(index: number, gait: 'walk' | 'run', speed: number, points: readonly GroundPoint[]): this {
    const way = [this.place, ...points];
    const metres = way.slice(1).reduce((sum, point, from) => sum + distanceBetween(way[from] ?? point, point), 0);
    const start = this.#clock.opens(index) + (gait === 'run' ? 0.4 : 0);
    const end = Math.min(start + metres / speed, this.#clock.opens(index) + happening);
    this.#do({ kind: 'move', start, end, gait, points: way });
    return this.standing({ at: way.at(-1) ?? this.place });
  }

  /** Walks a round of `metres` towards `towards` and back; nothing where it is shorter than a step. */
  pace(index: number, metres: number, towards: GroundPoint): this {
    if (metres < 0.3) return this;
    const start = this.#clock.opens(index);
    const heading = headingTowards(this.place, towards);
    const at = (forward: number, aside: number): GroundPoint => ({
      x: this.place.x + metres * (forward * Math.sin(heading) + aside * Math.cos(heading)),
      z: this.place.z + metres * (forward * Math.cos(heading) - aside * Math.sin(heading)),
    });
    const points = [this.place, at(0.2, -0.11), at(0.4, 0), at(0.2, 0.11), this.place];
    this.#do({ kind: 'move', start, end: start + happening, gait: 'walk', points });
    return this;
  }

  /** Falls backwards `delay` seconds after the opening, lies, gets up. */
  fall(index: number, delay: number): this {
    const start = this.#clock.opens(index) + delay;
    const { at, facing } = this.#stand;
    const heading = headingTowards(at, facing);
    const rises = this.#clock.opens(index) + happening - riseSeconds;
    const fall: Act = { kind: 'fall', start, end: rises, at, heading, backwards: true, speed: carried };
    const lies = placeAfter([fall], this.#appearance.stature) ?? at;
    const rise: Act = {
      ...{ kind: 'rise', start: rises, end: rises + riseSeconds },
      ...{ at: { x: lies.x, z: lies.z }, heading, backwards: true },
    };
    this.#do(fall, rise);
    return this;
  }

  /** Fights somebody around `centre` for `seconds` from the opening on. */
  fight(index: number, centre: GroundPoint, seconds: number, blows: Timed, struck: readonly number[]): this {
    const start = this.#clock.opens(index);
    const bearing = headingTowards(centre, this.place);
    this.#do({
      ...{ kind: 'fight', start, end: start + seconds, centre, bearing, spin: 0, distance: reach, blows },
      ...{ hits: struck, grapples: [], surges: [] },
    });
    return this;
  }

  plan(): PersonPlan {
    this.#standUntil(this.#clock.seconds + 5);
    return { id: this.id, appearance: this.#appearance, acts: this.#acts.filter(({ start, end }) => end > start) };
  }
}

const distanceBetween = (a: GroundPoint, b: GroundPoint): number => Math.hypot(a.x - b.x, a.z - b.z);

/** Seconds from the first shove to the blow that knocks the second down. */
const untilDown = 0.75;

/** Two come to blows in gap `index`; the second is knocked down and gets up again. */
export function comeToBlows(index: number, first: Actor, second: Actor, clock: Clock): void {
  const start = clock.opens(index);
  const centre = { x: (first.place.x + second.place.x) / 2, z: (first.place.z + second.place.z) / 2 };
  const given: Timed = [
    { time: start + 0.3, blow: 'shove' },
    { time: start + untilDown, blow: 'hook' },
    { time: start + 1.5, blow: 'kick' },
    { time: start + 2.1, blow: 'hook' },
  ];
  const returned: Timed = [{ time: start + 0.5, blow: 'jab' }];
  first.fight(index, centre, happening - 0.3, given, [start + 0.5]);
  second.fight(index, centre, untilDown, returned, [start + 0.3, start + untilDown]).fall(index, untilDown);
}
