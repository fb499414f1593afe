/** What happens in twins: for each incident the cue that a passive sampler sees and the innocent reading of it. */
import type { Random } from '../../math/random.ts';
import type { IncidentClass, IncidentPlan, PersonPlan } from '../scene.ts';
import { someone } from '../scenes/people.ts';
import { Actor, comeToBlows, longestRound } from './aliasing-actor.ts';
import { gapCount, happening, type Clock } from './aliasing-clock.ts';
import { changeOf } from './aliasing-energy.ts';
import type { TwinPlace } from './aliasing-places.ts';
import { settings } from '../scenes/settings.ts';

/** `cued`: something ambiguous is seen at the instants around it; `uncued`: nothing is; `periodic`: it happens in every gap of a stretch. */
export const twinKinds = ['cued', 'periodic', 'uncued'] as const;
export type TwinKind = (typeof twinKinds)[number];

/** Incidents that show in what people do within seconds. */
export const tales = ['fall', 'fight', 'running'] as const satisfies readonly IncidentClass[];
export type Tale = (typeof tales)[number];

export interface TwinStory {
  readonly tale: Tale;
  readonly kind: TwinKind;
  /** Gaps in which the twins differ. */
  readonly told: readonly number[];
  /** Gaps with the same cue in which neither twin has an incident. */
  readonly decoys: readonly number[];
  /** Gaps in which several people pass close by, in both twins: nothing else moves as much. */
  readonly busy: number;
}

/** Gaps from one cue to the next: whoever came near has gone again. */
const cueSpacing = 3;
/** Gaps of a stretch in which something periodic happens. */
const periods = 4;
/** Gaps that lie between what everybody passes by and what is told: seconds of triage do not reach that far. */
const apart = 4;

/** When what happens in a story. */
export function storyOf(random: Random, tale: Tale, kind: TwinKind): TwinStory {
  const busy = random.next() < 0.5 ? 1 : gapCount - 3;
  const free = Array.from({ length: gapCount - 3 }, (_, index) => index + 1).filter(
    (gap) => (gap < busy - apart || gap > busy + 1 + apart) && gap + 1 < gapCount - 1,
  );
  if (kind === 'periodic') {
    const first = free[random.integer(free.length - periods)] ?? 1;
    return { tale, kind, busy, decoys: [], told: Array.from({ length: periods }, (_, index) => first + index) };
  }
  const places: number[] = [];
  const offset = random.integer(2);
  for (let gap = (free[0] ?? 1) + offset; free.includes(gap); gap += cueSpacing) places.push(gap);
  const told = random.pick(places);
  const decoys = kind === 'cued' ? places.filter((gap) => gap !== told).slice(0, 2) : [];
  return { tale, kind, busy, decoys, told: [told] };
}

interface Cast {
  readonly a: Actor;
  readonly b: Actor;
  readonly others: readonly [Actor, Actor];
}

function castOf(random: Random, place: TwinPlace, clock: Clock, together: boolean): Cast {
  const stand = (name: string, at: TwinPlace['here'], facing = place.middle, manner: 'stand' | 'phone' = 'stand') =>
    new Actor(
      `person-${name}`,
      { ...someone(random.fork(name)), bottomKind: 'trousers' },
      { at, facing, manner },
      clock,
    );
  return {
    a: stand('a', place.here, together ? place.beside : place.middle),
    b: stand('b', together ? place.beside : place.apart, together ? place.here : place.middle),
    others: [stand('c', place.others[0], place.middle, 'phone'), stand('d', place.others[1])],
  };
}

/** Each of `actors` in turn paces as much of a round as is left of `rounds`. */
function paceTogether(gap: number, actors: readonly Actor[], rounds: number, place: TwinPlace): void {
  for (const [index, actor] of actors.entries())
    actor.pace(gap, longestRound * Math.min(1, Math.max(0, rounds - index)), place.middle);
}

/**
 * Everybody of one twin. `balance` in [−2, 3] is by how many rounds the innocent one moves more: where it is negative,
 * others pace beside the incident instead.
 */
function tell(story: TwinStory, hasIncident: boolean, balance: number, given: Given): PersonPlan[] {
  const { tale, kind, told, decoys } = story;
  const { place, clock, random } = given;
  const together = tale === 'fight' && kind !== 'cued';
  const cast = castOf(random, place, clock, together);
  for (const gap of [...told, ...decoys].toSorted((x, y) => x - y)) {
    const isTold = hasIncident && told.includes(gap);
    const rounds = Math.max(0, isTold ? -balance : balance);
    tellGap[tale](gap, { ...cast, place, clock, kind, isTold, rounds });
  }
  return [cast.a, cast.b, ...cast.others].map((actor) => actor.plan());
}

