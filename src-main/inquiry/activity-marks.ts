/** Triage's activity as policies see it: levels of single seconds, without the ends of the curve. */
import type { Interval } from '../math/interval.ts';

/** Steps of the scale in which policies see activity: zero stays out of sight, and with it where the episode ends. */
const activitySteps = 16;

/** The seconds of an episode with any activity, as levels, with their start after the anchor. */
export function marksOf(activity: Float32Array, episode: Interval, anchor: number) {
  const [first, last] = [Math.max(0, Math.floor(episode.start)), Math.min(activity.length, Math.ceil(episode.end))];
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => ({
    start: first + index - anchor,
    level: Math.round((activity[first + index] ?? 0) * activitySteps) / activitySteps,
  })).filter(({ level }) => level > 0);
}
