/** Score curves over the ground truth, a small panel for each recording with all policies in it (after the paper's Figure III). */
import type { EvaluatedRecording } from '../../contract/evaluation.ts';
import { markup, nameMarkup, type Markup } from './markup.ts';
import { clockText, countText, figureText } from './numbers.ts';
import { axisUpTo, drawing, pathThrough, px, unitAxis, xAt, yAt, type Axis, type PlotArea } from './plot.ts';
import type { ReportContext } from './report-context.ts';
import type { Series } from './series.ts';

const area: PlotArea = { left: 22, top: 6, width: 312, height: 84 };
const width = 340;
/** Below the curves: the ticks of time, then a lane for each policy with flags. */
const lanesTop = area.top + area.height + 18;
const laneHeight = 5;

/** Panels that are open at first; the others are a click away. */
const openPanels = 36;

export function scorePanels(context: ReportContext): Markup {
  const { recordings } = context.evaluation;
  const anomalous = recordings.filter((recording) => !isNormal(recording));
  const normal = recordings.filter(isNormal);
  const lanes = context.series.filter(({ policy }) =>
    recordings.some(({ assessments }) => assessments.some((made) => made.policy === policy && made.flags.length > 0)),
  );
  const index = new Map(recordings.map((recording, at) => [recording, at]));
  const panels = (list: readonly EvaluatedRecording[]) =>
    markup`<div class="panels">
      ${list.map((recording) => panel(context, recording, index.get(recording) ?? 0, lanes))}
    </div>`;
  const folded = (list: readonly EvaluatedRecording[], what: string) =>
    list.length === 0
      ? null
      : markup`<details>
          <summary>${countText(list.length, what)}</summary>
          ${panels(list)}
        </details>`;
  // Where all are normal, or few, nothing needs folding.
  const first = anomalous.length === 0 ? normal.slice(0, openPanels) : anomalous.slice(0, openPanels);
  const rest = anomalous.length === 0 ? normal.slice(openPanels) : normal;
  return markup`${panels(first)}${folded(anomalous.slice(openPanels), 'more anomalous recording')}${folded(rest, 'normal recording')}`;
}

export const isNormal = ({ class: name, anomalies }: EvaluatedRecording): boolean =>
  name === 'normal' || (anomalies !== null && anomalies.length === 0);

function panel(context: ReportContext, recording: EvaluatedRecording, at: number, lanes: readonly Series[]): Markup {
  const { name, seconds, anomalies, assessments } = recording;
  const flags = lanes.length > 0 && assessments.some((made) => made.flags.length > 0);
  const height = flags ? lanesTop + laneHeight * lanes.length + 2 : lanesTop;
  const x: Axis = timeAxis(seconds);
  const own = assessments.find(({ policy }) => policy === context.focus?.policy);
  const auc = own === undefined || own.auc === null ? null : markup`<span class="note">${figureText(own.auc)}</span>`;
  // The one that the report is about lies on top, then the others as in the table.
  const isFocus = (series: Series) => series.policy === context.focus?.policy;
  const drawnLast = context.series.toReversed().toSorted((a, b) => Number(isFocus(a)) - Number(isFocus(b)));
  return markup`<figure class="panel">
    <figcaption><span class="title" title="${name}">${nameMarkup(name)}</span>${auc}${classChip(recording)}</figcaption>
    ${drawing(
      { id: `recording-${at}`, width, height, title: `Scores over ${name}`, description: describe(recording) },
      [
        ...truthBands(anomalies, x),
        grid(x),
        ...drawnLast.flatMap((series) => {
          const made = assessments.find(({ policy }) => policy === series.policy);
          if (made === undefined || made.curve.length === 0) return [];
          return [
            markup`<path class="line ${series.style}${isFocus(series) ? ' focus' : ''}" d="${curvePath(made.curve)}"
              ><title>${series.policy}: ${figureText(made.score)}</title></path
            >`,
          ];
        }),
        ...(flags ? lanes : []).flatMap((series, lane) => {
          const made = assessments.find(({ policy }) => policy === series.policy);
          const top = lanesTop + lane * laneHeight;
          return (made?.flags ?? []).map((flag) => {
            const from = xAt(area, x, flag.start);
            const to = xAt(area, x, Math.min(seconds, flag.end));
            return markup`<rect
              class="bar ${series.style}"
              x="${from}"
              y="${top}"
              width="${px(Math.max(1.5, to - from))}"
              height="${laneHeight - 1.5}"
              rx="1"
              ><title>
                ${series.policy}: ${flag.class}, ${clockText(flag.start)} to ${clockText(flag.end)},
                ${figureText(flag.score)}
              </title></rect
            >`;
          });
        }),
      ],
    )}
  </figure>`;
}

