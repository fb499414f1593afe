/** Stretches of seen time whose evidence stands out, and the hypotheses that the hand-written policies make of them. */
import { normalClass, unusualClass } from '../contract/taxonomy.ts';
import type { Hypothesis, ObservationPointer } from '../contract/trajectory.ts';
import { mergeIntervals, type Interval } from '../math/interval.ts';
import { mostHypotheses } from './grammar.ts';
import { noveltyPoints } from './novelty-evidence.ts';
import type { PolicyView } from './policy.ts';
import { contributionsTo } from './read-out.ts';

/** One frame that was seen, once however many looks saw it, with its strongest evidence. Seconds after the focus' start. */
export interface Sighting extends Interval {
  readonly logit: number;
  /** Seconds between the frames of the densest look that saw it. */
  readonly interval: number;
  readonly pointer: ObservationPointer;
}

/** Neighbouring sightings that stand out together. */
export interface Suspicion extends Interval {
  readonly sightings: readonly Sighting[];
  /** The strongest of them. */
  readonly best: Sighting;
}

/** A dip of up to this long does not end a stretch, as long as it was seen. Seconds. */
const longestDip = 2;

/** All that was seen, in order of time. */
export function sightingsOf(view: PolicyView): Sighting[] {
  const byOffset = new Map<number, Sighting>();
  for (const [look, { frames, interval }] of view.looks.entries()) {
    for (const [frame, { offset, sight }] of frames.entries()) {
      const logit = view.belief.evidence[look]?.[frame] ?? view.belief.prior;
      const other = byOffset.get(offset);
      byOffset.set(offset, {
        start: offset,
        end: Math.max(offset + sight, other?.end ?? -Infinity),
        interval: Math.min(interval, other?.interval ?? Infinity),
        ...(other === undefined || logit > other.logit
          ? { logit, pointer: { look, frame } }
          : { logit: other.logit, pointer: other.pointer }),
      });
    }
  }
  return [...byOffset.values()].sort((a, b) => a.start - b.start);
}

/** Stretches of sightings with evidence of at least `low`, of which one has at least `high`; the strongest first. */
export function suspicionsOf(view: PolicyView, high: number, low: number): Suspicion[] {
  const sightings = sightingsOf(view);
  const seen = mergeIntervals(sightings);
  const spanOf = (sighting: Sighting) =>
    seen.findIndex((span) => sighting.start >= span.start && sighting.start < span.end);
  const groups: Sighting[][] = [];
  for (const sighting of sightings) {
    if (sighting.logit < low) continue;
    const last = groups.at(-1)?.at(-1);
    const joined = last !== undefined && sighting.start - last.end <= longestDip && spanOf(last) === spanOf(sighting);
    if (joined) groups.at(-1)?.push(sighting);
    else groups.push([sighting]);
  }
  return groups
    .map((group): Suspicion => {
      const best = group.reduce((most, sighting) => (sighting.logit > most.logit ? sighting : most));
      const end = group.reduce((latest, sighting) => Math.max(latest, sighting.end), -Infinity);
      return { start: group[0]?.start ?? best.start, end, sightings: group, best };
    })
    .filter(({ best }) => best.logit >= high)
    .sort((a, b) => b.best.logit - a.best.logit);
}

/** A hypothesis needs a frame that is more likely than not to show an incident, and goes on while frames stay suspicious. */
const hypothesisHigh = 0;
const hypothesisLow = -1.5;

/** What the hand-written policies end with: one hypothesis for each stretch that stands out enough. */
export function hypothesesOf(view: PolicyView): Hypothesis[] {
  return suspicionsOf(view, hypothesisHigh, hypothesisLow)
    .slice(0, mostHypotheses)
    .flatMap((suspicion) => {
      const last = suspicion.sightings.at(-1);
      const [first] = suspicion.sightings;
      if (first === undefined || last === undefined) return [];
      return [{ first: first.pointer, last: last.pointer, class: classOf(suspicion, view) }];
    });
}

/** Log-odds by which "unusual" must lead before it is preferred to a class that says more. */
const lead = 0.5;

/** The class that the looks in a stretch speak for most, by cues and by what is unusual for the camera; "unusual" where they speak for none. */
export function classOf(suspicion: Suspicion, view: PolicyView): string {
  const numbers = new Set(suspicion.sightings.map(({ pointer }) => pointer.look));
  let [bestId, bestPoints] = [unusualClass as string, 0];
  for (const id of view.classes) {
    if (id === normalClass) continue;
    const points = Math.max(
      ...[...numbers].map((number) => {
        const look = view.looks[number];
        if (look === undefined) return 0;
        const said = contributionsTo(id, look).reduce((sum, cue) => sum + cue.points, 0);
        return id === unusualClass ? said + Math.max(0, ...noveltyPoints(look)) : said;
      }),
    );
    const weighed = id === unusualClass ? points - lead : points;
    if (weighed > bestPoints) [bestId, bestPoints] = [id, weighed];
  }
  return bestId;
}
