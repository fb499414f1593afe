/** What happens in twins: for each incident the cue that a passive sampler sees and the innocent reading of it. */
import { longestEpisode } from '../../inquiry/episodes.ts';
import { framesPerLook } from '../../inquiry/lattice.ts';
import type { Random } from '../../math/random.ts';
import type { GroundPoint } from '../geometry/vector.ts';
import type { IncidentClass, IncidentPlan, PersonPlan } from '../scene.ts';
import { someone } from '../scenes/people.ts';
import { Actor, busyRound, comeToBlows, longestRound } from './aliasing-actor.ts';
import { happening, settling, type Clock } from './aliasing-clock.ts';
import type { TwinPlace } from './aliasing-places.ts';
import type { ChangeMeter } from './suite.ts';

/**
 * `cued`: something ambiguous is seen at the instants around it; `uncued`: nothing is; `periodic`: it happens in every gap of
 * a stretch; `aftermath`: what is seen began some gaps before, with it; `around`: it happens in the gap before or after those
 * of what is seen, which has no part in it.
 */
export type TwinKind = 'cued' | 'periodic' | 'uncued' | 'aftermath' | 'around';

/** Incidents that show in what people do within seconds. */
export const tales = ['fall', 'fight', 'running'] as const satisfies readonly IncidentClass[];
export type Tale = (typeof tales)[number];

interface TwinStory {
  readonly tale: Tale;
  readonly kind: TwinKind;
  /** Gaps in which the twins differ. */
  readonly told: readonly number[];
  /** Gaps with the same cue in which neither twin has an incident. */
  readonly decoys: readonly number[];
  /** For how many gaps the cue of a gap that tells stays; 0 where it has none. */
  readonly lasts: number;
  /** The gap in which all walk about side by side, in both twins: in no second moves more, but all the same way. */
  readonly busy: number;
}

/**
 * Gaps from one cue to the next: whoever came near has gone again. All cues are seen at an instant of the look of eight
 * frames that opens an episode, whatever the rate.
 */
const cueSpacing = 4;
/** The instant of the cue's gap that shows it: who crouches does so at its end; what both show is counted by its start. */
const cueAt: Readonly<Record<Tale, 0 | 1>> = { fall: 1, fight: 0, running: 0 };
const mostDecoys = 2;
/** Gaps of a stretch in which something periodic happens. */
const periods = 4;
/** Seconds from the beginning of the gap that tells to the instant that shows what came of it. */
const [nearest, farthest] = [8, 16] as const;

/** Seconds between the frames of an opening look at all of it. */
const openingSpacing = longestEpisode / framesPerLook;

/** When what happens in a story. */
export function storyOf(random: Random, tale: Tale, kind: TwinKind, { gaps, period }: Clock): TwinStory {
  const busy = random.next() < 0.5 ? 1 : gaps - 3;
  const isFree = (gap: number) => gap >= 3 && gap < gaps - 2 && Math.abs(gap - busy) > 1;
  const all = Array.from({ length: gaps }, (_, gap) => gap);
  if (kind === 'periodic') {
    const first = random.pick(all.filter((gap) => isFree(gap) && isFree(gap + periods)));
    return { tale, kind, busy, lasts: 0, decoys: [], told: all.slice(first, first + periods) };
  }
  if (kind === 'aftermath') {
    // The opening look is not to see them meet before a fight.
    const isBetween = (gap: number) => tale !== 'fight' || (gap * period) % openingSpacing !== 0;
    const lastings = all.filter((count) => count * period >= nearest && count * period <= farthest);
    const stories = lastings.flatMap((lasts) =>
      all
        .filter((gap) => isBetween(gap) && (gap + lasts) % cueSpacing === 0)
        .filter((gap) => isFree(gap - 1) && all.slice(gap, gap + lasts + 1).every(isFree))
        .map((gap) => ({ lasts, told: [gap] })),
    );
    return { tale, kind, busy, decoys: [], ...random.pick(stories) };
  }
  const places = all.filter((gap) => (gap + cueAt[tale]) % cueSpacing === 0 && isFree(gap) && isFree(gap + 1));
  if (kind === 'around') {
    const stories = places.flatMap((cue) =>
      [cue - 1, cue + 2].filter(isFree).map((gap) => ({ decoys: [cue], told: [gap] })),
    );
    return { tale, kind, busy, lasts: 0, ...random.pick(stories) };
  }
  const cues: number[] = [];
  for (let wanted = kind === 'cued' ? 1 + mostDecoys : 1; wanted > 0 && cues.length < places.length; wanted--)
    cues.push(random.pick(places.filter((gap) => !cues.includes(gap))));
  const lasts = kind === 'cued' ? 1 : 0;
  return { tale, kind, busy, lasts, decoys: cues.slice(1), told: cues.slice(0, 1) };
}

interface Cast {
  readonly a: Actor;
  readonly b: Actor;
  readonly c: Actor;
}

