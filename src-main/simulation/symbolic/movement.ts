/** What motion of the picture would be measured of the figures in it: shares of cells that move, velocities, flow. */
import { motionColumns, motionRows, type MotionObservation } from '../../perception/motion.ts';
import { dot, movingConditions } from './conditions.ts';
import type { MovingPart } from './motion-sources.ts';
import type { EnergyModel, NoiseModel } from './noise-model.ts';
import { mixed, normalAt, rememberedAt, uniformAt } from './noise.ts';
import type { Instant } from './seen-boxes.ts';

const cells = motionColumns * motionRows;
/** As in perception/block-flow.ts: cells with less are not matched, nor more than so many, nor over more pixels. */
const [smallestEnergy, mostCells, radius] = [0.05, 32, 8] as const;
/** A pixel of the picture that motion is measured on, picture widths. */
const pixel = 1 / 104;
const energyKey = 21;

export interface Moving {
  readonly parts: readonly MovingPart[];
  /** Flames and the like: the share of each cell that they change by themselves; null without any. */
  readonly restless: Float32Array | null;
  readonly conditions: readonly number[];
  readonly key: number;
  readonly aspect: number;
  /** As of the scene's light. */
  readonly flicker: number;
  /** Seconds between the frame and its neighbour. */
  readonly lag: number;
}

export function movementOf(
  moving: Moving,
  at: Instant,
  model: Pick<NoiseModel, 'energy' | 'flow' | 'floor'>,
): MotionObservation {
  const { parts, restless, conditions, key, aspect, lag, flicker } = moving;
  const grid = new Float32Array(cells);
  const velocity = new Float32Array(2 * cells);
  const speed = new Float32Array(cells);
  for (const part of parts)
    spread(part, amountOf(part, conditions, at, model.energy), aspect, lag, { grid, velocity, speed });
  const share = Math.min(1, Math.exp(dot(model.floor.weights, conditions)));
  const cellArea = aspect / cells;
  const noiseKey = mixed(key, at.frame);
  let sum = 0;
  for (let cell = 0; cell < cells; cell++) {
    const mass = grid[cell] as number;
    const measured = settle(cell, mass, velocity, speed, noiseKey, model.flow);
    let moves = 1 - Math.exp(-mass / cellArea);
    if (uniformAt(noiseKey, cell) < share) {
      const [mean, spreadOf] = model.floor.cell;
      moves = Math.max(moves, Math.min(1, Math.exp(mean + spreadOf * normalAt(noiseKey, cell + cells))));
    }
    if (restless !== null) moves = Math.max(moves, restless[cell] as number);
    if (!measured || moves === 0) velocity[2 * cell] = velocity[2 * cell + 1] = speed[cell] = 0;
    grid[cell] = moves;
    sum += moves;
  }
  return {
    lag,
    energy: sum / cells,
    ...{ grid, velocity, speed },
    global: {
      light: flicker * model.floor.light * normalAt(mixed(key, 5), at.frame),
      shiftX: 0,
      shiftY: 0,
      cut: false,
    },
    ...flowOf(grid, velocity, speed, { aspect, lag, key: mixed(key, 6), frame: at.frame }, model.flow),
  };
}

/** Area that `part` changes, square picture heights. */
function amountOf(
  part: MovingPart,
  conditions: readonly number[],
  { time, frame }: Instant,
  energy: NoiseModel['energy'],
): number {
  const { weights, spread, memory }: EnergyModel = part.kind === 'vehicle' ? energy.vehicle : energy.person;
  const noise = rememberedAt(mixed(part.key, energyKey), time, frame, memory);
  return part.area * Math.exp(dot(weights, movingConditions(part, conditions)) + spread * noise);
}

interface Cells {
  readonly grid: Float32Array;
  readonly velocity: Float32Array;
  readonly speed: Float32Array;
}

/** Points of a limb or of a box at which its area is put into the cells. */
const alongLimb = [0.1, 0.5, 0.9] as const;
const inBox = [0.08, 0.36, 0.64, 0.92] as const;