export const classChip = (recording: EvaluatedRecording): Markup =>
  isNormal(recording)
    ? markup`<span class="chip">normal</span>`
    : markup`<span class="chip anomalous">${nameMarkup(recording.class)}</span>`;

function describe({ name, class: of, seconds, anomalies, assessments }: EvaluatedRecording): string {
  const truth =
    anomalies === null || anomalies.length === 0
      ? ''
      : ` Anomalous from ${anomalies.map(({ start, end }) => `${clockText(start)} to ${clockText(end)}`).join(' and ')}.`;
  const scores = assessments.map(({ policy, score }) => `${policy} ${figureText(score)}`).join(', ');
  return `${name}, ${of}, ${clockText(seconds)} long.${truth} Highest scores: ${scores}.`;
}

/** The axis ends where the recording does. */
function timeAxis(seconds: number): Axis {
  const steps =
    seconds >= 90 ? axisUpTo(seconds / 60, 4).ticks.map((minutes) => 60 * minutes) : axisUpTo(seconds, 4).ticks;
  return { from: 0, to: seconds, ticks: steps.filter((tick) => tick <= seconds) };
}

const truthBands = (anomalies: EvaluatedRecording['anomalies'], x: Axis): Markup[] =>
  (anomalies ?? []).map(({ start, end }) => {
    const from = xAt(area, x, start);
    const to = Math.max(from + 1, xAt(area, x, Math.min(x.to, end)));
    return markup`<rect class="truth" x="${from}" y="${area.top}" width="${px(to - from)}" height="${area.height}"
        ><title>Anomalous from ${clockText(start)} to ${clockText(end)}</title></rect
      ><path class="truth-edge" d="M${from} ${area.top}H${to}" />`;
  });

function grid(x: Axis): Markup {
  const bottom = area.top + area.height;
  return markup`<g class="axes">
    ${[0, 0.5, 1].map((tick) => markup`<path d="M${area.left} ${yAt(area, unitAxis, tick)}H${area.left + area.width}" />`)}
    ${[0, 1].map((tick) => markup`<text x="${area.left - 5}" y="${yAt(area, unitAxis, tick) + 3.5}" text-anchor="end">${tick}</text>`)}
    ${x.ticks.map((tick) => {
      const at = xAt(area, x, tick);
      // At the right edge a centred number would stand out of the picture.
      const anchor = at > area.left + area.width - 12 ? 'end' : 'middle';
      return markup`<path d="M${at} ${bottom}v3" /><text x="${at}" y="${bottom + 13}" text-anchor="${anchor}"
          >${clockText(tick)}</text
        >`;
    })}
  </g>`;
}

/** One point to a unit of width is what can be seen; of those that fall together the highest is drawn. */
function curvePath(curve: readonly number[]): string {
  const points = Math.min(curve.length, area.width);
  const values = Array.from({ length: points }, (_, point) => {
    const start = Math.floor((point * curve.length) / points);
    const end = Math.max(start + 1, Math.floor(((point + 1) * curve.length) / points));
    return Math.max(...curve.slice(start, end));
  });
  // Each value stands for its part of the recording: steps, so that what was scored whole is seen to be.
  return pathThrough(
    values.flatMap((value, point) => {
      const up = yAt(area, unitAxis, value);
      const left = area.left + (area.width * point) / points;
      return [
        [left, up],
        [left + area.width / points, up],
      ] as const;
    }),
  );
}
