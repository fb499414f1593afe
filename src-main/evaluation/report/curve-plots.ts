/** ROC and precision-recall curves of all policies. */
import { markup, type Markup } from './markup.ts';
import { figureText } from './numbers.ts';
import { axes, drawing, pathThrough, unitAxis, xAt, yAt, type PlotArea } from './plot.ts';
import { mainAuc, type ReportContext } from './report-context.ts';

const area: PlotArea = { left: 54, top: 12, width: 350, height: 350 };
const size = { width: 420, height: 412 };

type Point = readonly [number, number];

export function rocPlot(context: ReportContext): Markup {
  const diagonal = markup`<path
    class="rule"
    d="${pathOf([
      [0, 0],
      [1, 1],
    ])}"
  />`;
  const level = context.hasFrames ? 'frames' : 'recordings';
  return curvePlot(context, {
    id: 'roc',
    title: 'ROC curves',
    note: `How many anomalous ${level} are found for how many false ones; the dotted diagonal is chance.`,
    xLabel: 'False positive rate',
    yLabel: 'True positive rate',
    points: ({ roc }) => roc,
    chance: diagonal,
  });
}

export function precisionRecallPlot(context: ReportContext): Markup {
  // Where everything is called anomalous, precision is the share of what is.
  const base = context.evaluation.curves.flatMap(({ precisionRecall }) => precisionRecall.at(-1)?.[1] ?? [])[0] ?? null;
  return curvePlot(context, {
    id: 'precision-recall',
    title: 'Precision and recall',
    note:
      base === null
        ? 'How pure what is called anomalous is, for each share that is found.'
        : `How pure what is called anomalous is, for each share that is found; the dotted line is chance, ${figureText(base)}.`,
    xLabel: 'Recall',
    yLabel: 'Precision',
    points: ({ precisionRecall }) => precisionRecall,
    chance:
      base === null
        ? null
        : markup`<path
            class="rule"
            d="${pathOf([
              [0, base],
              [1, base],
            ])}"
          />`,
  });
}

interface CurvePlot {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: (curves: ReportContext['evaluation']['curves'][number]) => readonly Point[];
  readonly chance: Markup | null;
}

function curvePlot(context: ReportContext, { id, title, note, xLabel, yLabel, points, chance }: CurvePlot): Markup {
  const { curves, rows } = context.evaluation;
  const drawn = context.series.flatMap((series) => {
    const own = curves.find(({ policy }) => policy === series.policy);
    const list = own === undefined ? [] : points(own);
    return list.length === 0 ? [] : [{ series, list }];
  });
  if (drawn.length === 0)
    return markup`<figure>
      <h3>${title}</h3>
      <p class="note">There is none: the labels are all of one kind.</p>
    </figure>`;
  const aucs = rows.map((row) => `${row.policy} ${figureText(mainAuc(context, row).value)}`).join(', ');
  const text = (value: number) => (value === 0 || value === 1 ? String(value) : figureText(value).replace(/0+$/, ''));
  return markup`<figure>
    <h3>${title}</h3>
    <figcaption>${note}</figcaption>
    ${drawing({ ...size, id, title, description: `${xLabel} across, ${yLabel} upwards. AUC: ${aucs}.` }, [
      axes(area, { x: unitAxis, y: unitAxis, xLabel, yLabel, xText: text, yText: text }),
      markup`${chance}`,
      // The first row of the table is drawn last, on top.
      ...drawn
        .toReversed()
        .map(
          ({ series, list }) =>
            markup`<path class="line ${series.style}" d="${pathOf(list)}"><title>${series.policy}</title></path>`,
        ),
    ])}
  </figure>`;
}

const pathOf = (points: readonly Point[]): string =>
  pathThrough(points.map(([x, y]) => [xAt(area, unitAxis, x), yAt(area, unitAxis, y)]));