function spread(part: MovingPart, area: number, aspect: number, lag: number, into: Cells): void {
  const { from, to, width, x, y } = part;
  const points = width > 0 ? alongLimb.length : inBox.length ** 2;
  const share = area / (2 * points);
  const [vx, vy] = [x / lag, y / lag];
  const pace = Math.hypot(vx, vy);
  const put = (px: number, py: number) => {
    const column = Math.floor((px / aspect) * motionColumns);
    const row = Math.floor(py * motionRows);
    if (column < 0 || column >= motionColumns || row < 0 || row >= motionRows) return;
    const cell = row * motionColumns + column;
    into.grid[cell] = (into.grid[cell] as number) + share;
    into.velocity[2 * cell] = (into.velocity[2 * cell] as number) + share * vx;
    into.velocity[2 * cell + 1] = (into.velocity[2 * cell + 1] as number) + share * vy;
    into.speed[cell] = (into.speed[cell] as number) + share * pace;
  };
  for (const [left, top, right, bottom] of [from, to]) {
    if (width > 0) for (const t of alongLimb) put(left + t * (right - left), top + t * (bottom - top));
    else for (const v of inBox) for (const u of inBox) put(left + u * (right - left), top + v * (bottom - top));
  }
}

/** Turns a cell's sums into what would be measured; false where no displacement is known. */
function settle(
  cell: number,
  mass: number,
  velocity: Float32Array,
  speed: Float32Array,
  key: number,
  flow: NoiseModel['flow'],
): boolean {
  if (mass === 0) return false;
  const number = cell + 2 * cells;
  if (uniformAt(key, number) < flow.unknown) return false;
  const [ex, ey] = [flow.spread * normalAt(key, number + cells), flow.spread * normalAt(key, number + 2 * cells)];
  velocity[2 * cell] = (flow.factor * (velocity[2 * cell] as number)) / mass + ex;
  velocity[2 * cell + 1] = (flow.factor * (velocity[2 * cell + 1] as number)) / mass + ey;
  const mean = Math.hypot(velocity[2 * cell] as number, velocity[2 * cell + 1] as number);
  speed[cell] = Math.max(mean, (flow.factor * (speed[cell] as number)) / mass);
  return true;
}

interface FlowFrame {
  readonly aspect: number;
  readonly lag: number;
  readonly key: number;
  readonly frame: number;
}

/** The whole picture's flow from the cells', in the manner of perception's summary of matched blocks. */
function flowOf(
  grid: Float32Array,
  velocity: Float32Array,
  speed: Float32Array,
  { aspect, lag, key, frame }: FlowFrame,
  model: NoiseModel['flow'],
): Pick<MotionObservation, 'flow' | 'erratic'> {
  const strong: number[] = [];
  for (let cell = 0; cell < cells; cell++) if ((grid[cell] as number) > smallestEnergy) strong.push(cell);
  strong.sort((a, b) => (grid[b] as number) - (grid[a] as number));
  const [unit, longest] = [(pixel * aspect) / lag, (radius * pixel * aspect) / lag];
  let [weight, paces, x, y, disorder] = [0, 0, 0, 0, 0];
  const matched: { readonly pace: number; readonly share: number }[] = [];
  for (const cell of strong.slice(0, mostCells)) {
    const share = grid[cell] as number;
    const whole = (value: number) => Math.min(longest, Math.max(-longest, Math.round(value / unit) * unit));
    const [vx, vy] = [whole(velocity[2 * cell] as number), whole(velocity[2 * cell + 1] as number)];
    const pace = Math.hypot(vx, vy);
    weight += share;
    paces += share * pace;
    x += share * vx;
    y += share * vy;
    const all = speed[cell] as number;
    const known = Math.hypot(velocity[2 * cell] as number, velocity[2 * cell + 1] as number);
    disorder += share * (all > 0 ? 1 - known / all : 1);
    matched.push({ pace, share });
  }
  if (weight === 0) return { flow: { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 }, erratic: 0 };
  matched.sort((a, b) => a.pace - b.pace);
  let passed = 0;
  const peak = matched.find(({ share }) => (passed += share) >= 0.9 * weight)?.pace ?? 0;
  const noisy = ([shift, spreadOf]: readonly [number, number], number: number) =>
    Math.exp(shift + spreadOf * normalAt(mixed(key, number), frame));
  const factor = noisy(model.speed, 1);
  const drawn = ([base, slope, spreadOf]: readonly [number, number, number], value: number, number: number) =>
    Math.min(1, Math.max(0, base + slope * value + spreadOf * normalAt(mixed(key, number), frame)));
  const coherence = paces > 0 ? Math.hypot(x, y) / paces : 0;
  const mean = (paces / weight) * factor;
  return {
    flow: {
      speed: mean,
      peak: Math.max(mean, peak * noisy(model.peak, 2)),
      x: (x / weight) * factor,
      y: (y / weight) * factor,
      coherence: paces > 0 ? drawn(model.coherence, coherence, 3) : 0,
    },
    erratic: drawn(model.erratic, disorder / weight, 4),
  };
}
