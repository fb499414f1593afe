/** What was seen but for some spans: the observation set without what was flagged. */
import type { Trajectory } from '../../contract/trajectory.ts';
import type { BeliefInput, ViewLook } from '../../inquiry/policy.ts';
import type { Watcher } from '../../inquiry/watcher.ts';
import type { Interval } from '../../math/interval.ts';

/**
 * `input` without the frames that lie in `spans` (seconds of the recording). A look that loses some of its frames is
 * described anew by those that are left: what all of them showed together is not what the rest shows.
 * @param input after the last look of the trajectory
 */
export async function remaining(
  input: BeliefInput,
  { looks: stored, grid }: Pick<Trajectory, 'looks' | 'grid'>,
  spans: readonly Interval[],
  watcher: Watcher,
): Promise<BeliefInput> {
  const looks: ViewLook[] = [];
  for (const [number, look] of input.looks.entries()) {
    const { keys = [], times = [], level = 0 } = stored[number] ?? {};
    const isLeft = keys.map((tick) => {
      const time = tick / grid.ticksPerSecond;
      return !spans.some(({ start, end }) => time >= start && time < end);
    });
    if (isLeft.every(Boolean)) looks.push(look);
    if (isLeft.every(Boolean) || !isLeft.some(Boolean)) continue;
    const asked = keys.flatMap((tick, frame) => (isLeft[frame] === true ? [tick / grid.ticksPerSecond] : []));
    const returned = await watcher.observe(asked, level);
    const shown = times.filter((_, frame) => isLeft[frame] === true);
    const { view } = watcher.describe(
      returned.filter(({ time }) => shown.includes(time)),
      Math.min(asked[0] ?? 0, shown[0] ?? 0),
      (shown.at(-1) ?? 0) + look.interval,
      look.interval,
    );
    looks.push({ ...look, frames: look.frames.filter((_, frame) => isLeft[frame] === true), observation: view });
  }
  return { ...input, looks };
}
