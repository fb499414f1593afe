/** How the curves of training are drawn: lines or stacked shares over the steps of a run, rounds and the chosen point marked. */
import type uPlot from 'uplot';
import { decimal, digitsFor } from '../../lib/decimal.ts';
import type { Line } from '../../lib/training-curve.ts';

export interface PlotLine {
  readonly key: string;
  readonly label: string;
  /** A custom property of the theme. */
  readonly colour: string;
  /** Lengths of strokes and gaps in pixels: lines must not be told apart by colour alone. */
  readonly dash?: readonly number[];
  readonly values: Line;
}

export interface PlotWish {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PlotLine[];
  /** Areas between a line and the one below it. */
  readonly areas: boolean;
  /** Of the vertical axis; by the values where there is none. */
  readonly range: readonly [number, number] | null;
  /** Of the numbers beside the grid; decimals as needed where there is none. */
  readonly format: ((value: number) => string) | null;
  /** What is marked now: rounds by the step at which they begin, a point by its number. */
  readonly marks: () => { readonly rounds: readonly number[]; readonly at: number | null };
}

/** Points that are drawn as such; of more than these, the line says it. */
const mostDots = 40;
const areaStrength = 0.55;

export function plotOptions(element: HTMLElement, wish: PlotWish): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const { width, height, lines, areas, range, format, marks } = wish;
  const axis: uPlot.Axis = {
    font: `11px ${style.fontFamily}`,
    stroke: colour('--text-faint'),
    grid: { stroke: colour('--border'), width: 1 },
    ticks: { show: false },
  };
  const known = (line: Line) => line.filter((value) => value !== null).length;
  return {
    width,
    height,
    // Room for half of the last number below.
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { x: true, y: false, drag: { setScale: false, x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: (_, least, most) => (least === most ? [least - 1, most + 1] : [least, most]) },
      y: range === null ? { range: paddedRange } : { range: () => [range[0], range[1]] },
    },
    axes: [
      { ...axis, size: 22, gap: 4, space: 56, grid: { show: false }, incrs: wholeSteps },
      {
        ...{ ...axis, size: 44, gap: 6, space: 32 },
        // As many decimals as the lines of the grid need.
        values: (_, splits, __, ___, step) => splits.map((split) => format?.(split) ?? decimal(split, digitsFor(step))),
      },
    ],
    series: [
      {},
      ...lines.map(({ colour: name, dash, values }, index): uPlot.Series => {
        const own = colour(name);
        return {
          stroke: own,
          width: areas ? 1 : 1.75,
          spanGaps: true,
          ...(dash !== undefined && { dash: [...dash] }),
          ...(areas && index === 0 && { fill: faded(own) }),
          points: { show: !areas && known(values) <= mostDots, size: 5, fill: own },
        };
      }),
    ],
    bands: areas
      ? lines.slice(1).map(({ colour: name }, index) => ({ series: [index + 2, index + 1], fill: faded(colour(name)) }))
      : [],
    hooks: { draw: [(plot) => drawMarks(plot, marks(), colour('--border-strong'), colour('--accent'))] },
  };
}

const wholeSteps = [1, 2, 5]
  .flatMap((lead) => [0, 1, 2, 3, 4, 5].map((power) => lead * 10 ** power))
  .toSorted((a, b) => a - b);

const faded = (colour: string) => `color-mix(in srgb, ${colour} ${String(100 * areaStrength)}%, transparent)`;

/** A little room above and below, and a span even where all values are one. */
function paddedRange(_: uPlot, least: number, most: number): uPlot.Range.MinMax {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1];
  const room = Math.max((most - least) * 0.08, 1e-3 * Math.max(1, Math.abs(most)));
  return [least - room, most + room];
}

function drawMarks(plot: uPlot, marks: ReturnType<PlotWish['marks']>, faint: string, strong: string): void {
  const { ctx, bbox } = plot;
  const verticalAt = (step: number, stroke: string, dash: number[]) => {
    const x = Math.round(plot.valToPos(step, 'x', true));
    ctx.strokeStyle = stroke;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  };
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const step of marks.rounds) verticalAt(step, faint, [3 * devicePixelRatio, 3 * devicePixelRatio]);
  const step = marks.at === null ? undefined : plot.data[0][marks.at];
  if (step !== undefined) verticalAt(step, strong, []);
  ctx.restore();
}
