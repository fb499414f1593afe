/** What a trajectory should have ended with, from what a reviewer decided: the correction of its FINAL. */
import { mostHypotheses } from '../../inquiry/grammar.ts';
import type { Action, Hypothesis, Trajectory } from '../../contract/trajectory.ts';
import type { ClassedInterval } from '../aei/match-intervals.ts';

/** An observed frame and the time that it stands for, seconds of the recording. */
interface Sighting {
  readonly look: number;
  readonly frame: number;
  readonly time: number;
  readonly interval: number;
}

/**
 * The FINAL that names each of the reviewer's intervals by the frames that were seen in it, the most closely looked-at
 * first where several frames show one instant; an interval in which nothing was seen is left out, because a hypothesis
 * only points at observations (SPEC F3). Intervals in order of time, at most eight.
 */
export function correctedFinal(
  trajectory: Pick<Trajectory, 'looks' | 'grid'>,
  truths: readonly ClassedInterval[],
): Extract<Action, { operator: 'FINAL' }> {
  const sightings = sightingsOf(trajectory);
  const hypotheses = truths
    .toSorted((a, b) => a.start - b.start)
    .flatMap((truth): Hypothesis[] => {
      const inside = sightings.filter(({ time }) => time >= truth.start && time < truth.end);
      const [first, last] = [inside[0], inside.at(-1)];
      if (first === undefined || last === undefined) return [];
      return [{ first: pointerOf(first), last: pointerOf(last), class: truth.class }];
    });
  return { operator: 'FINAL', hypotheses: hypotheses.slice(0, mostHypotheses) };
}

const pointerOf = ({ look, frame }: Sighting) => ({ look, frame });

/** All frames in order of time, each instant once, by the densest look that shows it. */
function sightingsOf({ looks, grid }: Pick<Trajectory, 'looks' | 'grid'>): Sighting[] {
  const byTick = new Map<number, Sighting>();
  for (const [look, { keys, density }] of looks.entries()) {
    for (const [frame, tick] of keys.entries()) {
      const known = byTick.get(tick);
      if (known !== undefined && known.interval <= 1 / density) continue;
      byTick.set(tick, { look, frame, time: tick / grid.ticksPerSecond, interval: 1 / density });
    }
  }
  return [...byTick.values()].sort((a, b) => a.time - b.time);
}
