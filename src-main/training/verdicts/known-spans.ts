/** What reviewers said of one recording, as spans of it: incidents, what holds none, and what nobody has answered. */
import type { Flag, Miss } from '../../contract/flag.ts';
import { type Interval, intersection, intervalLength } from '../../math/interval.ts';
import type { ClassedInterval } from '../aei/match-intervals.ts';

/** A recording's flags, those that stand and those with a verdict, and its misses. */
export interface ReviewedRecording {
  readonly flags: readonly Pick<Flag, 'start' | 'end' | 'class' | 'verdict'>[];
  readonly misses: readonly Pick<Miss, 'start' | 'end' | 'class' | 'addedAtMs'>[];
}

export interface KnownSpans {
  /** Disjoint but for those of different classes that overlap little, in order of time. */
  readonly incidents: readonly ClassedInterval[];
  /** Flagged for nothing. */
  readonly innocent: readonly Interval[];
  /** Flagged, and either left open or found hard to tell. */
  readonly unanswered: readonly Interval[];
}

interface Said extends ClassedInterval {
  readonly atMs: number;
}

/** Two spans that share so much of the shorter one are about one incident, whichever policy flagged them. Ours. */
const sameShare = 0.5;

/**
 * Confirmed flags count with the reviewer's bounds and class where these differ; several that are about one incident are
 * one, from the first start to the last end, of the class that was said last. A flag that nobody answered is answered by a
 * verdict about the same incident, be it on another policy's flag.
 */
export function knownSpans({ flags, misses }: ReviewedRecording): KnownSpans {
  const confirmed = flags.flatMap(({ verdict, ...flag }): Said[] =>
    verdict?.decision !== 'confirm'
      ? []
      : [
          {
            start: verdict.start ?? flag.start,
            end: verdict.end ?? flag.end,
            class: verdict.class ?? flag.class,
            atMs: verdict.decidedAtMs,
          },
        ],
  );
  const missed = misses.map(({ addedAtMs, ...miss }): Said => ({ ...miss, atMs: addedAtMs }));
  const incidents = merged([...confirmed, ...missed].filter(({ start, end }) => end > start));
  const innocent = flags
    .filter(({ verdict }) => verdict?.decision === 'reject')
    .filter((flag) => !incidents.some((incident) => isSame(flag, incident)))
    .map(spanOf);
  const answered = [...incidents, ...innocent];
  const unanswered = flags
    .filter(({ verdict }) => verdict === null || verdict.decision === 'unsure')
    // Unsure is an answer of its own: another flag's verdict does not overrule it.
    .filter((flag) => flag.verdict !== null || !answered.some((span) => isSame(flag, span)))
    .map(spanOf);
  return { incidents, innocent, unanswered };
}

const spanOf = ({ start, end }: Interval): Interval => ({ start, end });

function isSame(one: Interval, other: Interval): boolean {
  const shared = intersection(one, other);
  const shorter = Math.min(intervalLength(one), intervalLength(other));
  return shared !== null && intervalLength(shared) >= sameShare * shorter;
}

function merged(said: readonly Said[]): ClassedInterval[] {
  const kept: Said[] = [];
  for (const next of said.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const place = kept.findIndex((each) => isSame(each, next));
    const known = kept[place];
    if (known === undefined) {
      kept.push(next);
      continue;
    }
    const latest = next.atMs >= known.atMs ? next : known;
    kept[place] = { ...latest, start: Math.min(known.start, next.start), end: Math.max(known.end, next.end) };
  }
  return kept.map(({ start, end, class: of }) => ({ start, end, class: of }));
}
