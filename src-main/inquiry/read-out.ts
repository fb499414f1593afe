/**
 * The belief of the hand-written policies: readable log-odds of attributes. The figures are ours (see `cues.ts`);
 * a trained policy brings a read-out of its own.
 */
import { normalClass, unusualClass } from '../contract/taxonomy.ts';
import type { AttributeName } from '../perception/attributes.ts';
import { cues, disturbances, type Cue, type Reading } from './cues.ts';
import type { ActivityMark, BeliefInput, ReadOut, ViewAttribute, ViewLook } from './policy.ts';
import { noveltyPoints } from './novelty-evidence.ts';
import { logitOf } from '../math/logistic.ts';

/** Base rate: the share of episodes with something unusual in ordinary footage. */
export const baseRate = 0.02;
/** What a second as busy as can be adds to the base rate's logit. Activity alone never makes a flag likely. */
const activityWeight = 1.5;
/** Logit of a frame that was looked at and shows nothing out of the ordinary. */
const calm = -4;
/** More cues than this add nothing: dependent cues are no independent witnesses. */
const mostEvidence = 7;

/** Prior logit that an episode holds anything unusual, from the base rate and the busiest second of triage. */
export function priorFromActivity(activity: readonly ActivityMark[]): number {
  const busiest = activity.reduce((most, mark) => Math.max(most, mark.level), 0);
  return logitOf(baseRate) + activityWeight * busiest;
}

/** How strongly a value speaks: 0 at `from`, 1 at `to`, straight between them; `to` may be below `from`. */
export const strengthOf = (cue: Pick<Cue, 'from' | 'to'>, value: number): number =>
  Math.min(1, Math.max(0, (value - cue.from) / (cue.to - cue.from)));

/** How far what a reading cannot do without is there: 1 where it needs nothing. */
function gateOf(reading: Reading, valueOf: (attribute: string) => number | undefined): number {
  return reading.reduce((gate, cue) => {
    if (cue.needed !== true) return gate;
    const value = valueOf(cue.attribute);
    return value === undefined ? 0 : Math.min(gate, strengthOf(cue, value));
  }, 1);
}

/** Frames this close together are one observation of something going on, seconds. */
const oneObservation = 0.5;

/**
 * Sums of the cues of a reading, per frame of a look, in log-odds. In a close look all cues hold from the first to the
 * last frame that any of them rests on; in a coarser one each holds only for the frames that it rests on itself.
 */
function evidenceForReading(look: ViewLook, reading: Reading): number[] {
  const sums = look.frames.map(() => 0);
  if (look.observation.kind !== 'perception') return sums;
  const values = new Map<string, ViewAttribute>(
    look.observation.attributes.map((attribute) => [attribute.name, attribute]),
  );
  const gate = gateOf(reading, (name) => values.get(name)?.value);
  if (gate === 0) return sums;
  let total = 0;
  let [first, last] = [Infinity, -Infinity];
  for (const cue of reading) {
    const attribute = values.get(cue.attribute);
    if (attribute === undefined || look.interval > (cue.coarsest ?? Infinity)) continue;
    const points = gate * cue.weight * strengthOf(cue, attribute.value);
    if (points === 0) continue;
    total += points;
    for (const frame of attribute.frames) {
      sums[frame] = (sums[frame] ?? 0) + points;
      first = Math.min(first, frame);
      last = Math.max(last, frame);
    }
  }
  return look.interval > oneObservation ? sums : sums.map((_, frame) => (frame >= first && frame <= last ? total : 0));
}

/** Of a class's readings the strongest, per frame of a look. */
function evidenceForClass(look: ViewLook, id: string): number[] {
  const byReading = (cues[id] ?? []).map((reading) => evidenceForReading(look, reading));
  return look.frames.map((_, frame) => Math.max(0, ...byReading.map((sums) => sums[frame] ?? 0)));
}

/** Scores of a model are taken for probabilities within these bounds: it says 0 and 1 more often than it is sure. */
const leastScore = 0.02;

