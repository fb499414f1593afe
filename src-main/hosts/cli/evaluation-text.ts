/** An evaluation as text: the table, what each recording came to, differences and controls. */
import type { Evaluation, EvaluationRow } from '../../contract/evaluation.ts';
import { aligned, printable } from './output.ts';

interface Column {
  readonly head: string;
  readonly cell: (row: EvaluationRow) => string;
}

const figure = (value: number | null) => (value === null ? '–' : value.toFixed(4));
const plain = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits));
const bounds = (value: readonly [number, number] | null) =>
  value === null ? '' : ` [${value[0].toFixed(3)}, ${value[1].toFixed(3)}]`;

const columns: readonly Column[] = [
  { head: 'policy', cell: (row) => printable(row.policy) },
  { head: 'AUC micro', cell: (row) => figure(row.aucMicro) + bounds(row.interval.aucMicro) },
  { head: 'macro', cell: (row) => figure(row.aucMacro) },
  { head: 'abnormal', cell: (row) => figure(row.aucAbnormalOnly) },
  { head: 'AUC recordings', cell: (row) => figure(row.auc) + bounds(row.interval.auc) },
  { head: 'AP', cell: (row) => figure(row.averagePrecision) },
  { head: 'PR area', cell: (row) => figure(row.prAuc) },
  { head: 'TPR at 5 %', cell: (row) => figure(row.tprAt5) + bounds(row.interval.tprAt5) },
  { head: 'frames/min', cell: (row) => plain(row.framesPerMinute, 1) },
  { head: 'looked at', cell: (row) => plain(row.lookedAtFraction, 3) },
  { head: 's/hour', cell: (row) => plain(row.secondsPerHour, 1) },
  { head: 'entropy', cell: (row) => plain(row.operatorEntropy, 2) },
  { head: 'shuffled', cell: (row) => figure(row.controls.shuffled) },
  { head: 'without longest', cell: (row) => figure(row.controls.withoutLongest) },
];

/** Of more recordings the table would scroll out of sight; the report has them all. */
const mostListed = 40;

export function evaluationText(evaluation: Evaluation): string {
  const { dataset, format, recordings, smoothing, rows, notes } = evaluation;
  const [first] = rows;
  const over = first === undefined ? '' : `; brackets: 95 % by bootstrap over ${first.interval.over}`;
  return [
    `${printable(dataset)} (${format}), ${recordings.length} recordings, smoothing: ${smoothing}${over}`,
    '',
    ...aligned([columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]),
    ...recordingLines(rows),
    ...differenceLines(evaluation),
    ...rows.flatMap(twinsLine),
    ...rows.flatMap(sameSourceLine),
    ...notes.map((note) => printable(note)),
  ].join('\n');
}

/** A line for one policy, where no table can be drawn. */
export const rowText = (row: EvaluationRow): string =>
  columns.map(({ head, cell }) => `${head} ${cell(row)}`).join(' · ');

export function missingText({ missing }: Pick<Evaluation, 'missing'>): string {
  const named = missing.map(({ name, reason }) => `  ${printable(name)}: ${printable(reason)}`);
  return [`${missing.length} recordings are missing from this evaluation:`, ...named].join('\n');
}

/** How well twins are told apart, by kind. */
function twinsLine({ policy, twins }: EvaluationRow): string[] {
  if (twins.length === 0) return [];
  const kinds = twins.map(({ kind, pairs, auc }) => `${printable(kind)} ${figure(auc)} (${pairs})`);
  return [`${printable(policy)}: AUC over twins (pairs): ${kinds.join(', ')}`];
}

/** The frame-level AUC inside each recording, a column a policy. */
function recordingLines(rows: readonly EvaluationRow[]): string[] {
  const names = [...new Set(rows.flatMap(({ perRecording }) => perRecording.map(({ name }) => name)))];
  if (names.length === 0) return [''];
  if (names.length > mostListed) return ['', `AUC inside each of ${names.length} recordings: see the report.`, ''];
  const lists = rows.filter(({ perRecording }) => perRecording.length > 0);
  const cells = names.map((name) => [
    printable(name),
    ...lists.map(({ perRecording }) => figure(perRecording.find((each) => each.name === name)?.auc ?? null)),
  ]);
  return ['', ...aligned([['AUC inside', ...lists.map(({ policy }) => printable(policy))], ...cells]), ''];
}

/** The best policy against each of the others; the report has every pair. */
function differenceLines({ rows, differences }: Evaluation): string[] {
  const main = ({ aucMicro, auc }: EvaluationRow) => aucMicro ?? auc ?? 0;
  const [best] = rows.toSorted((a, b) => main(b) - main(a));
  return differences.flatMap(({ first, second, difference, bounds: both }) => {
    if (best === undefined || (first !== best.policy && second !== best.policy)) return [];
    const isFirst = first === best.policy;
    const gain = isFirst ? difference : -difference;
    const of: readonly [number, number] = isFirst ? both : [-both[1], -both[0]];
    return [`${printable(best.policy)} − ${printable(isFirst ? second : first)}: ${gain.toFixed(4)}${bounds(of)}`];
  });
}

const sameSourceLine = ({ policy, sameSource }: EvaluationRow): string[] =>
  sameSource === null
    ? []
    : [
        `${printable(policy)}: AUC over the ${sameSource.pairs} pairs from one source ` +
          `${figure(sameSource.auc)}${bounds(sameSource.interval)}`,
      ];
