/** Accuracy against what it costs to look, a point for each policy. */
import { markup, shortName, type Markup } from './markup.ts';
import { figureText, quantityText } from './numbers.ts';
import { axes, axisUpTo, drawing, px, xAt, yAt, type Axis, type PlotArea } from './plot.ts';
import { mainAuc, mainAucName, seriesNamed, type ReportContext } from './report-context.ts';
import type { Series } from './series.ts';

const area: PlotArea = { left: 54, top: 12, width: 350, height: 350 };
const size = { width: 420, height: 412 };

interface Point {
  readonly series: Series;
  readonly cost: number;
  readonly auc: number;
  readonly bounds: readonly [number, number] | null;
}

export function effortPlot(context: ReportContext): Markup {
  const points = context.evaluation.rows.flatMap((row): Point[] => {
    const { value, bounds } = mainAuc(context, row);
    if (value === null || row.framesPerMinute === null) return [];
    return [{ series: seriesNamed(context, row.policy), cost: row.framesPerMinute, auc: value, bounds }];
  });
  const title = `Accuracy against ${context.unit}s looked at`;
  if (points.length === 0)
    return markup`<figure>
      <h3>${title}</h3>
      <p class="note">What looking cost is not known.</p>
    </figure>`;
  const x = axisUpTo(Math.max(1, ...points.map(({ cost }) => cost)), 5);
  const y = aucAxis(points);
  const xLabel = `${context.unit === 'frame' ? 'Frames' : 'Segments'} looked at a minute of footage`;
  return markup`<figure>
    <h3>${title}</h3>
    <figcaption>Upwards and to the left is better. Bars: 95 % intervals.</figcaption>
    ${drawing({ ...size, id: 'effort', title, description: describe(context, points) }, [
      axes(area, {
        x,
        y,
        xLabel,
        yLabel: mainAucName(context),
        xText: quantityText,
        yText: (value) => figureText(value).replace(/0$/, ''),
      }),
      ...points.map(({ series, cost, auc, bounds }) => {
        const [at, up] = [xAt(area, x, cost), yAt(area, y, auc)];
        const bar =
          bounds === null
            ? null
            : markup`<path
                class="error"
                d="M${at} ${yAt(area, y, Math.max(y.from, bounds[0]))}V${yAt(area, y, bounds[1])}"
              />`;
        return markup`<g class="${series.style}"
          >${bar}<circle class="dot" cx="${at}" cy="${up}" r="6"><title>${series.policy}</title></circle></g
        >`;
      }),
      ...placed(points, x, y).map(
        ({ series, left, top, anchor }) =>
          markup`<text class="name ${series.style.split(' ', 1)[0] ?? ''}" x="${left}" y="${top}" text-anchor="${anchor}"
            >${shortName(series.policy)}</text
          >`,
      ),
    ])}
  </figure>`;
}

const describe = (context: ReportContext, points: readonly Point[]) =>
  points
    .map(
      ({ series, cost, auc }) =>
        `${series.policy}: ${figureText(auc)} at ${quantityText(cost)} ${context.unit}s a minute.`,
    )
    .join(' ');

/** Around all points and intervals, between round numbers. */
function aucAxis(points: readonly Point[]): Axis {
  const values = points.flatMap(({ auc, bounds }) => [auc, ...(bounds ?? [])]);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const step = highest - lowest > 0.3 ? 0.1 : 0.05;
  const from = Math.max(0, Math.floor(lowest / step - 0.2));
  const to = Math.min(Math.round(1 / step), Math.ceil(highest / step + 0.2));
  const ticks = Array.from({ length: to - from + 1 }, (_, tick) => Number(((from + tick) * step).toFixed(2)));
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks };
}

interface PlacedName {
  readonly series: Series;
  readonly left: number;
  readonly top: number;
  readonly anchor: 'start' | 'end' | 'middle';
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlaps = (a: Box, b: Box) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** Names beside their points, where they cover neither another name nor a point; below the others where nothing is free. */
function placed(points: readonly Point[], x: Axis, y: Axis): PlacedName[] {
  const radius = 7;
  const taken: Box[] = points.map(({ cost, auc }) => {
    const [at, up] = [xAt(area, x, cost), yAt(area, y, auc)];
    return { left: at - radius, right: at + radius, top: up - radius, bottom: up + radius };
  });
  return points.map(({ series, cost, auc }) => {
    const [at, up] = [xAt(area, x, cost), yAt(area, y, auc)];
    // About eight units to a letter and fifteen to a line.
    const length = 8 * shortName(series.policy).length;
    const right = at + 11;
    const candidates = [0, -15, 15, -30, 30].flatMap((shift) => [
      { left: right, anchor: 'start' as const, box: boxAt(right, up + shift, length) },
      { left: at - 11, anchor: 'end' as const, box: boxAt(at - 11 - length, up + shift, length) },
      { left: at, anchor: 'middle' as const, box: boxAt(at - length / 2, up + shift, length) },
    ]);
    const edge = { left: area.left - 4, right: area.left + area.width + 30 };
    const free = candidates.find(
      ({ box }) => box.left >= edge.left && box.right <= edge.right && !taken.some((other) => overlaps(box, other)),
    );
    const { left, anchor, box } = free ?? { left: right, anchor: 'start' as const, box: boxAt(right, up + 45, length) };
    taken.push(box);
    return { series, left: px(left), top: px(box.top + 11), anchor };
  });
}

const boxAt = (left: number, middle: number, length: number): Box => ({
  ...{ left, right: left + length },
  ...{ top: middle - 7, bottom: middle + 8 },
});
