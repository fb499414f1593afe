/** Why an interval was flagged, as claims: each is made only where frames of the interval carry it (SPEC C1 to C4). */
import { evidenceFrom, type Claim, type ClaimOf, type Evidence } from '../contract/claim.ts';
import { unusualClass } from '../contract/taxonomy.ts';
import type { Interval } from '../math/interval.ts';
import { attributeDefinitions, type AttributeName } from '../perception/attributes.ts';
import { disturbances } from './cues.ts';
import { intervalOfLevel } from './lattice.ts';
import { contributionsTo, strengthOf } from './read-out.ts';
import type { ScoredSpan } from './score.ts';
import { viewOfLook, type TakenLook } from './taken-look.ts';

export interface ExplanationInput {
  /** Seconds after the anchor. */
  readonly span: ScoredSpan;
  readonly class: string;
  readonly anchor: number;
  readonly looks: readonly TakenLook[];
  /** What was seen, disjoint and in order, after the anchor. */
  readonly seen: readonly Interval[];
}

/** Measurements named in one explanation, the strongest ones. */
const mostMeasurements = 3;
/** Frames named for "what" and "when": the ends of the interval and what lies between, evenly. */
const mostFrames = 8;
/** From here on a measurement counts as unusual for the camera. */
const unusualPercentile = 0.95;

const subjects = { persons: 'person', vehicles: 'vehicle', animals: 'animal', bags: 'bag' } as const;

/** A look's part in the interval: the numbers of the frames in it and their time stamps. */
interface Part {
  readonly look: TakenLook;
  readonly timeOf: ReadonlyMap<number, number>;
}

/** Claims for a flagged interval; none where no frame of any look lies in it. */
export function explain(input: ExplanationInput): Claim[] {
  const { span, anchor, looks } = input;
  const parts = looks.flatMap((look): Part[] => {
    const inside = look.frames.flatMap((frame, index) =>
      frame.asked < span.end && frame.sight.end > span.start ? [[index, frame.time] as const] : [],
    );
    return inside.length === 0 ? [] : [{ look, timeOf: new Map(inside) }];
  });
  const all = evidenceFrom(thinned(parts.flatMap((part) => [...part.timeOf.values()])));
  if (all === null) return [];
  return [
    {
      kind: 'what',
      args: { class: input.class, probability: span.score, sureness: surenessOf(span.score) },
      evidence: all,
    },
    ...participants(parts),
    {
      kind: 'when',
      args: {
        start: Math.max(0, anchor + span.start),
        end: Math.max(0, anchor + span.end),
        openStart: !input.seen.some(({ start, end }) => start < span.start && end >= span.start),
        openEnd: !input.seen.some(({ start, end }) => start <= span.end && end > span.end),
      },
      evidence: ends(all),
    },
    ...measurements(parts, input.class),
    ...unusualHere(parts),
    ...alternatives(parts),
    ...limits(parts, all),
    ...foundBy(parts),
  ];
}

const surenessOf = (score: number) => (score >= 0.85 ? 'clear' : score >= 0.65 ? 'likely' : 'possible');

const ends = (evidence: Evidence): Evidence => {
  const last = evidence.at(-1);
  return last === undefined || last === evidence[0] ? [evidence[0]] : [evidence[0], last];
};

function thinned(times: readonly number[]): number[] {
  const ascending = [...new Set(times)].sort((a, b) => a - b);
  if (ascending.length <= mostFrames) return ascending;
  return Array.from(
    { length: mostFrames },
    (_, index) => ascending[Math.round((index * (ascending.length - 1)) / (mostFrames - 1))] as number,
  );
}

/** An attribute of a part with the frames inside the interval that it rests on, or null where there are none. */
function inside(part: Part, name: string) {
  const attribute = part.look.observation.attributes.find((candidate) => candidate.name === name);
  const evidence = evidenceFrom((attribute?.frames ?? []).flatMap((frame) => part.timeOf.get(frame) ?? []));
  return attribute === undefined || evidence === null ? null : { attribute, evidence };
}

/** The largest value of an attribute among the parts, with its frames inside the interval. */
function largest(parts: readonly Part[], name: string) {
  return parts
    .flatMap((part) => inside(part, name) ?? [])
    .reduce<ReturnType<typeof inside>>(
      (best, found) => (best === null || found.attribute.value > best.attribute.value ? found : best),
      null,
    );
}

