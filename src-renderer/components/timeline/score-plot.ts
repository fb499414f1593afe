/** The curves of the timeline, score and activity, drawn by uPlot on the timeline's own scale. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Curve, thinned } from '../../lib/curve.ts';
import type { TimeView } from '../../lib/time-view.ts';
import type { Colours } from './use-colours.ts';

export interface ScorePlot {
  resize(width: number, height: number): void;
  draw(curves: { readonly score: Curve; readonly activity: Curve }, view: TimeView): void;
  recolour(colours: Colours): void;
  destroy(): void;
}

/** A line at the very top would lose half its width. */
const top = 1.06;

export function createScorePlot(element: HTMLElement, colours: Colours): ScorePlot {
  let colour = colours;
  let shown: TimeView = { start: 0, end: 1 };
  const line = { points: { show: false }, spanGaps: false };
  const plot = new uPlot(
    {
      width: 1,
      height: 1,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: { x: { time: false, range: () => [shown.start, shown.end] }, y: { range: [0, top] } },
      series: [
        {},
        { ...line, width: 1, stroke: () => colour.activity, fill: () => faded(colour.activity, 0.22) },
        { ...line, width: 1.75, stroke: () => colour.score, fill: () => faded(colour.score, 0.16) },
      ],
    },
    [[], [], []],
    element,
  );
  return {
    resize: (width, height) => plot.setSize({ width, height }),
    draw({ score, activity }, view) {
      shown = view;
      const columns = Math.max(1, Math.round(plot.width * devicePixelRatio));
      const [above, below] = [thinned(score, view, columns), thinned(activity, view, columns)];
      const data = uPlot.join([
        [[...below.x], [...below.y]],
        [[...above.x], [...above.y]],
      ]);
      plot.batch(() => {
        plot.setData(data, false);
        plot.setScale('x', { min: view.start, max: view.end });
      });
    },
    recolour(next) {
      colour = next;
      plot.redraw(false);
    },
    destroy: () => plot.destroy(),
  };
}

/** `colour` (a hexadecimal one of the tokens) with the share of light that it lets through. */
function faded(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${String(share * 100)}%, transparent)`;
}
