/** The activity curve that triage would give of a scene: its own arithmetic over packets and keyframes that are made up. */
import { activityFrom, type ActivityCurve, type KeyframePair } from '../../perception/triage.ts';
import type { Scene } from '../scene.ts';
import { figuresAt, type Figure, type Stage } from './figures.ts';
import { mixed, normalAt } from './noise.ts';
import type { SymbolicFrames } from './observe.ts';

/**
 * Size of an inter frame against a keyframe's, as powers of two: on a still scene, and what the root of each hundredth
 * of the picture that moves adds; and the spread of what else there is. Ours, and not fitted on
 * encoded recordings.
 */
const [still, perRoot, spread] = [-6.5, 1.1, 0.25] as const;
const keyframeBytes = 20_000;
/** Seconds between the keyframes that triage compares, and the share of a figure's box that it fills. */
const [keyframeGap, filled] = [4, 0.35] as const;

export function symbolicActivity(stage: Stage, frames: Pick<SymbolicFrames, 'motionAt'>, key: number): ActivityCurve {
  const { seconds } = stage.scene satisfies Pick<Scene, 'seconds'>;
  const bins = Math.ceil(seconds);
  const packets: { time: number; bytes: number; keyframe: 0 | 1 }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    if (bin % 2 === 0) packets.push({ time: bin, bytes: keyframeBytes, keyframe: 1 });
    const { energy } = frames.motionAt(Math.min(bin + 0.5, seconds));
    const octaves = still + perRoot * Math.log2(1 + Math.sqrt(100 * energy) * 2) + spread * normalAt(key, bin);
    packets.push({ time: bin + 0.5, bytes: keyframeBytes * 2 ** octaves, keyframe: 0 });
  }
  const pairs: KeyframePair[] = [];
  let before = figuresAt(stage, 0);
  for (let start = 0; start + keyframeGap < seconds; start += keyframeGap) {
    const after = figuresAt(stage, start + keyframeGap);
    const changed = 0.003 * Math.exp(0.5 * normalAt(mixed(key, 1), start)) + changedBetween(before, after);
    pairs.push({ start, end: start + keyframeGap, changed: Math.min(1, changed) });
    before = after;
  }
  const index = {
    times: Float64Array.from(packets, ({ time }) => time),
    bytes: Uint32Array.from(packets, ({ bytes }) => bytes),
    keyframe: Uint8Array.from(packets, ({ keyframe }) => keyframe),
  };
  return activityFrom(index, pairs, seconds);
}

/** The share of the picture that is another, because of who is elsewhere, has come or has gone. */
function changedBetween(before: readonly Figure[], after: readonly Figure[]): number {
  const area = ({ box, shown }: Figure) => filled * shown * box.width * box.height;
  let changed = 0;
  for (const figure of before) {
    if (figure.parked) continue;
    const later = after.find(({ id }) => id === figure.id);
    if (later === undefined) changed += area(figure);
    else {
      const moved =
        Math.abs(later.box.x - figure.box.x) / figure.box.width +
        Math.abs(later.box.y - figure.box.y) / figure.box.height;
      changed += Math.min(1, 2 * moved) * (area(figure) + area(later));
    }
  }
  for (const figure of after) if (before.every(({ id }) => id !== figure.id)) changed += area(figure);
  return changed;
}