function participants(parts: readonly Part[]): Claim[] {
  return Object.entries(subjects).flatMap(([name, subject]): ClaimOf<'who'>[] => {
    const most = largest(parts, name);
    const count = Math.round(most?.attribute.value ?? 0);
    return most === null || count < 1 ? [] : [{ kind: 'who', args: { subject, count }, evidence: most.evidence }];
  });
}

/** The strongest cues for the class, one claim each, and where in the picture the strongest of them lies. */
function measurements(parts: readonly Part[], id: string): Claim[] {
  const strongest = new Map<AttributeName, { points: number; found: NonNullable<ReturnType<typeof inside>> }>();
  for (const part of parts) {
    const look = viewOfLook(part.look, 0);
    const own = contributionsTo(id, look);
    for (const { attribute, points } of own.length > 0 ? own : contributionsTo(unusualClass, look)) {
      const found = inside(part, attribute);
      if (found !== null && points > (strongest.get(attribute)?.points ?? 0))
        strongest.set(attribute, { points, found });
    }
  }
  const ranked = [...strongest].sort(([, a], [, b]) => b.points - a.points).slice(0, mostMeasurements);
  const claims = ranked.map(([attribute, { found }]): Claim => {
    const { unit, needs } = attributeDefinitions[attribute];
    return {
      kind: 'measured',
      args: {
        attribute,
        value: found.attribute.value,
        unit,
        source: needs === 'persons-or-objects' ? 'persons' : needs,
      },
      evidence: found.evidence,
    };
  });
  const placed = ranked.map(([, { found }]) => found).find(({ attribute }) => attribute.place !== null);
  if (placed === undefined || placed.attribute.place === null) return claims;
  return [{ kind: 'where', args: { place: { ...placed.attribute.place } }, evidence: placed.evidence }, ...claims];
}

/** Made only from percentiles: without the camera's normality nothing is said to be unusual for it. */
function unusualHere(parts: readonly Part[]): Claim[] {
  const best = new Map<string, ClaimOf<'unusual-here'>>();
  for (const part of parts) {
    for (const { name, percentile } of part.look.observation.attributes) {
      const found = inside(part, name);
      if (percentile === null || percentile < unusualPercentile || found === null) continue;
      if (percentile <= (best.get(name)?.args.percentile ?? 0)) continue;
      best.set(name, { kind: 'unusual-here', args: { attribute: name, percentile }, evidence: found.evidence });
    }
  }
  return [...best.values()].sort((a, b) => b.args.percentile - a.args.percentile).slice(0, mostMeasurements);
}

/** Innocent readings that were measured: what could still explain the picture, and what cannot. */
function alternatives(parts: readonly Part[]): Claim[] {
  return disturbances.flatMap((cue): Claim[] => {
    const most = largest(parts, cue.attribute);
    if (most === null) return [];
    const remains = strengthOf(cue, most.attribute.value) > 0;
    // That there is no cut is nothing worth saying of a surveillance recording.
    if (cue.attribute === 'cut' && !remains) return [];
    const reading = cue.attribute as 'light-change' | 'camera-moved' | 'cut';
    return [
      {
        kind: 'alternative',
        args: { reading, outcome: remains ? 'remains-possible' : 'ruled-out' },
        evidence: most.evidence,
      },
    ];
  });
}

function limits(parts: readonly Part[], evidence: Evidence): Claim[] {
  const saw = new Set(parts.flatMap((part) => part.look.observation.saw));
  const without = saw.has('objects')
    ? saw.has('persons')
      ? null
      : 'persons'
    : saw.has('persons')
      ? 'objects'
      : 'nets';
  return without === null ? [] : [{ kind: 'limit', args: { without }, evidence: ends(evidence) }];
}

/** The look that came upon it: the first in time of taking among those with a frame inside. */
function foundBy(parts: readonly Part[]): Claim[] {
  const [first] = parts;
  const evidence = evidenceFrom(first?.timeOf.values() ?? []);
  if (first === undefined || evidence === null) return [];
  const drawn = parts.find((part) => part.look.purpose !== 'opening-look') ?? first;
  const drawnEvidence = evidenceFrom(drawn.timeOf.values()) ?? evidence;
  return [
    {
      kind: 'found-by',
      args: { reason: drawn.look.purpose, framesPerSecond: 1 / intervalOfLevel(drawn.look.plan.level) },
      evidence: ends(drawnEvidence),
    },
  ];
}
