/** What every drawing of the report shares: the frame with title and description, axes, lines. */
import { markup, type Markup } from './markup.ts';

export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** One decimal of a pixel is finer than any screen, and keeps the page small. */
export const px = (value: number): number => Math.round(value * 10) / 10;

export const xAt = ({ left, width }: PlotArea, { from, to }: Axis, value: number): number =>
  px(left + (width * (value - from)) / (to - from || 1));

/** Upwards. */
export const yAt = ({ top, height }: PlotArea, { from, to }: Axis, value: number): number =>
  px(top + height - (height * (value - from)) / (to - from || 1));

/** From `from` to a round number at or beyond `to`, with about `count` round steps. */
export function axisUpTo(to: number, count = 5, from = 0): Axis {
  const rough = (to - from) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power;
  const steps = Math.max(1, Math.ceil((to - from) / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, tick) => Number((from + tick * step).toPrecision(12)));
  return { from, to: ticks.at(-1) ?? to, ticks };
}

export const unitAxis: Axis = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };

/** An image to whoever reads the page by ear: `title` names it, `description` says what is seen in it. */
export const drawing = (
  {
    id,
    width,
    height,
    title,
    description,
  }: {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly title: string;
    readonly description: string;
  },
  content: readonly Markup[] | Markup,
): Markup =>
  markup`<svg
    class="plot"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${id}-title ${id}-description"
    style="max-width: ${width * 1.25}px"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-description">${description}</desc>
    ${content}
  </svg>`;

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xText: (value: number) => string;
  readonly yText: (value: number) => string;
}

/** Lines at the ticks, with their values and what they measure. */
export function axes(area: PlotArea, { x, y, xLabel, yLabel, xText, yText }: Axes): Markup {
  const bottom = area.top + area.height;
  const right = area.left + area.width;
  return markup`<g class="axes">
    ${y.ticks.map((tick) => {
      const at = yAt(area, y, tick);
      return markup`<path d="M${area.left} ${at}H${right}" /><text x="${area.left - 8}" y="${at + 4}" text-anchor="end"
          >${yText(tick)}</text
        >`;
    })}
    ${x.ticks.map((tick) => {
      const at = xAt(area, x, tick);
      return markup`<path d="M${at} ${area.top}V${bottom}" /><text x="${at}" y="${bottom + 17}" text-anchor="middle"
          >${xText(tick)}</text
        >`;
    })}
    <text class="label" x="${area.left + area.width / 2}" y="${bottom + 36}" text-anchor="middle">${xLabel}</text>
    <text
      class="label"
      x="${-(area.top + area.height / 2)}"
      y="${area.left - 42}"
      transform="rotate(-90)"
      text-anchor="middle"
      >${yLabel}</text
    >
  </g>`;
}

/** A path through the points, without those that lie on the straight way between their neighbours. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  const kept: (readonly [number, number])[] = [];
  for (const point of points) {
    const [before, last] = kept.slice(-2);
    if (before !== undefined && last !== undefined && liesBetween(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');
}

/** A tenth of a pixel off the way is on it. */
const liesBetween = (
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  [cx, cy]: readonly [number, number],
): boolean =>
  Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) <= 0.05 * Math.hypot(cx - ax, cy - ay) &&
  (bx - ax) * (cx - bx) >= 0 &&
  (by - ay) * (cy - by) >= 0;
