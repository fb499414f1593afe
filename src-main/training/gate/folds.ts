/** Halves of the labelled episodes, so that each is judged by a version that did not learn from its recording. */
import { hash32 } from '../../math/random.ts';
import type { VideoLabel } from '../aei/terms.ts';

export const foldCount = 2;

/** An episode with what it has in common with others: those of one recording stay together. */
export interface FoldedEpisode {
  readonly recording: string;
  readonly label: VideoLabel;
}

/**
 * The fold of each episode, from 0. Recordings are dealt out in an order that only their ids and `seed` decide, those with
 * an incident first, so that every fold gets its share of both labels.
 */
export function foldsOf(episodes: readonly FoldedEpisode[], seed: number | string): number[] {
  const withIncident = new Set(episodes.filter(({ label }) => label === 1).map(({ recording }) => recording));
  const order = (recording: string) => hash32(`${seed}/fold/${recording}`);
  const recordings = [...new Set(episodes.map(({ recording }) => recording))].toSorted(
    (a, b) =>
      Number(withIncident.has(b)) - Number(withIncident.has(a)) || order(a) - order(b) || (a < b ? -1 : Number(a > b)),
  );
  const foldOf = new Map(recordings.map((recording, place) => [recording, place % foldCount]));
  return episodes.map(({ recording }) => foldOf.get(recording) ?? 0);
}