function castOf({ tale, lasts }: TwinStory, { place, clock, random }: Given): Cast {
  const together = tale === 'fight' && lasts === 0;
  const stand = (name: string, at: GroundPoint, facing = place.middle) =>
    new Actor(
      `person-${name}`,
      { ...someone(random.fork(name)), bottomKind: 'trousers' },
      { at, facing, manner: 'stand' },
      clock,
    );
  return {
    a: stand('a', tale === 'running' ? place.lane[0] : place.here, together ? place.beside : place.middle),
    b: stand('b', together ? place.beside : place.apart, together ? place.here : place.middle),
    c: stand('c', place.aside),
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
  const { tale, told, decoys, busy, lasts } = story;
  const { place, clock } = given;
  const cast = castOf(story, given);
  const everybody = [cast.a, cast.b, cast.c];
  for (const gap of [busy, ...told, ...decoys].toSorted((x, y) => x - y)) {
    if (gap === busy) {
      for (const actor of everybody) actor.pace(gap, busyRound, { ...actor.place, x: actor.place.x + 1 });
      continue;
    }
    const isTold = hasIncident && told.includes(gap);
    const rounds = Math.max(0, isTold ? -balance : balance);
    tellGap[tale](gap, { ...cast, place, clock, lasts: decoys.includes(gap) ? 1 : lasts, isTold, rounds });
  }
  return everybody.map((actor) => actor.plan());
}

interface Moment extends Cast {
  readonly place: TwinPlace;
  readonly clock: Clock;
  readonly lasts: number;
  readonly isTold: boolean;
  readonly rounds: number;
}

const tellGap: Readonly<Record<Tale, (gap: number, moment: Moment) => void>> = {
  // Seen at the next instant: somebody crouches, who has fallen or ties a shoe.
  fall: (gap, { a, b, c, place, lasts, isTold, rounds }) => {
    if (isTold) a.fall(gap, 0.2);
    paceTogether(gap, isTold ? [b, c] : [a, b, c], rounds, place);
    if (lasts > 0) a.standing({ manner: 'crouch' }).change(gap + lasts, { manner: 'stand' });
  },
  // Seen at both instants: two stand face to face who have come together and part again.
  fight: (gap, { a, b, c, place, clock, lasts, isTold, rounds }) => {
    if (lasts > 0) {
      b.walkTo(gap - 1, place.beside).standing({ facing: place.here });
      a.standing({ facing: place.beside });
    }
    if (isTold) comeToBlows(gap, a, b, clock);
    paceTogether(gap, isTold ? [c] : [b, a, c], rounds, place);
    if (lasts > 0) b.walkTo(gap + lasts, place.apart).standing({ facing: place.middle });
  },
  // Seen from one instant to the next: somebody has changed places.
  running: (gap, { a, b, c, place, lasts, isTold, rounds }) => {
    const [near, far] = place.lane;
    const [from, to] = a.place === near ? [near, far] : [far, near];
    if (lasts > 0) {
      if (isTold) a.runTo(gap, to, halfway(from, to), to);
      else a.walkTo(gap, to);
    } else if (isTold) a.runTo(gap, to, from);
    paceTogether(gap, isTold || lasts > 0 ? [b, c] : [a, b, c], rounds, place);
  },
};

const halfway = (a: GroundPoint, b: GroundPoint): GroundPoint => ({ x: (a.x + b.x) / 2, z: (a.z + b.z) / 2 });

interface Given {
  readonly place: TwinPlace;
  readonly clock: Clock;
  readonly random: Random;
}

/** Halvings of the interval in which the balance is sought: to a twentieth of a round. */
const halvings = 7;

/** The same people twice: with the incident and without, by `meter` moving as much in the gaps that differ. */
export function twinsOf(story: TwinStory, given: Given, meter: ChangeMeter): Twins {
  const { clock } = given;
  const changeIn = (hasIncident: boolean, balance: number): number => {
    const persons = tell(story, hasIncident, balance, given);
    const lasts = happening + settling;
    return story.told.reduce((sum, gap) => sum + meter(persons, clock.opens(gap), clock.opens(gap) + lasts), 0);
  };
  let [low, high] = [-2, 3];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (changeIn(false, middle) < changeIn(true, middle)) low = middle;
    else high = middle;
  }
  const balance = (low + high) / 2;
  const participants = story.tale === 'fight' ? ['person-a', 'person-b'] : ['person-a'];
  return {
    told: tell(story, true, balance, given),
    innocent: tell(story, false, balance, given),
    incidents: story.told.map((gap) => ({
      ...{ class: story.tale, participants, start: clock.opens(gap), end: clock.opens(gap) + happening },
    })),
  };
}

interface Twins {
  readonly told: readonly PersonPlan[];
  readonly innocent: readonly PersonPlan[];
  readonly incidents: readonly IncidentPlan[];
}
