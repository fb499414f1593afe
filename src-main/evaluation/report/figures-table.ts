/** The table of policies: a row each, with the interval of its AUC drawn beside it. */
import type { EvaluationRow } from '../../contract/evaluation.ts';
import { markup, type Markup } from './markup.ts';
import { figureText, percentText, quantityText } from './numbers.ts';
import { axisUpTo, px, xAt, type Axis, type PlotArea } from './plot.ts';
import { mainAuc, seriesNamed, type ReportContext } from './report-context.ts';
import { seriesName, type Series } from './series.ts';

interface Column {
  readonly head: string;
  readonly small: string;
  readonly value: (row: EvaluationRow) => number | null;
  readonly text: (value: number | null) => string;
  /** Null where neither end is better. */
  readonly better: 'high' | null;
}

const figure = (head: string, small: string, value: Column['value']): Column => ({
  ...{ head, small, value, text: figureText, better: 'high' },
});

function columnsOf({ hasFrames, unit, evaluation: { rows } }: ReportContext): Column[] {
  const kinds = [...new Set(rows.flatMap(({ twins }) => twins.map(({ kind }) => kind)))];
  const recordings = kinds.length > 0 ? 'twins' : 'recordings';
  const main = figure('AUC', hasFrames ? 'frames, micro' : recordings, (row) => (hasFrames ? row.aucMicro : row.auc));
  const level = hasFrames ? 'frames' : 'recordings';
  return [
    main,
    figure('AUC', 'frames, macro', (row) => row.aucMacro),
    figure('AUC', 'anomalous only', (row) => row.aucAbnormalOnly),
    ...kinds.map((kind) => figure('Twins', kind, ({ twins }) => twins.find((each) => each.kind === kind)?.auc ?? null)),
    ...(hasFrames ? [figure('AUC', 'recordings', (row) => row.auc)] : []),
    figure('AUC', 'one source', (row) => row.sameSource?.auc ?? null),
    figure('AP', level, (row) => row.averagePrecision),
    figure('PR area', 'trapezoids', (row) => row.prAuc),
    figure('Found', 'at 5 % false', (row) => row.tprAt5),
    ...[
      { head: `${unit}s`, small: 'a minute', value: (row: EvaluationRow) => row.framesPerMinute, text: quantityText },
      { head: 'Seen', small: 'of footage', value: (row: EvaluationRow) => row.lookedAtFraction, text: percentText },
      { head: 'Seconds', small: 'an hour', value: (row: EvaluationRow) => row.secondsPerHour, text: quantityText },
      { head: 'Operators', small: 'entropy', value: (row: EvaluationRow) => row.operatorEntropy, text: figureText },
    ].map((column) => ({ ...column, better: null })),
  ].map((column) => ({ ...column, head: column.head[0]?.toUpperCase() + column.head.slice(1) }));
}

/** Columns in which no policy has a figure are left out. */
export function figuresTable(context: ReportContext): Markup {
  const { rows } = context.evaluation;
  const columns = columnsOf(context).filter(({ value }) => rows.some((row) => value(row) !== null));
  // What does no better than chance is first in nothing: a single score for all draws a flattering line between two points.
  const able = rows.filter((row) => (mainAuc(context, row).value ?? 0) > 0.5);
  const best = columns.map(({ value, better }) => {
    const values = able.flatMap((row) => value(row) ?? []);
    return better === null || rows.length < 2 ? null : Math.max(...values);
  });
  const axis = whiskerAxis(context);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Table of policies">
    <table>
      <caption>
        ${captionOf(context)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          ${axis === null ? null : markup`<th scope="col" class="words">95 % interval<span class="small">${figureText(axis.from)} to ${figureText(axis.to)}</span></th>`}
          ${columns.map(({ head, small }) => markup`<th scope="col">${head}<span class="small">${small}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const series = seriesNamed(context, row.policy);
          return markup`<tr>
            <th scope="row">${seriesName(series)}</th>
            ${axis === null ? null : markup`<td class="words">${whisker(context, row, series, axis)}</td>`}
            ${columns.map(({ value, text }, index) => {
              const own = value(row);
              return markup`<td${own !== null && own === best[index] && able.includes(row) ? markup` class="best"` : null}>${text(own)}</td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

const intervalWords: Readonly<Record<EvaluationRow['interval']['over'], string>> = {
  recordings: 'Intervals: percentile bootstrap over recordings.',
  sources:
    'Intervals: percentile bootstrap over sources, because recordings that are cut from one source are alike; one source: pairs of an anomalous and a normal recording of the same one.',
  seconds:
    'Intervals: percentile bootstrap over seconds of footage, as there are few recordings; seconds of one recording are alike, so they are too narrow.',
};

function captionOf(context: ReportContext): string {
  const drawn = intervalWords[context.evaluation.rows[0]?.interval.over ?? 'recordings'];
  const level = context.hasFrames
    ? 'AP, PR area and what is found at 5 % false positives are of frames.'
    : 'All figures are of recordings, each with its highest score: the data set labels no frames.';
  return `Bold: the highest of a column. ${level} ${drawn}`;
}

/** A round axis around all intervals; null where there is none. */
function whiskerAxis(context: ReportContext): Axis | null {
  const ends = context.evaluation.rows.flatMap((row) => mainAuc(context, row).bounds ?? []);
  if (ends.length === 0) return null;
  const lowest = Math.max(0, Math.floor(Math.min(...ends) * 20) / 20);
  const axis = axisUpTo(Math.max(...ends), 4, lowest);
  return { ...axis, to: Math.min(1, axis.to) };
}

const whiskerArea: PlotArea = { left: 4, top: 0, width: 142, height: 22 };

function whisker(context: ReportContext, row: EvaluationRow, { style }: Series, axis: Axis): Markup {
  const { value, bounds } = mainAuc(context, row);
  if (value === null) return markup`–`;
  const at = (auc: number) => xAt(whiskerArea, axis, Math.min(axis.to, Math.max(axis.from, auc)));
  const label =
    bounds === null
      ? figureText(value)
      : `${figureText(value)}, 95 % from ${figureText(bounds[0])} to ${figureText(bounds[1])}`;
  const half = axis.from < 0.5 && axis.to > 0.5 ? markup`<path class="rule" d="M${at(0.5)} 1V21" />` : null;
  return markup`<svg class="whisker" viewBox="0 0 150 22" role="img" aria-label="${label}">
    <title>${label}</title>
    <path class="base" d="M4 11H146" />
    ${half}
    <g class="${style}">
      ${bounds === null ? null : markup`<path class="line" style="stroke-dasharray:none" d="M${at(bounds[0])} 11H${at(bounds[1])}" />`}
      <circle class="dot" cx="${px(at(value))}" cy="11" r="4.5" />
    </g>
  </svg>`;
}
