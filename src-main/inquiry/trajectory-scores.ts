/** Frame-level scores at any instants, read from stored trajectories. */
import type { Trajectory } from '../contract/trajectory.ts';
import { scoresAt, type EvidencePoint } from './score.ts';

/**
 * What the belief after FINAL scores instants of the recording (SPEC S1, S2): as the episode itself would have said,
 * not only for its seconds.
 * @param times `[N]` seconds of the recording
 * @returns `[N]` in [0, 1]
 */
export function scoresOfTrajectory(trajectory: Trajectory, times: readonly number[]): number[] {
  const { looks, unseen, steps, intervals, grid } = trajectory;
  const seen = looks.flatMap((look) =>
    look.keys.map((tick, frame): EvidencePoint => ({
      time: tick / grid.ticksPerSecond,
      interval: 1 / look.density,
      logit: look.evidence[frame] ?? 0,
    })),
  );
  return scoresAt(times, [...seen, ...unseen], steps.at(-1)?.belief.prior ?? 0, intervals);
}

/**
 * The same of a recording whose episodes are `trajectories` (any order): each instant by the episode that it lies in, or
 * by the last one before it; NaN before the first.
 */
export function scoresOfEpisodes(trajectories: readonly Trajectory[], times: readonly number[]): number[] {
  const ordered = trajectories.toSorted((a, b) => a.episode.start - b.episode.start);
  const places: number[][] = ordered.map(() => []);
  let at = 0;
  for (const [place, time] of times.entries()) {
    // Times mostly ascend: the episode of the last one or its neighbour.
    while (at > 0 && time < (ordered[at]?.episode.start ?? -Infinity)) at--;
    while (time >= (ordered[at + 1]?.episode.start ?? Infinity)) at++;
    if (time >= (ordered[at]?.episode.start ?? Infinity)) places[at]?.push(place);
  }
  const scores = times.map(() => NaN);
  for (const [index, trajectory] of ordered.entries()) {
    const own = places[index] ?? [];
    const found = scoresOfTrajectory(
      trajectory,
      own.map((place) => times[place] as number),
    );
    for (const [number, place] of own.entries()) scores[place] = found[number] ?? NaN;
  }
  return scores;
}
