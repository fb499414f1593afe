/** Whether flags of a policy agree with what reviewers said of a recording. */
import type { Flag, Miss } from '../../contract/flag.ts';
import type { ComparedVerdict } from '../../contract/policy-comparison.ts';
import { type Interval, intersection, intervalLength } from '../../math/interval.ts';

/** A flag is about an interval where they share so much of the shorter of both. */
const sameShare = 0.5;

/** What reviewers said, by time: confirmed flags with the bounds and class that they gave, and misses. */
export function saidOf(flags: readonly Flag[], misses: readonly Miss[]): Omit<ComparedVerdict, 'agrees'>[] {
  const decided = flags.flatMap(({ id, start, end, class: found, verdict }) =>
    verdict === null
      ? []
      : [
          {
            ...{ id, decision: verdict.decision, class: verdict.class ?? found },
            ...{ start: verdict.start ?? start, end: verdict.end ?? end },
          },
        ],
  );
  const missed = misses.map(({ id, start, end, class: of }) => ({
    ...{ id, start, end, class: of },
    decision: 'miss' as const,
  }));
  return [...decided, ...missed].toSorted((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
}

/**
 * True where an incident is flagged, or what is none is not; null of what a reviewer could not tell. The class does not
 * count: a fight that is flagged as a fall was found.
 */
export function agreesWith(
  { decision, start, end }: Omit<ComparedVerdict, 'agrees'>,
  flags: readonly Interval[],
): boolean | null {
  if (decision === 'unsure') return null;
  const isFlagged = flags.some((flag) => isAbout(flag, { start, end }));
  return isFlagged === (decision !== 'reject');
}

function isAbout(flag: Interval, said: Interval): boolean {
  const shared = intersection(flag, said);
  const shorter = Math.min(intervalLength(flag), intervalLength(said));
  return shared !== null && intervalLength(shared) >= sameShare * shorter;
}
