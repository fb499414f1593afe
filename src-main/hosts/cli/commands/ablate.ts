/** `anom-pi ablate`: what active looking, preferences, each term of the utility and each operator are worth. */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Ablation } from '../../../training/ablation/ablate.ts';
import type { AblationRow } from '../../../training/ablation/judged-episodes.ts';
import type { OperatorWorth } from '../../../training/ablation/operator-scenes.ts';
import type { Command } from '../command.ts';

/** Enough to tell half a standard deviation of utility; ours. */
const usual = { 'held-out': 150, built: 60, 'round-recordings': 100, rounds: 1 } as const;
/** Of rounds on simulated recordings. Source: DESIGN §8. */
const learningRate = 5e-5;

export const ablateCommand: Command = {
  name: 'ablate',
  usage: '[--start FILE] [--seed S] [--held-out N] [--built N] [--round-recordings N] [--rounds N] [--out FILE.json]',
  summary: 'the ablation table: what each part of looking and of learning is worth (ten minutes)',
  options: {
    start: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    threads: { type: 'string' },
    ...Object.fromEntries(Object.keys(usual).map((name) => [name, { type: 'string' as const }])),
  },
  positionals: [0, 0],
  async run(input, { absolute, entries, output, signal }) {
    const typed = input.text('start');
    const bytes = await readFile(typed === undefined ? join(entries.policies, 'nano.bin') : absolute(typed));
    // Loads a runtime: not before it is asked for, since other commands only talk to the core.
    const { ablate } = await import('../../../training/ablation/ablate.ts');
    const { decodeNano } = await import('../../../inquiry/policies/nano/index.ts');
    const settings = {
      seed: input.text('seed') ?? '1',
      heldOut: input.number('held-out') ?? usual['held-out'],
      builtScenes: input.number('built') ?? usual.built,
      roundRecordings: input.number('round-recordings') ?? usual['round-recordings'],
      rounds: input.number('rounds') ?? usual.rounds,
      ...{ learningRate, recordings: {} },
    };
    output.result({ type: 'settings', ...settings }, headOfTable);
    const ablation = await ablate(decodeNano(bytes), settings, {
      ...{ threads: input.number('threads') ?? availableParallelism(), signal },
      onRow: (row) => output.result({ type: 'row', ...row }, lineOf(row)),
      onWorth: (worth) => output.result({ type: 'worth', ...worth }, worthOf(worth)),
    });
    output.result(
      { type: 'operators', ...ablation.operators, builtFor: ablation.builtFor.operators },
      answerOf(ablation),
    );
    const out = input.text('out');
    if (out !== undefined) await writeFile(absolute(out), `${JSON.stringify(ablation, null, 2)}\n`);
    return 0;
  },
};

const columns = ['utility', '95 %', 'success', 'inform.', 'cost', 'local.', 'AUC', 'fr/min', 'entropy'] as const;
const nameWidth = 30;
const width = 9;

const headOfTable = `${''.padEnd(nameWidth)}${columns.map((name) => name.padStart(width)).join('')}  operators`;

const figure = (value: number | null) => (value === null ? '–' : value.toFixed(3));

function lineOf(row: AblationRow): string {
  const half = row.utilityHigh === null || row.utilityLow === null ? null : (row.utilityHigh - row.utilityLow) / 2;
  const cells = [
    figure(row.utility),
    half === null ? '–' : `± ${half.toFixed(3)}`,
    ...[row.success, row.information, row.cost, row.localisation, row.auc].map(figure),
    row.framesPerMinute.toFixed(1),
    figure(row.lookEntropy),
  ];
  const used = Object.entries(row.operators).map(([name, count]) => `${name} ${(count / row.recordings).toFixed(2)}`);
  return `${row.variant.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(width)).join('')}  ${used.join(', ')}`;
}

/** The question put to the paper: whether the policy collapses to one operator or to constant asking. */
function answerOf({ rows, operators, builtFor }: Ablation): string {
  const full = rows.find(({ variant }) => variant === 'iDPO');
  return [
    `Entropy over the operators that look: ${figure(full?.lookEntropy ?? null)} of the largest (1 would be all alike, 0 one alone).`,
    `Kind of scene and operator share ${shareOf(operators)}; on scenes that were built for operators ${shareOf(builtFor.operators)}.`,
  ].join('\n');
}

const shareOf = ({ information, p }: Ablation['operators']) =>
  `${information.toFixed(4)} nats (permutation p = ${p.toFixed(3)})`;

const worthOf = ({ operator, kind, scenes, utility, without, costLow, costHigh, used }: OperatorWorth) =>
  `${operator} on ${scenes} scenes that were built for it (${kind}): utility ${figure(utility)}, without it ${figure(without)}; it is worth ${figure(utility - without)} [${figure(costLow)}, ${figure(costHigh)}], used ${used.toFixed(2)} times a scene`;
