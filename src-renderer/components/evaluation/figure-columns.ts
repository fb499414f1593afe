/** Columns of the table of policies: what stands in them, and whether more is better. Pure. */
import type { EvaluationRow } from '../../../src-main/contract/evaluation.ts';
import { formatNumber } from '../../lib/format.ts';

type Bounds = readonly [number, number] | null;

export interface FigureColumn {
  readonly id: FigureId;
  readonly value: (row: EvaluationRow) => number | null;
  /** 95 % bounds, where there are any of this figure. */
  readonly bounds: (row: EvaluationRow) => Bounds;
  readonly text: (value: number) => string;
  /** Costs have no better end: they are what the rest is bought with. */
  readonly isBetterHigh: boolean;
}

export type FigureId =
  | 'aucMicro'
  | 'auc'
  | 'aucMacro'
  | 'sameSource'
  | 'averagePrecision'
  | 'tprAt5'
  | 'framesPerMinute'
  | 'lookedAtFraction'
  | 'secondsPerHour';

const figure = (value: number) => value.toFixed(3);
const share = (value: number) => `${formatNumber(100 * value, undefined, value < 0.1 ? 1 : 0)} %`;
const quantity = (value: number) => formatNumber(value, undefined, value < 10 ? 1 : 0);

const accuracy = (
  id: FigureId,
  value: FigureColumn['value'],
  bounds: FigureColumn['bounds'] = () => null,
): FigureColumn => ({ id, value, bounds, text: figure, isBetterHigh: true });
const cost = (id: FigureId, value: FigureColumn['value'], text: FigureColumn['text']): FigureColumn => ({
  ...{ id, value, text, isBetterHigh: false },
  bounds: () => null,
});

const columns: readonly FigureColumn[] = [
  accuracy(
    'aucMicro',
    (row) => row.aucMicro,
    (row) => row.interval.aucMicro,
  ),
  accuracy(
    'auc',
    (row) => row.auc,
    (row) => row.interval.auc,
  ),
  accuracy('aucMacro', (row) => row.aucMacro),
  accuracy(
    'sameSource',
    (row) => row.sameSource?.auc ?? null,
    (row) => row.sameSource?.interval ?? null,
  ),
  accuracy('averagePrecision', (row) => row.averagePrecision),
  accuracy(
    'tprAt5',
    (row) => row.tprAt5,
    (row) => row.interval.tprAt5,
  ),
  cost('framesPerMinute', (row) => row.framesPerMinute, quantity),
  cost('lookedAtFraction', (row) => row.lookedAtFraction, share),
  cost('secondsPerHour', (row) => row.secondsPerHour, quantity),
];

/** Those in which some policy has a figure. */
export const columnsFor = (rows: readonly EvaluationRow[]): FigureColumn[] =>
  columns.filter(({ value }) => rows.some((row) => value(row) !== null));

/** The column that policies are ranked by: of frames where there are frame labels, else of recordings. */
export const mainColumn = (shown: readonly FigureColumn[]): FigureColumn | null =>
  shown.find(({ id }) => id === 'aucMicro') ?? shown.find(({ id }) => id === 'auc') ?? null;

/** Rows with the best first; those without a figure last. */
export function ranked(rows: readonly EvaluationRow[]): EvaluationRow[] {
  const main = mainColumn(columnsFor(rows));
  return rows.toSorted((a, b) => (main?.value(b) ?? -1) - (main?.value(a) ?? -1));
}

/** The best value of a column; null where there is nothing to be best of. */
export function bestOf({ value, isBetterHigh }: FigureColumn, rows: readonly EvaluationRow[]): number | null {
  const values = rows.flatMap((row) => value(row) ?? []);
  return isBetterHigh && rows.length > 1 && values.length > 0 ? Math.max(...values) : null;
}

/** The stretch of [0, 1] in which all values and bounds of `column` lie, to a tenth; chance is within it. */
export function intervalAxis(column: FigureColumn, rows: readonly EvaluationRow[]): readonly [number, number] {
  const all = rows.flatMap((row) => [column.value(row) ?? [], column.bounds(row) ?? []].flat());
  return [Math.floor(10 * Math.min(0.5, ...all) + 1e-9) / 10, Math.ceil(10 * Math.max(0.6, ...all) - 1e-9) / 10];
}
