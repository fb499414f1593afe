/** `anom-pi train`: learn from the verdicts, or from a labelled data set, and say what the gate thinks of the outcome. */
import { AppError } from '../../../contract/errors.ts';
import { dataSetFormats } from '../../../contract/evaluation.ts';
import type { Client } from '../../../contract/service.ts';
import type { Command, CommandInput, Surroundings } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { curvesText, outcomeText } from '../training-text.ts';

export const trainCommand: Command = {
  name: 'train',
  usage: '[--dataset D [--format F]] [--from VERSION] [--rounds N] [--rollouts K] [--seed S] [--name NAME]',
  summary: 'learn from the verdicts, or from a labelled data set, and make a policy version of it',
  options: {
    dataset: { type: 'string' },
    format: { type: 'string' },
    from: { type: 'string' },
    rounds: { type: 'string' },
    rollouts: { type: 'string' },
    seed: { type: 'string' },
    name: { type: 'string' },
  },
  positionals: [0, 0],
  async run(input, surroundings) {
    const { output } = surroundings;
    const params = paramsFrom(input, surroundings);
    const client = await surroundings.connect();
    const job = await followJob(client, surroundings, () => client.training.start(params));
    const { run, points } = await client.training.get({ run: job.id });
    if (output.json) for (const point of points) output.result({ type: 'point', ...point }, '');
    else output.result(null, curvesText(points));
    output.result({ type: 'run', ...run }, outcomeText(run));
    return 0;
  },
};

type Params = NonNullable<Parameters<Client['training']['start']>[0]>;

function paramsFrom(input: CommandInput, { absolute }: Pick<Surroundings, 'absolute'>): Params {
  const dataset = input.text('dataset');
  const typed = input.text('format');
  const format = dataSetFormats.find((each) => each === typed);
  if (typed !== undefined && format === undefined) {
    throw new AppError('invalid-argument', `There is no format ${typed}; there are ${dataSetFormats.join(', ')}.`);
  }
  if (format !== undefined && dataset === undefined) {
    throw new AppError('invalid-argument', '--format says what --dataset is; name one.');
  }
  const given = {
    ...{ format, from: input.text('from'), name: input.text('name') },
    ...{ rounds: input.number('rounds'), rollouts: input.number('rollouts'), seed: input.number('seed') },
    dataset: dataset === undefined ? undefined : absolute(dataset),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
