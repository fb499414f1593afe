/** Episodes with what reviewers said of them: a label where they said enough, and nothing where they did not. */
import { type Interval, intersection, intervalLength } from '../../math/interval.ts';
import type { Truth } from '../nano/examples.ts';
import type { KnownSpans } from './known-spans.ts';

export interface LabelledEpisode {
  /** Seconds of the recording. */
  readonly episode: Interval;
  readonly truth: Truth;
  /** What reviewers spoke of in it, whichever they said. */
  readonly spans: readonly Interval[];
}

/** What of a span lies in an episode counts from so many seconds on, or half of the span: its edge tells nothing. Ours. */
const leastSeconds = 1;
const leastShare = 0.5;

/**
 * The episodes that have a label. 1: some incident lies in it. 0: something was flagged in it, all of that was rejected,
 * and no incident lies in it; an episode that nobody looked at has no label. Where something in an episode with an
 * incident is still unanswered only its label is known, not what else in it is an incident.
 */
export function labelledEpisodes(episodes: readonly Interval[], known: KnownSpans): LabelledEpisode[] {
  return episodes.flatMap((episode): LabelledEpisode[] => {
    const inside = <T extends Interval>(spans: readonly T[]) => spans.filter((span) => liesIn(span, episode));
    const incidents = inside(known.incidents).map((incident) => ({ ...incident, ...clipped(incident, episode) }));
    const isOpen = inside(known.unanswered).length > 0;
    const innocent = inside(known.innocent);
    const spans = [...incidents, ...innocent].map((span) => clipped(span, episode));
    if (incidents.length > 0) return [{ episode, spans, truth: { label: 1, intervals: isOpen ? null : incidents } }];
    // Not even the edge of an incident may lie in what is called innocent.
    const isTouched = known.incidents.some((incident) => intersection(incident, episode) !== null);
    if (isOpen || isTouched || innocent.length === 0) return [];
    return [{ episode, spans, truth: { label: 0, intervals: [] } }];
  });
}

function liesIn(span: Interval, episode: Interval): boolean {
  const shared = intersection(span, episode);
  return shared !== null && intervalLength(shared) >= Math.min(leastSeconds, leastShare * intervalLength(span));
}

const clipped = (span: Interval, episode: Interval): Interval => ({
  start: Math.max(span.start, episode.start),
  end: Math.min(span.end, episode.end),
});
