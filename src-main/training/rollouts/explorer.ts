/** A policy that looks around at random, for want of a better one: the start of training picks the best of many. */
import { normalClass, unusualClass } from '../../contract/taxonomy.ts';
import type { Action, Hypothesis } from '../../contract/trajectory.ts';
import { distances, factors, fineSeconds, latestOffset, quantisedOffset, tokens } from '../../inquiry/grammar.ts';
import { closeLook, namedStretches, standingOut } from '../../inquiry/policies/nano/index.ts';
import { showsMore, type Policy, type PolicyView, type ReadOut } from '../../inquiry/policy.ts';
import { contributionsTo } from '../../inquiry/read-out.ts';
import type { Random } from '../../math/random.ts';

/** How a turn goes on, by weight. Half of all looks have a reason; the rest finds what reasons there could be. Ours. */
const ways = [
  ['suspicious', 0.4],
  ['active', 0.12],
  ['anywhere', 0.12],
  ['back', 0.12],
  ['wider', 0.12],
  ['thought', 0.12],
] as const;
type Way = (typeof ways)[number][0];

/** Chance of ending, at the first turn and what each further turn adds. */
const [endAtFirst, endLater] = [0.06, 0.07];
/** Windows and rates of a closer look: seconds, frames a second. */
const windows = [1, 2, 4, 8, 16] as const;
const framesOfWindow = [4, 8, 16] as const;
const coarsestRate = 1 / 16;
const finestRate = 8;

/** Evidence logits from which on a stretch is a hypothesis; drawn for each episode. */
const hypothesisBounds = [0, 0.5, 1, 2] as const;

export type Believer = Pick<Policy, 'readBelief' | 'forEpisode'>;

/** It believes as `belief` does, and ends with what stands out to that belief. */
export function explorer(belief: Believer): Policy {
  return {
    name: 'explorer',
    version: '1',
    opens: true,
    readBelief: (input) => belief.readBelief(input),
    forEpisode: () => explorer(belief.forEpisode?.() ?? belief),
    decide(view, random) {
      const isEnd = view.mustEnd || random.next() < endAtFirst + endLater * view.taken.length;
      const action = isEnd ? null : anyAction(view, random);
      return action === null
        ? { action: { operator: 'FINAL', hypotheses: hypothesesOf(view, random) }, reason: 'It has looked around.' }
        : { action, reason: 'Something may be there.' };
    },
  };
}

const attempts = 6;

/** An action that is allowed and shows something new, or null where none was found. */
function anyAction(view: PolicyView, random: Random): Action | null {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const action = actionBy(wayBy(random), view, random);
    if (action === null) continue;
    if (action.operator === 'THINK' ? view.chargeOf(action).allowed : showsMore(view, action)) return action;
  }
  return null;
}

function wayBy(random: Random): Way {
  let left = random.next();
  for (const [way, weight] of ways) {
    left -= weight;
    if (left < 0) return way;
  }
  return 'anywhere';
}

function actionBy(way: Way, view: PolicyView, random: Random): Action | null {
  switch (way) {
    case 'suspicious': {
      const moment = standingOutBy(view, random);
      return moment === null
        ? null
        : closeLook(view, moment, { longer: random.next() < 0.3, denser: random.next() < 0.3 });
    }
    case 'active': {
      const peaks = view.activity.toSorted((a, b) => b.level - a.level).slice(0, 6);
      return peaks.length === 0 ? null : sampleAround(random.pick(peaks).offset, random);
    }
    case 'anywhere': {
      const frames = view.looks.flatMap((look) => look.frames);
      return frames.length === 0 ? null : sampleAround(random.pick(frames).offset, random);
    }
    case 'back':
      return { operator: 'BACKTRACK', distance: random.pick(distances) };
    case 'wider':
      return { operator: 'EXPAND', factor: random.pick(factors) };
    case 'thought':
      return thoughtOf(view, random);
    default:
      return way satisfies never;
  }
}

/** One of the moments that stand out: each is as likely as the odds that it shows something. */
function standingOutBy(view: PolicyView, random: Random): number | null {
  const moments = standingOut(view).unseen.map(({ start, logit }) => ({ start, weight: Math.exp(Math.min(6, logit)) }));
  let left = random.next() * moments.reduce((sum, { weight }) => sum + weight, 0);
  for (const { start, weight } of moments) {
    left -= weight;
    if (left < 0) return start;
  }
  return moments[0]?.start ?? null;
}

function sampleAround(offset: number | null, random: Random): Action | null {
  if (offset === null) return null;
  const seconds = random.pick(windows);
  const rate = Math.min(finestRate, Math.max(coarsestRate, random.pick(framesOfWindow) / seconds));
  const start = Math.min(latestOffset - fineSeconds, quantisedOffset(offset - random.next() * seconds));
  return { operator: 'SAMPLE', start, end: Math.max(start + fineSeconds, quantisedOffset(start + seconds)), rate };
}

/** What speaks for the likeliest incident, in the look where most does. */
function thoughtOf(view: PolicyView, random: Random): Action | null {
  if (view.taken.at(-1)?.operator === 'THINK') return null;
  const likeliest = likeliestIncident(view.belief);
  const found = view.looks.map((look) => contributionsTo(likeliest, look)).toSorted((a, b) => b.length - a.length)[0];
  const attributes = (found ?? []).slice(0, 1 + random.integer(3)).map(({ attribute }) => attribute);
  return attributes.length === 0 ? null : { operator: 'THINK', attributes, text: '' };
}

function likeliestIncident({ probabilities }: ReadOut): string {
  const [first] = Object.entries(probabilities)
    .filter(([id]) => id !== normalClass)
    .sort(([, a], [, b]) => b - a);
  return first?.[0] ?? unusualClass;
}

/** The stretches that stand out, with the class that the belief finds likeliest; those that the mask cannot say are left out. */
export function hypothesesOf(view: PolicyView, random: Random): Hypothesis[] {
  const least = random.pick(hypothesisBounds);
  const hypotheses = namedStretches(view)
    .filter(({ best }) => best.logit >= least)
    .flatMap(({ sightings }): Hypothesis[] => {
      const [first, last] = [sightings[0], sightings.at(-1)];
      if (first === undefined || last === undefined) return [];
      return [{ first: first.pointer, last: last.pointer, class: likeliestIncident(view.belief) }];
    });
  const isSayable = view.allowedTokens([tokens.FINAL]).length > 1;
  return isSayable ? hypotheses : [];
}
