/** A training run as text: a row for each curve, and what the gate says. */
import type { GateCheck, TrainingPoint, TrainingRun } from '../../contract/training.ts';
import { aligned, printable } from './output.ts';

const bars = '▁▂▃▄▅▆▇█';
/** Columns of a curve; longer ones are thinned evenly. */
const mostColumns = 48;

type Curve = Exclude<keyof TrainingPoint, 'round' | 'step' | 'seconds' | 'operators'>;

const curves: readonly { readonly name: Curve; readonly title: string }[] = [
  { name: 'utility', title: 'utility' },
  { name: 'success', title: 'success' },
  { name: 'information', title: 'information' },
  { name: 'cost', title: 'cost' },
  { name: 'localisation', title: 'localisation' },
  { name: 'loss', title: 'loss' },
  { name: 'margin', title: 'margin' },
  { name: 'chosenLogProb', title: 'log π of chosen' },
  { name: 'parseRate', title: 'parse rate' },
];

/** One character a value, from the lowest to the highest; a flat curve runs through the middle. */
export function sparkline(values: readonly number[]): string {
  const columns = Math.min(mostColumns, values.length);
  const shown = Array.from({ length: columns }, (_, column) => {
    const place = columns === 1 ? 0 : Math.round((column * (values.length - 1)) / (columns - 1));
    return values[place] ?? NaN;
  });
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  return shown
    .map((value) => bars[most > least ? Math.round((7 * (value - least)) / (most - least)) : 3] ?? '')
    .join('');
}

/** A row for each curve that has values: how it went, and its first and last value. */
export function curvesText(points: readonly TrainingPoint[]): string {
  const rows = curves.flatMap(({ name, title }) => {
    const values = points.flatMap((point) => point[name] ?? []);
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) return [];
    const change = values.length === 1 ? first.toFixed(3) : `${first.toFixed(3)} → ${last.toFixed(3)}`;
    return [[title, change, sparkline(values)]];
  });
  return [...aligned(rows), operatorsText(points)].filter((line) => line !== '').join('\n');
}

function operatorsText(points: readonly TrainingPoint[]): string {
  const latest = points.findLast(({ operators }) => Object.keys(operators).length > 0)?.operators ?? {};
  const total = Object.values(latest).reduce((sum, count) => sum + count, 0);
  const shares = Object.entries(latest).map(([name, count]) => `${name} ${Math.round((100 * count) / total)} %`);
  return shares.length === 0 ? '' : `operators  ${shares.join(', ')}`;
}

const decisions: Readonly<Record<NonNullable<TrainingRun['gate']>['decision'], string>> = {
  offered: 'The gate offers it.',
  refused: 'The gate refuses it.',
  'too-few-verdicts': 'Too few verdicts to tell whether it is better.',
};
const marks: Readonly<Record<GateCheck['outcome'], string>> = { passed: '✓', failed: '✗', unknown: '?' };

/** What came out, and what may be done with it. */
export function outcomeText({ name, gate, version, stopped, data }: TrainingRun): string {
  const learned = data === null ? [] : [`${data.incidents} episodes with an incident, ${data.innocent} without`];
  const lines = [
    ...learned,
    ...(stopped === null ? [] : [stopped]),
    ...(gate?.checks ?? []).map(({ outcome, reason }) => `${marks[outcome]} ${reason}`),
    ...(gate === null ? [] : [decisions[gate.decision]]),
  ];
  if (version === null) return [...lines, 'Nothing was learned: there is no new version.'].join('\n');
  const id = version.slice(0, 12);
  return [...lines, `${printable(name)} is ${id}; \`anom-pi policies activate ${id}\` puts it in force.`].join('\n');
}