interface Moment extends Cast {
  readonly place: TwinPlace;
  readonly clock: Clock;
  readonly kind: TwinKind;
  readonly isTold: boolean;
  readonly rounds: number;
}

const tellGap: Readonly<Record<Tale, (gap: number, moment: Moment) => void>> = {
  // Seen at the next instant: somebody crouches, who has fallen or ties a shoe.
  fall: (gap, { a, b, others, place, kind, isTold, rounds }) => {
    if (isTold) a.fall(gap, 0.2);
    paceTogether(gap, isTold ? [b, ...others] : [a, b, ...others], rounds, place);
    if (kind === 'cued') a.standing({ manner: 'crouch' }).change(gap + 1, { manner: 'stand' });
  },
  // Seen at both instants: two stand face to face who have come together and part again.
  fight: (gap, { a, b, others, place, clock, kind, isTold, rounds }) => {
    if (kind === 'cued') {
      b.walkTo(gap - 1, place.beside).standing({ facing: place.here });
      a.standing({ facing: place.beside });
    }
    if (isTold) comeToBlows(gap, a, b, clock);
    paceTogether(gap, isTold ? others : [b, a, ...others], rounds, place);
    if (kind === 'cued') b.walkTo(gap + 1, place.apart).standing({ facing: place.middle });
  },
  // Seen from one instant to the next: somebody has changed places.
  running: (gap, { a, b, others, place, kind, isTold, rounds }) => {
    const isHere = a.place === place.here;
    if (kind === 'cued') {
      const to = isHere ? place.there : place.here;
      if (isTold) a.runTo(gap, to);
      else a.walkTo(gap, to);
    } else if (isTold) a.runTo(gap, place.there, place.here);
    paceTogether(gap, isTold || kind === 'cued' ? [b, ...others] : [a, b, ...others], rounds, place);
  },
};

interface Given {
  readonly place: TwinPlace;
  readonly clock: Clock;
  readonly random: Random;
}

/** Who passes close to the camera at the busy moment, in both twins. */
function passers({ busy }: TwinStory, { place, clock, random }: Given): PersonPlan[] {
  return [0, 1, 2].map((number) => {
    const own = random.fork(`passer-${number}`);
    const [first, ...rest] = place.passing.map(({ x, z }) => ({ x: x + 0.25 * number, z: z - 0.35 * (number % 2) }));
    const start = busy * clock.period - 1 + 0.9 * number;
    const points = first === undefined ? [] : [first, ...rest];
    const metres = points
      .slice(1)
      .reduce((sum, to, index) => sum + Math.hypot(to.x - (points[index]?.x ?? 0), to.z - (points[index]?.z ?? 0)), 0);
    return {
      id: `person-p${number + 1}`,
      appearance: someone(own),
      acts: [{ kind: 'move', start, end: start + metres / 1.4, gait: 'walk', points }],
    };
  });
}

/** Halvings of the interval in which the balance is sought. */
const halvings = 12;

/** The same people twice: with the incident and without, moving as much in the gaps that differ. */
export function twinsOf(story: TwinStory, given: Given): Twins {
  const { clock, place } = given;
  const picture = { view: settings[place.camera].view, width: 480, height: 270, frameRate: clock.frameRate };
  const surplus = (balance: number): number =>
    story.told.reduce((sum, gap) => {
      const [start, end] = [gap * clock.period, (gap + 1) * clock.period];
      const [told, innocent] = [true, false].map((has) =>
        changeOf(tell(story, has, balance, given), picture, start, end),
      );
      return sum + (innocent ?? 0) - (told ?? 0);
    }, 0);
  let [low, high] = [-2, 3];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (surplus(middle) < 0) low = middle;
    else high = middle;
  }
  const balance = (low + high) / 2;
  const around = passers(story, given);
  const participants = story.tale === 'fight' ? ['person-a', 'person-b'] : ['person-a'];
  return {
    told: [...tell(story, true, balance, given), ...around],
    innocent: [...tell(story, false, balance, given), ...around],
    incidents: story.told.map((gap) => ({
      ...{ class: story.tale, participants, start: clock.opens(gap), end: clock.opens(gap) + happening },
    })),
  };
}

export interface Twins {
  readonly told: readonly PersonPlan[];
  readonly innocent: readonly PersonPlan[];
  readonly incidents: readonly IncidentPlan[];
}
