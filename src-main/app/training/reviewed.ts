/** What reviewers have said so far, recording by recording: counted, and as labelled episodes of what was scanned. */
import type { Flag, Miss } from '../../contract/flag.ts';
import type { Preference, Reviewed } from '../../contract/training.ts';
import { episodesFromActivity } from '../../inquiry/index.ts';
import type { Interval } from '../../math/interval.ts';
import { readTriage } from '../../perception/index.ts';
import type { Store } from '../../store/index.ts';
import { knownSpans } from '../../training/verdicts/known-spans.ts';
import { type LabelledEpisode, labelledEpisodes } from '../../training/verdicts/labelled-episodes.ts';
import { storedTriage } from '../seen-before.ts';

export type ReviewStore = Pick<
  Store,
  'flags' | 'misses' | 'preferences' | 'verdicts' | 'scans' | 'recordings' | 'triage' | 'blobs'
>;

export interface ReviewedEpisode extends LabelledEpisode {
  readonly recording: string;
  /** Hash of the recording's triage. */
  readonly triage: string;
  /** Trajectories of the recording whose outcome reviewers have spoken of. */
  readonly trajectories: readonly string[];
  readonly preferences: readonly Preference[];
}

export function countReviewed({ flags, misses, preferences }: Omit<ReviewStore, 'verdicts'>): Reviewed {
  const decided = flags.list({ decided: true, superseded: true });
  const count = (decision: string) => decided.filter(({ verdict }) => verdict?.decision === decision).length;
  return {
    ...{ confirmed: count('confirm'), rejected: count('reject'), unsure: count('unsure') },
    ...{ misses: misses.list().length, preferences: preferences.list().length },
  };
}

/** What of the store a run learned from, by ids, for the version that comes out. */
export function reviewedIds({ flags, verdicts, misses, preferences }: ReviewStore) {
  const standing = flags.list({ decided: true, superseded: true }).flatMap(({ id }) => {
    const history = verdicts.history(id);
    const retracted = new Set(history.map(({ retracts }) => retracts));
    return history.findLast((entry) => entry.decision !== 'retract' && !retracted.has(entry.id))?.id ?? [];
  });
  return {
    verdicts: standing.toSorted((a, b) => a - b),
    misses: misses
      .list()
      .map(({ id }) => id)
      .toSorted(),
    preferences: preferences
      .list()
      .map(({ id }) => id)
      .toSorted(),
  };
}

/**
 * Labelled episodes of all recordings of which reviewers have spoken, by recording and time. A recording whose triage is
 * gone is left out: it has to be scanned again first.
 */
export async function reviewedEpisodes(store: ReviewStore): Promise<ReviewedEpisode[]> {
  const { flags, misses, preferences } = store;
  const recordings = [
    ...new Set([
      ...flags.list({ decided: true, superseded: true }).map(({ recording }) => recording),
      ...misses.list().map(({ recording }) => recording),
    ]),
  ].toSorted();
  const episodes: ReviewedEpisode[] = [];
  for (const recording of recordings) {
    const triage = await storedTriage(store, recording);
    if (triage === null) continue;
    const { activity, seconds } = readTriage(await store.blobs.read(triage));
    const own = flags.list({ recording });
    const missed = misses.list({ recording });
    const labelled = labelledEpisodes(
      episodesFromActivity(activity, seconds),
      knownSpans({ flags: own, misses: missed }),
    );
    const stated = preferences.list({ recording });
    for (const each of labelled) {
      const trajectories = spokenOf(store, recording, each.episode, own, missed);
      episodes.push({ ...each, recording, triage, trajectories, preferences: stated });
    }
  }
  return episodes;
}

/** Trajectories behind the flags in the episode that were decided, and behind a scan that missed something in it. */
function spokenOf(
  { scans }: Pick<Store, 'scans'>,
  recording: string,
  episode: Interval,
  flags: readonly Flag[],
  misses: readonly Miss[],
): string[] {
  const isInside = (span: Interval) => span.start < episode.end && span.end > episode.start;
  const decided = flags.filter((flag) => flag.verdict !== null && flag.verdict.decision !== 'unsure' && isInside(flag));
  const standing = misses.some(isInside) ? scans.standing(recording) : undefined;
  const missed = standing === undefined ? [] : scans.episodes(standing.id).filter(isInside);
  return [...new Set([...decided, ...missed].flatMap(({ trajectory }) => trajectory ?? []))].toSorted();
}
