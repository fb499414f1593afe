/** What perception would return of a scene, without a picture: frame observations from plans, projection and a noise model. */
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { frameTimeAt, neighbourTime } from '../../perception/frame-times.ts';
import { hash32 } from '../../math/random.ts';
import { frameCount } from '../frames.ts';
import type { Scene } from '../scene.ts';
import { sceneConditions } from './conditions.ts';
import { seenThings } from './detections.ts';
import { figuresAt, stageOf, type Stage } from './figures.ts';
import { fittedNoise } from './fitted-noise.ts';
import { movingParts } from './motion-sources.ts';
import { movementOf } from './movement.ts';
import type { NoiseModel } from './noise-model.ts';
import { restlessCells } from './restless.ts';

export interface SymbolicFrames {
  readonly stage: Stage;
  /** The time stamp of the frame on screen at `time`. */
  timeAt(time: number): number;
  /** The observation of the frame on screen at `time`: the same whatever was asked before. */
  at(time: number): FrameObservation;
  /** Its motion alone, which costs half. */
  motionAt(time: number): FrameObservation['motion'];
}

/**
 * The frames of `scene` as both nets and the motion measure would see them, by `model`. A pure function of scene, model
 * and time; about a quarter of a millisecond a frame.
 */
export function symbolicFrames(scene: Scene, model: NoiseModel = fittedNoise): SymbolicFrames {
  const stage = stageOf(scene);
  const { aspect } = stage.space;
  const conditions = sceneConditions(scene);
  const key = hash32(`${scene.seed}/symbolic`);
  const frameTimes = Float64Array.from({ length: frameCount(scene) }, (_, frame) => frame / scene.frameRate);

  const framed = (asked: number) => {
    const time = frameTimeAt(frameTimes, asked);
    const instant = { time, frame: Math.round(time * scene.frameRate) };
    const neighbour = neighbourTime(frameTimes, time) ?? time;
    return { instant, figures: figuresAt(stage, time), earlier: neighbour < time, neighbour };
  };
  const motionOf = ({ instant, figures, earlier, neighbour }: ReturnType<typeof framed>) => {
    const others = figuresAt(stage, neighbour);
    const lag = Math.abs(neighbour - instant.time);
    const parts = earlier ? movingParts(others, figures, stage.space) : movingParts(figures, others, stage.space);
    const restless = restlessCells(stage, instant, key);
    return movementOf({ parts, restless, conditions, key, aspect, lag, flicker: scene.light.flicker }, instant, model);
  };
  return {
    stage,
    timeAt: (time) => frameTimeAt(frameTimes, time),
    motionAt: (time) => motionOf(framed(time)),
    at(time) {
      const frame = framed(time);
      const motion = motionOf(frame);
      const things = seenThings({ figures: frame.figures, conditions, key, aspect }, frame.instant, model);
      return { time: frame.instant.time, aspect, motion, ...things };
    },
  };
}
