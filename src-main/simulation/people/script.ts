/** Writes a person's acts one after another, keeping the time and the place where the last one ended. */
import { fallSeconds, placeAfter } from './person-motion.ts';
import type { Gait } from './gait.ts';
import { pathThrough } from '../geometry/path.ts';
import type { Act, Appearance, Manner, PersonPlan } from '../scene.ts';
import { headingTowards, type GroundPoint } from '../geometry/vector.ts';

export class Script {
  readonly #id: string;
  readonly #appearance: Appearance;
  readonly #acts: Act[] = [];
  #place: GroundPoint;
  #heading: number;
  #now: number;

  /** A person who comes into being at `place` at `now` seconds, which may be before the recording. */
  constructor(id: string, appearance: Appearance, place: GroundPoint, now: number, heading = 0) {
    this.#id = id;
    this.#appearance = appearance;
    this.#place = place;
    this.#heading = heading;
    this.#now = now;
  }

  /** Seconds at which the next act begins. */
  get now(): number {
    return this.#now;
  }

  get place(): GroundPoint {
    return this.#place;
  }

  #push(act: Act): this {
    this.#acts.push(act);
    const footing = placeAfter([act], this.#appearance.stature);
    if (footing !== null) {
      this.#place = { x: footing.x, z: footing.z };
      this.#heading = footing.heading;
    }
    this.#now = act.end;
    return this;
  }

  #move(gait: Gait, speed: number, points: readonly GroundPoint[]): this {
    const whole = [this.#place, ...points];
    const seconds = pathThrough(whole).length / speed;
    return this.#push({ kind: 'move', start: this.#now, end: this.#now + seconds, gait, points: whole });
  }

  /** Walks through `points` at `speed` m/s. */
  walk(speed: number, ...points: readonly GroundPoint[]): this {
    return this.#move('walk', speed, points);
  }

  run(speed: number, ...points: readonly GroundPoint[]): this {
    return this.#move('run', speed, points);
  }

  /** Stays for `seconds`, facing `towards` or the way they came. */
  hold(manner: Manner, seconds: number, towards?: GroundPoint): this {
    const heading = towards === undefined ? this.#heading : headingTowards(this.#place, towards);
    return this.#push({ kind: 'hold', start: this.#now, end: this.#now + seconds, manner, at: this.#place, heading });
  }

  /** Falls at `speed` m/s and lies for `seconds` after that. */
  fall(seconds: number, speed: number, backwards = false): this {
    const end = this.#now + fallSeconds + seconds;
    return this.#push({
      kind: 'fall',
      start: this.#now,
      end,
      at: this.#place,
      heading: this.#heading,
      backwards,
      speed,
    });
  }

  rise(seconds: number, backwards = false): this {
    return this.#push({
      kind: 'rise',
      start: this.#now,
      end: this.#now + seconds,
      at: this.#place,
      heading: this.#heading,
      backwards,
    });
  }

  reachDown(seconds: number): this {
    return this.#push({
      kind: 'reach-down',
      start: this.#now,
      end: this.#now + seconds,
      at: this.#place,
      heading: this.#heading,
    });
  }

  /** Climbs a fence of `height` metres to `to` on its other side. */
  climb(to: GroundPoint, height: number, seconds: number): this {
    return this.#push({ kind: 'climb', start: this.#now, end: this.#now + seconds, from: this.#place, to, height });
  }

  /** Strikes something towards `target` at the moments of `blows`, which are absolute. */
  strike(blows: Extract<Act, { kind: 'strike' }>['blows'], seconds: number, target: GroundPoint): this {
    const heading = headingTowards(this.#place, target);
    return this.#push({ kind: 'strike', start: this.#now, end: this.#now + seconds, at: this.#place, heading, blows });
  }

  /** Fights; see the act. */
  fight(fight: Omit<Extract<Act, { kind: 'fight' }>, 'kind' | 'start' | 'end'>, seconds: number): this {
    return this.#push({ kind: 'fight', start: this.#now, end: this.#now + seconds, ...fight });
  }

  plan(): PersonPlan {
    return { id: this.#id, appearance: this.#appearance, acts: this.#acts };
  }
}
