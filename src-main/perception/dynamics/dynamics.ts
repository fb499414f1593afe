/** The quantities of a look at several frames, each as the share of frames that tell it, its mean and its outer tenths. */
import type { FrameObservation } from '../frame-observation.ts';
import { bodyChange } from './body-change.ts';
import { bodyForm } from './body-form.ts';
import { bodyMotion } from './body-motion.ts';
import { figuresOf } from './figures.ts';
import { motionChange } from './motion-change.ts';
import { motionForm } from './motion-form.ts';
import { type Measurement, type QuantityName, scaledQuantity, type Span, spans } from './quantities.ts';

/** A quantity over a look; all in [0, 1], values as `scaledQuantity` gives them. */
export interface QuantitySummary {
  /** Share of the frames on which it could be measured, above 0. */
  readonly share: number;
  readonly mean: number;
  /** A tenth of the values lies below, a tenth above (the nearest value; the extremes of fewer than ten). */
  readonly low: number;
  readonly high: number;
}

/** A later frame stands for a span if it lies this much nearer or further than the span, seconds. */
const early = 0.03;
const late = 0.1;

/** What could be measured of `frames`, which are ascending in time. Pure; depends on times only through differences. */
export function dynamicsOf(frames: readonly FrameObservation[]): Map<QuantityName, QuantitySummary> {
  const figures = frames.map(figuresOf);
  const values = new Map<QuantityName, number[]>();
  const framesWith = new Map<QuantityName, number>();
  for (const index of frames.keys()) {
    const told = new Set<QuantityName>();
    for (const [name, value] of measure(frames, figures, index)) {
      if (!Number.isFinite(value)) continue;
      const list = values.get(name);
      if (list === undefined) values.set(name, [scaledQuantity(name, value)]);
      else list.push(scaledQuantity(name, value));
      told.add(name);
    }
    for (const name of told) framesWith.set(name, (framesWith.get(name) ?? 0) + 1);
  }
  return new Map(
    [...values].map(([name, list]) => [name, summaryOf(list, (framesWith.get(name) ?? 0) / frames.length)]),
  );
}

function measure(
  frames: readonly FrameObservation[],
  figures: readonly ReturnType<typeof figuresOf>[],
  index: number,
): Measurement[] {
  const frame = frames[index] as FrameObservation;
  const { motion, aspect } = frame;
  const here = figures[index] ?? null;
  const moves = motionIsKnown(frame);
  const measured: Measurement[] = moves ? motionForm(motion) : [];
  if (here !== null) measured.push(...bodyForm(here, motion, aspect), ...(moves ? bodyMotion(motion, here) : []));
  for (const span of Object.keys(spans) as Span[]) {
    const partner = partnerOf(frames, index, spans[span]);
    if (partner === null) continue;
    const later = frames[partner] as FrameObservation;
    const seconds = later.time - frame.time;
    if (moves && motionIsKnown(later)) measured.push(...motionChange(motion, later.motion, { seconds, aspect, span }));
    const there = figures[partner] ?? null;
    if (span !== 'half' && here !== null && there !== null)
      measured.push(...bodyChange(here, there, { seconds, span }));
  }
  return measured;
}

/** Motion against a neighbour that shows the same scene. */
const motionIsKnown = ({ motion }: FrameObservation): boolean => motion.lag > 0 && !motion.global.cut;

/** The first frame that lies about `seconds` after the one at `index`; null where there is none. */
function partnerOf(frames: readonly FrameObservation[], index: number, seconds: number): number | null {
  const from = (frames[index] as FrameObservation).time;
  for (let other = index + 1; other < frames.length; other++) {
    const apart = (frames[other] as FrameObservation).time - from;
    if (apart >= seconds - early) return apart <= seconds + late ? other : null;
  }
  return null;
}

function summaryOf(values: readonly number[], share: number): QuantitySummary {
  const rising = values.toSorted((a, b) => a - b);
  const tenth = Math.floor(rising.length / 10);
  return {
    share,
    mean: rising.reduce((sum, value) => sum + value, 0) / rising.length,
    low: rising[tenth] ?? 0,
    high: rising[rising.length - 1 - tenth] ?? 0,
  };
}
