/** Why an interval was flagged, as claims: each is made only where frames of the interval carry it (SPEC C1 to C5). */
import { evidenceFrom, type Claim, type ClaimOf, type Evidence } from '../contract/claim.ts';
import type { Interval } from '../math/interval.ts';
import { disturbances } from './cues.ts';
import { deeds, participants } from './deeds.ts';
import { evidenceOf, largestOf, partsOf, perceptionOf, type Part } from './explained-part.ts';
import { intervalOfLevel } from './lattice.ts';
import { noveltyClaims } from './novelty-claims.ts';
import { strengthOf } from './read-out.ts';
import type { ScoredSpan } from './score.ts';
import type { TakenLook } from './taken-look.ts';

export interface ExplanationInput {
  /** Seconds after the anchor. */
  readonly span: ScoredSpan;
  readonly class: string;
  readonly anchor: number;
  readonly looks: readonly TakenLook[];
  /** What was seen, disjoint and in order, after the anchor. */
  readonly seen: readonly Interval[];
}

/** Frames named for "what" and "when": the ends of the interval and what lies between, evenly. */
const mostFrames = 8;
/** Captions repeated in one explanation, those that the model scored highest. */
const mostCaptions = 2;

/** Claims for a flagged interval; none where no frame of any look lies in it. */
export function explain(input: ExplanationInput): Claim[] {
  const { span, anchor, looks } = input;
  const parts = partsOf(looks, span);
  const all = evidenceFrom(thinned(parts.flatMap((part) => [...part.timeOf.values()])));
  if (all === null) return [];
  return [
    {
      kind: 'what',
      args: { class: input.class, probability: span.score, sureness: surenessOf(span.score) },
      evidence: all,
    },
    ...captions(parts),
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
    ...deeds(parts, input.class),
    ...noveltyClaims(parts),
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

/** What a model said of the segments inside, in its own words. */
function captions(parts: readonly Part[]): ClaimOf<'text'>[] {
  const said = parts.flatMap((part) =>
    part.look.observation.kind !== 'caption'
      ? []
      : part.look.observation.segments.flatMap(({ caption, score, frames }) => {
          const evidence = evidenceOf(part, frames);
          return caption === null || caption === '' || evidence === null
            ? []
            : [{ caption, score: score ?? 0, evidence }];
        }),
  );
  const once = [...new Map(said.toSorted((a, b) => a.score - b.score).map((each) => [each.caption, each])).values()];
  return once
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostCaptions)
    .map(({ caption, evidence }) => ({ kind: 'text', args: { text: caption }, evidence }));
}

/** Innocent readings that were measured: what could still explain the picture, and what cannot. */
function alternatives(parts: readonly Part[]): Claim[] {
  return disturbances.flatMap((cue): Claim[] => {
    const most = largestOf(parts, cue.attribute);
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

/** What no net was there to tell. */
function limits(parts: readonly Part[], evidence: Evidence): Claim[] {
  const seen = parts.flatMap((part) => perceptionOf(part) ?? []);
  const saw = new Set(seen.flatMap((each) => each.saw));
  const missing = (['objects', 'persons'] as const).filter((net) => !saw.has(net));
  const [first] = missing;
  if (seen.length === 0 || first === undefined) return [];
  return [{ kind: 'limit', args: { without: missing.length === 2 ? 'nets' : first }, evidence: ends(evidence) }];
}

/** The look that came upon it: the first in time of taking among those with a frame inside. */
function foundBy(parts: readonly Part[]): Claim[] {
  const drawn = parts.find((part) => part.look.purpose !== 'opening-look') ?? parts[0];
  const evidence = drawn === undefined ? null : evidenceFrom(drawn.timeOf.values());
  if (drawn === undefined || evidence === null) return [];
  return [
    {
      kind: 'found-by',
      args: { reason: drawn.look.purpose, framesPerSecond: 1 / intervalOfLevel(drawn.look.plan.level) },
      evidence: ends(evidence),
    },
  ];
}
