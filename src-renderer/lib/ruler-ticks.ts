/** Round instants for a ruler: seconds, minutes and hours as a clock has them, frames where there is room for them. */
import { formatDuration } from './format.ts';
import type { TimeView } from './time-view.ts';

/** Steps in seconds between labels, and into how many parts each is divided. */
const steps: readonly (readonly [step: number, parts: number])[] = [
  [0.01, 1], [0.02, 2], [0.05, 5], [0.1, 5], [0.2, 4], [0.5, 5],
  [1, 5], [2, 4], [5, 5], [10, 5], [15, 3], [30, 6],
  [60, 6], [120, 4], [300, 5], [600, 5], [900, 3], [1800, 6],
  [3600, 6], [7200, 4], [10_800, 3], [21_600, 6], [43_200, 4], [86_400, 4],
]; // prettier-ignore

export interface RulerTick {
  readonly time: number;
  /** Null for the small ticks between. */
  readonly label: string | null;
}

/** A wall clock in place of the recording's time: ticks stand at its round instants and are called by them. */
export interface RulerClock {
  /** Seconds since local midnight at time 0. */
  readonly atZero: number;
  readonly label: (secondsOfDay: number, decimals: number) => string;
}

/** Ticks of `view`, ascending, with labels at least `labelPixels` apart on a ruler of `width` pixels. */
export function rulerTicks(view: TimeView, width: number, labelPixels = 84, clock?: RulerClock): RulerTick[] {
  if (clock === undefined) return ticksOf(view, width, labelPixels, formatDuration);
  const { atZero, label } = clock;
  const shifted = { start: view.start + atZero, end: view.end + atZero };
  return ticksOf(shifted, width, labelPixels, label).map((tick) => ({ ...tick, time: tick.time - atZero }));
}

function ticksOf(view: TimeView, width: number, labelPixels: number, labelOf: RulerClock['label']): RulerTick[] {
  const pixelsPerSecond = width / (view.end - view.start);
  if (!(pixelsPerSecond > 0) || !Number.isFinite(pixelsPerSecond)) return [];
  const [step, parts] =
    steps.find(([each]) => each * pixelsPerSecond >= labelPixels) ?? wholeDays(labelPixels / pixelsPerSecond);
  const small = step / parts;
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const ticks: RulerTick[] = [];
  const last = Math.floor(view.end / small + 1e-9);
  for (let index = Math.max(0, Math.ceil(view.start / small - 1e-9)); index <= last; index++) {
    const isLabelled = index % parts === 0;
    const time = isLabelled ? (index / parts) * step : index * small;
    ticks.push({ time, label: isLabelled ? labelOf(time, decimals) : null });
  }
  return ticks;
}

const wholeDays = (seconds: number): readonly [number, number] => [Math.ceil(seconds / 86_400) * 86_400, 4];