/** What a model's scores add to `calm`, per frame; null where the frame lies in no segment or the model refused. */
function evidenceOfCaptions(look: ViewLook): (number | null)[] {
  const points: (number | null)[] = look.frames.map(() => null);
  if (look.observation.kind !== 'caption') return points;
  for (const { score, frames } of look.observation.segments) {
    if (score === null) continue;
    const probability = Math.min(1 - leastScore, Math.max(leastScore, score));
    for (const frame of frames) points[frame] = Math.max(0, logitOf(probability) - calm);
  }
  return points;
}

/** Log-odds per frame that are taken from every class: a moved camera or a switched light looks like an incident. */
const disturbance = (look: ViewLook): number[] => evidenceForReading(look, disturbances);

/**
 * The read-out (SPEC P2). Per frame and class the log-odds of its cues are summed; a frame's evidence logit is the
 * log-odds that any class holds against `calm`; the episode's probability of a class rests on its three best frames.
 * Time not looked at keeps the prior: its weight is ½ against 1 for each look.
 */
export function readAttributes(input: BeliefInput): ReadOut {
  const { looks, activity } = input;
  const incidents = input.classes.filter((id) => id !== normalClass);
  const prior = priorFromActivity(activity);
  const perClass = new Map<string, number[][]>();
  const disturbed = looks.map(disturbance);
  const unusualHere = looks.map(noveltyPoints);
  const said = looks.map(evidenceOfCaptions);
  for (const id of incidents) {
    const byLook = looks.map((look, index) =>
      evidenceForClass(look, id).map((points, frame) => {
        const here = id === unusualClass ? (unusualHere[index]?.[frame] ?? 0) + (said[index]?.[frame] ?? 0) : 0;
        return Math.min(mostEvidence, Math.max(0, points + here - (disturbed[index]?.[frame] ?? 0)));
      }),
    );
    perClass.set(id, byLook);
  }
  const evidence = looks.map((look, index) =>
    look.frames.map((_, frame) => {
      // Where a model gave no answer nothing was seen.
      if (look.observation.kind === 'caption' && said[index]?.[frame] === null) return prior;
      let odds = 1;
      for (const byLook of perClass.values()) odds += Math.exp(byLook[index]?.[frame] ?? 0) - 1;
      return calm + Math.log(odds);
    }),
  );
  const unlooked = 0.5 / (0.5 + looks.length);
  const odds = incidents.map((id) => {
    const best = (perClass.get(id) ?? []).flat().toSorted((a, b) => b - a);
    const points = ((best[0] ?? 0) + (best[1] ?? 0) + (best[2] ?? 0)) / 3;
    return Math.exp(calm) * (Math.exp(points) - 1) + (unlooked * Math.exp(prior)) / incidents.length;
  });
  const total = 1 + odds.reduce((sum, value) => sum + value, 0);
  const probabilities = Object.fromEntries([
    [normalClass, 1 / total],
    ...incidents.map((id, index) => [id, (odds[index] ?? 0) / total]),
  ]) as Record<string, number>;
  return { prior, probabilities, evidence };
}

/** One attribute's part in a class's log-odds, in a look; for explanations and for choosing where to look next. */
export interface Contribution {
  readonly attribute: AttributeName;
  readonly points: number;
}

/** The cues of a class's strongest reading that speak for it in a look, strongest first. */
export function contributionsTo(id: string, look: ViewLook): readonly Contribution[] {
  if (look.observation.kind !== 'perception') return [];
  const values = new Map<string, number>(look.observation.attributes.map(({ name, value }) => [name, value]));
  let best: { readonly points: number; readonly found: readonly Contribution[] } = { points: 0, found: [] };
  for (const reading of cues[id] ?? []) {
    const gate = gateOf(reading, (name) => values.get(name));
    const found = reading.flatMap((cue): Contribution[] => {
      const value = values.get(cue.attribute);
      if (value === undefined || look.interval > (cue.coarsest ?? Infinity)) return [];
      const points = gate * cue.weight * strengthOf(cue, value);
      return points > 0 ? [{ attribute: cue.attribute, points }] : [];
    });
    const points = found.reduce((sum, cue) => sum + cue.points, 0);
    if (points > best.points) best = { points, found };
  }
  return best.found.toSorted((a, b) => b.points - a.points);
}
