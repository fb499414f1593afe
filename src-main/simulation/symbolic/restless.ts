/** Light that moves by itself: what flames, smoke and failing signs change of the cells of a picture. */
import { motionColumns, motionRows } from '../../perception/motion.ts';
import type { GlowPlan } from '../scene-effects.ts';
import type { Stage } from './figures.ts';
import { mixed, uniformAt } from './noise.ts';
import type { Instant } from './seen-boxes.ts';

/** Heights of a flame that its smoke rises, and widths that its light carries. */
const [smokeHeights, litWidths] = [1.5, 2] as const;
/** Share of a cell that flames, their smoke and their light on the ground change at most. */
const most = { flames: 0.75, smoke: 0.25, lit: 0.08 } as const;
/** A failing sign flickers in bursts, this share of the time. */
const failing = 0.4;
const growSeconds = 6;

/** `[motionRows, motionColumns]`: the share of each cell that changes by itself; null where the scene has no such light then. */
export function restlessCells({ scene, space }: Stage, { time, frame }: Instant, key: number): Float32Array | null {
  const burning = (scene.glows ?? []).filter(({ start, end }) => time >= start && time < end);
  if (burning.length === 0) return null;
  const cells = new Float32Array(motionColumns * motionRows);
  for (const [number, glow] of burning.entries()) add(cells, glow, mixed(key, 300 + number), { time, frame }, space);
  return cells;
}

function add(into: Float32Array, glow: GlowPlan, key: number, { time, frame }: Instant, space: Stage['space']): void {
  const foot = new Float64Array(3);
  space.place(glow.at, foot, 0);
  const [x = 0, y = 0, depth = 1] = foot;
  if (depth < 0.3) return;
  const isSign = glow.kind === 'sign';
  if (isSign && uniformAt(key, Math.floor(time / 3)) >= failing) return;
  const grown = isSign ? 1 : Math.min(1, (time - glow.start) / growSeconds, (glow.end - time) / 3);
  const [width, height] = [(glow.width * grown * space.scale) / depth, (glow.height * grown * space.scale) / depth];
  for (let cell = 0; cell < into.length; cell++) {
    const cx = (((cell % motionColumns) + 0.5) * space.aspect) / motionColumns;
    const cy = (Math.floor(cell / motionColumns) + 0.5) / motionRows;
    const reach = 0.5 / motionRows;
    const beside = Math.abs(cx - x) - width / 2;
    const above = y - cy;
    const inFlames = beside < reach && above > -reach && above < height + reach;
    const inSmoke = !isSign && beside < reach && above > 0 && above < (1 + smokeHeights) * height;
    const lit = Math.hypot(cx - x, cy - y) < litWidths * width + reach;
    const limit = inFlames ? most.flames : inSmoke ? most.smoke : lit ? most.lit : 0;
    // A cell that is larger than the flame changes by the part that the flame is of it.
    const part = inFlames ? Math.min(1, (width * height) / (space.aspect / into.length)) : 1;
    into[cell] = Math.max(into[cell] ?? 0, limit * part * uniformAt(mixed(key, frame), cell));
  }
}
