/** From the results of a recording's episodes to what is said of the recording. */
import type { Claim, ClaimParticipant } from '../contract/claim.ts';
import type { Interval } from '../math/interval.ts';
import type { FlaggedInterval } from './run-episode.ts';

/** Ends of neighbouring episodes are equal numbers; this allows for a last bit of difference. */
const touching = 1e-6;

/** Claims of which a joined flag has one, made from both parts. */
type When = Extract<Claim, { kind: 'when' }>;

/**
 * Flags of several episodes in order of time. Those of one class that touch, as they do where an incident lies across
 * the border of two episodes, become one (SPEC M1) with the claims of both and otherwise what the one with the higher
 * score carries; time that was not seen is never bridged.
 */
export function mergeFlags<F extends FlaggedInterval>(flags: readonly F[]): F[] {
  const merged: F[] = [];
  for (const flag of flags.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const index = merged.findLastIndex((other) => other.class === flag.class && flag.start <= other.end + touching);
    const other = merged[index];
    if (other === undefined) merged.push(flag);
    else merged[index] = join(other, flag);
  }
  return merged;
}

function join<F extends FlaggedInterval>(first: F, second: F): F {
  const end = Math.max(first.end, second.end);
  const [better, other] = second.score > first.score ? [second, first] : [first, second];
  const whens = [first, second].flatMap(({ claims }) => claims.filter((claim): claim is When => claim.kind === 'when'));
  const when = whens.reduce<When | null>(
    (sum, claim) =>
      sum === null
        ? claim
        : {
            kind: 'when',
            args: { start: sum.args.start, end, openStart: sum.args.openStart, openEnd: claim.args.openEnd },
            evidence: [sum.evidence[0], ...sum.evidence.slice(1), ...claim.evidence],
          },
    null,
  );
  const own = better.claims.map((claim) => (claim.kind === 'when' && when !== null ? when : claim));
  const said = new Set(better.claims.map(subjectOf));
  const added = renumbered(other.claims, better.claims).filter((claim) => !said.has(subjectOf(claim)));
  return { ...better, start: first.start, end, claims: [...own, ...added] };
}

/** `claims` with participants that are numbered on from those of `before`: each part has numbered its own. */
function renumbered(claims: readonly Claim[], before: readonly Claim[]): Claim[] {
  const taken = before.flatMap((claim) => (claim.kind === 'did' ? [claim.args, ...claim.args.others] : []));
  const moved = <P extends ClaimParticipant>(participant: P): P => {
    const own = taken.filter(({ subject }) => subject === participant.subject).map(({ number }) => number);
    return { ...participant, number: participant.number + Math.max(0, ...own) };
  };
  return claims.map((claim) =>
    claim.kind === 'did' ? { ...claim, args: { ...moved(claim.args), others: claim.args.others.map(moved) } } : claim,
  );
}

/** What a claim is about: of two about the same only one is kept. */
function subjectOf(claim: Claim): string {
  switch (claim.kind) {
    case 'who':
      return `who ${claim.args.subject}`;
    case 'did':
      return `did ${claim.args.subject} ${claim.args.attribute}`;
    case 'unusual-frame':
      return `unusual-frame ${claim.args.by}`;
    case 'measured':
    case 'unusual-here':
      return `${claim.kind} ${claim.args.attribute}`;
    case 'alternative':
      return `alternative ${claim.args.reading}`;
    case 'text':
      return `text ${claim.args.text}`;
    case 'what':
    case 'when':
    case 'where':
    case 'found-by':
    case 'limit':
      return claim.kind;
    default:
      return claim satisfies never;
  }
}

/**
 * Scores per second of a recording from those of its episodes, NaN where no episode was run.
 * @param seconds number of whole or begun seconds
 * @param episodes each with its scores per second from its start, which is a whole second
 */
export function mergeScores(
  seconds: number,
  episodes: readonly { readonly episode: Interval; readonly scores: readonly number[] }[],
): Float32Array {
  const merged = new Float32Array(Math.ceil(seconds)).fill(NaN);
  for (const { episode, scores } of episodes) merged.set(scores.slice(0, merged.length - episode.start), episode.start);
  return merged;
}
