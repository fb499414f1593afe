/** A scene as the world of an episode, without a picture: what a policy would be shown of the rendered video. */
import type { Watcher } from '../../inquiry/watcher.ts';
import { perceptionWatcher } from '../../inquiry/perception-watcher.ts';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import type { NormalityHere } from '../../perception/normality/normality.ts';
import { hash32 } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import { symbolicActivity } from './activity.ts';
import { symbolicFrames, type SymbolicFrames } from './observe.ts';

/** The watcher of `scene`; `here` is what is usual for its camera. The activity curve is made when it is first asked for. */
export function symbolicWatcher(
  scene: Scene,
  here: NormalityHere | null = null,
  frames: SymbolicFrames = symbolicFrames(scene),
): Watcher<FrameObservation> {
  const none = { secondsPerBin: 1, activity: new Float32Array() } as const;
  const watcher = perceptionWatcher({
    ...{ seconds: scene.seconds, activity: none, here },
    observe: (times) => Promise.resolve(onScreen(frames, times)),
  });
  let activity: Watcher['activity'] | null = null;
  return {
    seconds: watcher.seconds,
    get activity() {
      activity ??= symbolicActivity(frames.stage, frames, hash32(`${scene.seed}/activity`));
      return activity;
    },
    observe: (times, level, signal) => watcher.observe(times, level, signal),
    describe: (seen, start, end, interval) => watcher.describe(seen, start, end, interval),
    keyOf: (time, level) => watcher.keyOf(time, level),
  };
}

/** The frames on screen at `times`, ascending, each once. */
function onScreen(frames: SymbolicFrames, times: readonly number[]): FrameObservation[] {
  const shown = new Set(times.map((time) => frames.timeAt(time)));
  return [...shown].toSorted((a, b) => a - b).map((time) => frames.at(time));
}
