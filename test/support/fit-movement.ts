/** Fits the part of the noise model that speaks of motion: how much of the picture moves, and how it seems to. */
import type { FrameObservation } from '../../src-main/perception/index.ts';
import { motionColumns, motionRows } from '../../src-main/perception/motion.ts';
import { movingConditions, sceneConditions } from '../../src-main/simulation/symbolic/conditions.ts';
import { figuresAt, stageOf } from '../../src-main/simulation/symbolic/figures.ts';
import { movingParts, type MovingPart } from '../../src-main/simulation/symbolic/motion-sources.ts';
import { movementOf, type Moving } from '../../src-main/simulation/symbolic/movement.ts';
import type { EnergyModel, FlowModel, NoiseModel } from '../../src-main/simulation/symbolic/noise-model.ts';
import type { PerceivedScene } from './perceived-scenes.ts';
import { correlation, leastSquares, mean, moments, product } from './regression.ts';

interface MovingFrame {
  readonly recording: number;
  readonly seen: FrameObservation;
  readonly parts: readonly MovingPart[];
  readonly scene: readonly number[];
  readonly aspect: number;
}

const cells = motionColumns * motionRows;
const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
/** Less than this share of the picture says nothing of what moves. */
const leastArea = 3e-4;
/** A kind speaks for a frame in which it is this share of all that moves. */
const alone = 0.8;

export function fitMovement(scenes: readonly PerceivedScene[]): Pick<NoiseModel, 'energy' | 'flow' | 'floor'> {
  const steady = scenes.filter(({ scene }) => (scene.glows ?? []).length === 0);
  const frames = steady.flatMap(({ scene, frames: seen }, recording): MovingFrame[] => {
    const stage = stageOf(scene);
    return seen
      .filter(({ motion }) => motion.lag > 0 && !motion.global.cut)
      .map((frame) => ({
        ...{ recording, seen: frame, scene: sceneConditions(scene), aspect: stage.space.aspect },
        parts: movingParts(figuresAt(stage, frame.time), figuresAt(stage, frame.time + frame.motion.lag), stage.space),
      }));
  });
  const energy = { person: energyModel(frames, 'person'), vehicle: energyModel(frames, 'vehicle') };
  const floor = floorModel(frames, steady);
  return { energy, floor, flow: flowModel(frames, energy, floor) };
}

const areaOf = (parts: readonly MovingPart[]) => parts.reduce((sum, { area }) => sum + area, 0);

function energyModel(frames: readonly MovingFrame[], kind: 'person' | 'vehicle'): EnergyModel {
  const of = frames.flatMap((frame) => {
    const area = areaOf(frame.parts);
    const own = frame.parts.filter((part) => (part.kind === 'vehicle') === (kind === 'vehicle'));
    if (area < leastArea * frame.aspect || areaOf(own) < alone * area) return [];
    const conditions = own.map((part) => movingConditions(part, frame.scene));
    const row = (conditions[0] ?? []).map((_, index) =>
      own.reduce((sum, part, number) => sum + (part.area / areaOf(own)) * (conditions[number]?.[index] ?? 0), 0),
    );
    const measured = Math.max(1e-4, frame.seen.motion.energy);
    return [{ frame, row, value: Math.log(measured / (area / frame.aspect)), keys: own.map(({ key }) => key) }];
  });
  const line = leastSquares(
    of.map(({ row }) => row),
    of.map(({ value }) => value),
    3,
  );
  const left = of.map(({ row, value }) => (value - product(row, line.weights)) / line.spread);
  const [close, apart]: [[number, number][], [number, number][]] = [[], []];
  for (const [first, a] of of.entries()) {
    for (const [second, b] of of.entries()) {
      if (second <= first || a.frame.recording !== b.frame.recording || a.keys[0] !== b.keys[0]) continue;
      const gap = Math.abs(a.frame.seen.time - b.frame.seen.time);
      if (gap <= 0.5) close.push([left[first] ?? 0, left[second] ?? 0]);
      if (gap >= 4) apart.push([left[first] ?? 0, left[second] ?? 0]);
    }
  }
  const stays = Math.min(0.9, Math.max(0, correlation(apart)));
  const drifts = Math.max(0, Math.min(0.95, correlation(close)) - stays);
  return {
    weights: line.weights.map(rounded),
    spread: rounded(line.spread),
    memory: { stays: rounded(stays), drifts: rounded(drifts) },
  };
}

