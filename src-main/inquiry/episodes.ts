/** Cutting a recording into episodes around what happens in it. */
import type { Interval } from '../math/interval.ts';
import type { Activity } from './watcher.ts';

/** Longest episode, seconds (DESIGN §7, nano). */
export const longestEpisode = 128;
/** Context on either side of an episode's busiest second. */
const context = longestEpisode / 2;
/** What would be left over of less than this goes to the neighbour, so that no episode is a scrap. */
const smallestRest = 32;

/**
 * Episodes of a recording in order of time: disjoint, covering `[0, seconds)`, each at most 128 s, on whole seconds but
 * for the last end (SPEC E1, E2). They lie around the busiest seconds and not from the file's start, so that quiet
 * footage before or after does not change an episode that has its full context.
 * @param activity per second; an empty curve gives no episode
 * @param seconds length of the recording, by default as many seconds as the curve has
 */
export function episodesFromActivity(activity: Activity, seconds: number = activity.activity.length): Interval[] {
  const levels = activity.activity;
  const cuts = new Set<number>([0]);
  const waiting: Interval[] = levels.length === 0 ? [] : [{ start: 0, end: levels.length }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { start, end } = part;
    const length = end - start;
    if (length <= longestEpisode) {
      cuts.add(end);
      continue;
    }
    const around = windowAround(busiestSecond(levels, start, end), part);
    if (around === null) {
      const middle = quietestSecond(levels, end - longestEpisode, start + longestEpisode);
      waiting.push({ start, end: middle }, { start: middle, end });
      continue;
    }
    for (const piece of [{ start, end: around.start }, around, { start: around.end, end }]) {
      if (piece.end > piece.start) waiting.push(piece);
    }
  }
  const bounds = [...cuts].sort((a, b) => a - b);
  return bounds.slice(1).flatMap((end, index) => {
    const start = bounds[index] ?? 0;
    const clipped = Math.min(end, seconds);
    return clipped > start ? [{ start, end: clipped }] : [];
  });
}

/**
 * What episodes and their lattices of looks are laid around. `activity`: what happens, so that footage before and after
 * changes nothing (SPEC E2). `recording`: its first frame, for measurements that need to know beforehand which instants a
 * passive sampler sees (SPEC U2).
 */
export type Grid = 'activity' | 'recording';

/** The episodes of a recording on either grid; on that of the recording each begins at a multiple of the longest. */
export function episodesOf(activity: Activity, seconds: number, grid: Grid): Interval[] {
  if (grid === 'activity') return episodesFromActivity(activity, seconds);
  return Array.from({ length: Math.ceil(seconds / longestEpisode) }, (_, index) => ({
    start: index * longestEpisode,
    end: Math.min(seconds, (index + 1) * longestEpisode),
  }));
}

/** The second that the lattice of an episode's looks starts from. */
export const anchorOf = (activity: Activity, episode: Interval, grid: Grid): number =>
  grid === 'activity' ? anchorOfEpisode(activity, episode) : 0;

/**
 * The second that an episode's lattice of looks starts from: its busiest, the first of equals. It moves with the
 * activity, so that looks fall on the same instants of an incident wherever in a recording it lies.
 */
const anchorOfEpisode = (activity: Activity, episode: Interval): number =>
  busiestSecond(activity.activity, Math.floor(episode.start), Math.ceil(episode.end));

/**
 * An episode's worth around a second, pushed against an end of the part that would be left as a scrap; null where the
 * part is too short for that and is better cut in two.
 */
function windowAround(second: number, part: Interval): Interval | null {
  const window = { start: second - context, end: second + context };
  const [before, after] = [window.start - part.start, part.end - window.end];
  if (before >= smallestRest && after >= smallestRest) return window;
  if (part.end - part.start < longestEpisode + smallestRest) return null;
  return before < after
    ? { start: part.start, end: part.start + longestEpisode }
    : { start: part.end - longestEpisode, end: part.end };
}

function busiestSecond(levels: Float32Array, start: number, end: number): number {
  let busiest = start;
  for (let second = start; second < end; second++) {
    if ((levels[second] ?? 0) > (levels[busiest] ?? 0)) busiest = second;
  }
  return busiest;
}

/** The quietest second of `[first, last]` to cut before; of equals the one nearest the middle. */
function quietestSecond(levels: Float32Array, first: number, last: number): number {
  const middle = (first + last) / 2;
  let quietest = first;
  for (let second = first; second <= last; second++) {
    const difference = (levels[second] ?? 0) - (levels[quietest] ?? 0);
    if (difference < 0 || (difference === 0 && Math.abs(second - middle) < Math.abs(quietest - middle)))
      quietest = second;
  }
  return quietest;
}
