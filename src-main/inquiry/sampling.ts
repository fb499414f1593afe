/** Plans on their way to the watcher: in batches, and cut to what a small budget pays for. */
import { framesPerLook } from './lattice.ts';
import type { PlannedLook, SamplingPlan } from './operators.ts';

/** Frames that are asked for at once: decoding goes through the recording once, and the clock is read in between. */
const framesAtOnce = 8 * framesPerLook;

/** The looks in order, in batches of up to that many frames; a look is never divided. */
export function batchesOf(looks: readonly PlannedLook[]): PlannedLook[][] {
  const batches: PlannedLook[][] = [];
  let frames = Infinity;
  for (const look of looks) {
    frames += look.times.length;
    if (frames > framesAtOnce) {
      batches.push([]);
      frames = look.times.length;
    }
    batches.at(-1)?.push(look);
  }
  return batches;
}

/** The plan with at most `most` of its frames, each from the middle of its part; only the opening look may have to do with less. */
export function thinned(plan: SamplingPlan, most: number): SamplingPlan {
  const looks = plan.looks.flatMap((look) => {
    if (look.times.length <= most) return [look];
    const times = Array.from(
      { length: Math.max(0, most) },
      (_, index) => look.times[Math.floor(((index + 0.5) * look.times.length) / most)] as number,
    );
    return times.length === 0 ? [] : [{ ...look, times }];
  });
  return { looks, focus: plan.focus };
}