function floorModel(frames: readonly MovingFrame[], scenes: readonly PerceivedScene[]): NoiseModel['floor'] {
  const shares: number[] = [];
  const rows: number[][] = [];
  const values: number[] = [];
  for (const { seen, parts, scene } of frames) {
    if (parts.length > 0) continue;
    const moved = [...seen.motion.grid].filter((share) => share > 0);
    shares.push(...moved.map((share) => Math.log(share)));
    rows.push([...scene]);
    values.push(moved.length / cells);
  }
  // A line through logarithms would be one of medians: this is Poisson's likelihood, by reweighted least squares.
  let weights = [Math.log(mean(values) + 1e-4), ...(rows[0] ?? []).slice(1).map(() => 0)];
  for (let round = 0; round < 30; round++) {
    const expected = rows.map((row) => Math.max(1e-5, Math.exp(product(row, weights))));
    const roots = expected.map((value) => Math.sqrt(value * cells));
    const target = rows.map((row, index) => {
      const from = expected[index] ?? 1;
      return (
        (product(row, weights) + Math.max(-2, Math.min(2, ((values[index] ?? 0) - from) / from))) * (roots[index] ?? 0)
      );
    });
    weights = leastSquares(
      rows.map((row, index) => row.map((value) => value * (roots[index] ?? 0))),
      target,
      3,
    ).weights;
  }
  const [middle, spread] = moments(shares);
  const flicker = scenes.flatMap(({ scene, frames: seen }) =>
    seen.map(({ motion }) => motion.global.light / scene.light.flicker),
  );
  return {
    weights: weights.map(rounded),
    cell: [rounded(middle), rounded(spread)],
    light: Math.round(1e6 * moments(flicker)[1]) / 1e6,
  };
}

/** A flow model that changes nothing: what the outlines say, by which the measured is told apart. */
const plain: FlowModel = {
  ...{ factor: 1, spread: 0, unknown: 0 },
  ...{ speed: [0, 0], peak: [0, 0], erratic: [0, 1, 0], coherence: [0, 1, 0] },
};

function flowModel(
  frames: readonly MovingFrame[],
  energy: NoiseModel['energy'],
  floor: NoiseModel['floor'],
): FlowModel {
  const silent = (model: EnergyModel): EnergyModel => ({ ...model, spread: 0 });
  const drawn = ({ seen, parts, scene, aspect }: MovingFrame, flow: FlowModel) => {
    const given: Moving = {
      parts,
      restless: null,
      conditions: scene,
      key: 1,
      aspect,
      flicker: 0,
      lag: seen.motion.lag,
    };
    const model = { energy: { person: silent(energy.person), vehicle: silent(energy.vehicle) }, floor, flow };
    return movementOf(given, { time: 0, frame: 0 }, model);
  };
  let [unknown, moving] = [0, 0];
  const [expectedSpeeds, measuredSpeeds]: [number[], number[]] = [[], []];
  const velocities: [number, number][] = [];
  for (const frame of frames) {
    const raw = drawn(frame, plain);
    const { motion } = frame.seen;
    for (let cell = 0; cell < cells; cell++) {
      if ((raw.grid[cell] ?? 0) < 0.05 || (motion.grid[cell] ?? 0) < 0.05 || raw.speed[cell] === 0) continue;
      moving++;
      if (motion.speed[cell] === 0) {
        unknown++;
        continue;
      }
      expectedSpeeds.push(raw.speed[cell] ?? 0);
      measuredSpeeds.push(motion.speed[cell] ?? 0);
      for (const axis of [0, 1])
        velocities.push([raw.velocity[2 * cell + axis] ?? 0, motion.velocity[2 * cell + axis] ?? 0]);
    }
  }
  const factor = mean(measuredSpeeds) / mean(expectedSpeeds);
  // What scatters far more than the rest is occlusion; the spread is that of the middle of the errors.
  const sizes = velocities
    .map(([expected, measured]) => Math.abs(measured - factor * expected))
    .toSorted((a, b) => a - b);
  const ofCells = {
    factor: rounded(factor),
    spread: rounded(1.4826 * (sizes[sizes.length >> 1] ?? 0)),
    unknown: rounded(unknown / Math.max(1, moving)),
  };
  const wholes = frames.flatMap((frame) => {
    const raw = drawn(frame, { ...plain, ...ofCells });
    const { motion } = frame.seen;
    return raw.flow.speed > 0 && motion.flow.speed > 0 ? [{ seen: motion, raw }] : [];
  });
  type Measure = (motion: FrameObservation['motion']) => number;
  const ratio = (value: Measure) => {
    const logs = wholes.map(({ seen, raw }) => Math.log(Math.max(0.01, value(seen)) / Math.max(0.01, value(raw))));
    const [shift, spread] = moments(logs);
    return [rounded(shift), rounded(spread)] as const;
  };
  const line = (value: Measure) => {
    const { weights, spread } = leastSquares(
      wholes.map(({ raw }) => [1, value(raw)]),
      wholes.map(({ seen }) => value(seen)),
    );
    return [rounded(weights[0] ?? 0), rounded(weights[1] ?? 0), rounded(spread)] as const;
  };
  return {
    ...ofCells,
    speed: ratio(({ flow }) => flow.speed),
    peak: ratio(({ flow }) => flow.peak / Math.max(0.01, flow.speed)),
    erratic: line(({ erratic }) => erratic),
    coherence: line(({ flow }) => flow.coherence),
  };
}
