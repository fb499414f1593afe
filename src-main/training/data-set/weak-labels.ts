/** Video-level labels as those of episodes: of a long recording with an incident nobody said in which episode it lies. */
import type { Interval } from '../../math/interval.ts';
import type { VideoLabel } from '../aei/terms.ts';
import type { Truth } from '../nano/examples.ts';

export interface WeaklyLabelled {
  readonly episode: Interval;
  readonly truth: Truth;
}

/**
 * Every episode of a recording without an incident; of one with an incident the single episode that stands out most by
 * `levelOf`, which knows what was measured and not what is true; the first of equals. Other episodes of it have no label.
 * Source: the top-instance rule of multiple-instance learning (Andrews et al. 2003, MI-SVM's witness).
 */
export function weaklyLabelled(
  episodes: readonly Interval[],
  label: VideoLabel,
  levelOf: (episode: Interval) => number,
): WeaklyLabelled[] {
  const truth: Truth = { label, intervals: null };
  if (label === 0) return episodes.map((episode) => ({ episode, truth }));
  let witness: { episode: Interval; level: number } | null = null;
  for (const episode of episodes) {
    const level = levelOf(episode);
    if (witness === null || level > witness.level) witness = { episode, level };
  }
  return witness === null ? [] : [{ episode: witness.episode, truth }];
}

/** The highest level within the episode; `levels` has one a second. */
export function peakOf(levels: ArrayLike<number>, { start, end }: Interval): number {
  let peak = 0;
  for (let second = Math.floor(start); second < Math.min(levels.length, Math.ceil(end)); second++) {
    peak = Math.max(peak, levels[second] ?? 0);
  }
  return peak;
}
