/** `anom-pi train-nano`: the weights that ship with the program, made from simulated recordings. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import { incidentClasses } from '../../../simulation/index.ts';
import type { Command, CommandInput } from '../command.ts';
import type { TrainNanoSettings } from '../../../training/start/train-nano.ts';

/** What the shipped weights were made with; see the model card. Ours. */
const usual = {
  ...{ recordings: 10_000, guided: 3500, rounds: 4, 'round-recordings': 1200, 'held-out': 150 },
  ...{ width: 128, layers: 4, heads: 4, epochs: 2 },
} as const;

/** The second stage needs ways of looking to choose from, and would learn its few recordings by heart at the first's rate. */
const fixed = {
  ...{ rollouts: 2, guidedRollouts: 2, guidedPlans: 6, batch: 32, guidedBeliefs: 3, choiceEpochs: 4 },
  ...{ learningRate: 1e-3, startLearningRate: 3e-4, roundLearningRate: 1e-4 },
  // At the usual .2 most pairs differ in cost alone, and a few rounds teach to end after the opening look.
  aei: { information: 0.3, cost: 0.05, localisation: 0.3 },
};

export const trainNanoCommand: Command = {
  name: 'train-nano',
  usage: '--out FILE [--seed S] [--recordings N] [--guided N] [--rounds N] [--round-recordings N] [--without CLASS]…',
  summary: 'make the weights of the nano policy from simulated recordings (hours)',
  options: {
    out: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    without: { type: 'string', multiple: true },
    ...Object.fromEntries(Object.keys(usual).map((name) => [name, { type: 'string' as const }])),
  },
  positionals: [0, 0],
  async run(input, { absolute, output, signal }) {
    const typed = input.text('out');
    if (typed === undefined) throw new AppError('invalid-argument', `Usage: anom-pi train-nano ${this.usage}`);
    const out = absolute(typed);
    const settings = settingsFrom(input);
    // Loads a runtime: not before it is asked for, since other commands only talk to the core.
    const { trainNano } = await import('../../../training/start/train-nano.ts');
    const { encodeNano } = await import('../../../inquiry/policies/nano/index.ts');
    const { model, card } = await trainNano(settings, {
      ...{ folder: `${out}.run`, threads: input.number('threads') ?? availableParallelism(), signal },
      say: (words) => output.note(words),
    });
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, encodeNano(model));
    const cardPath = join(dirname(out), `${nameOf(out)}.json`);
    const command = `anom-pi train-nano ${input.typed.join(' ')}`;
    const name = `nano-${settings.seed}`;
    await writeFile(
      cardPath,
      `${JSON.stringify({ name, command, data: [simulatedData(settings)], ...card }, null, 2)}\n`,
    );
    output.result({ type: 'weights', out, card: cardPath, id: card.weights }, `The weights are in ${out}.`);
    return 0;
  },
};

/** What it was trained on, for those who ask about licences: the program's own simulation, and nothing else. */
const simulatedData = ({ seed, recordings, guided, rounds, roundRecordings, without }: TrainNanoSettings) => ({
  ...{ source: 'simulation/symbolic', licence: 'GPL-3.0-or-later', seed, without },
  recordings: recordings + guided + rounds * roundRecordings,
});

const nameOf = (path: string) => path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');

function settingsFrom(input: CommandInput): TrainNanoSettings {
  const count = (name: keyof typeof usual) => {
    const value = input.number(name) ?? usual[name];
    if (Number.isInteger(value) && value >= 0) return value;
    throw new AppError('invalid-argument', `--${name} takes a whole number, not ${value}.`);
  };
  return {
    ...fixed,
    size: { width: count('width'), layers: count('layers'), heads: count('heads') },
    seed: input.text('seed') ?? '1',
    ...{ recordings: count('recordings'), guided: count('guided'), epochs: count('epochs') },
    ...{ rounds: count('rounds'), roundRecordings: count('round-recordings'), heldOut: count('held-out') },
    without: input.texts('without').map(incidentClass),
  };
}

function incidentClass(id: string): TrainNanoSettings['without'][number] {
  const known = incidentClasses.find((each) => each === id);
  if (known === undefined) {
    throw new AppError('invalid-argument', `Nothing of class ${id} is simulated: ${incidentClasses.join(', ')}.`);
  }
  return known;
}
