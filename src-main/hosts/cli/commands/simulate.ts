/** `anom-pi simulate`: recordings with ground truth, to try the program on and to measure it with. */
import { AppError } from '../../../contract/errors.ts';
import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';

export const simulateCommand: Command = {
  name: 'simulate',
  usage: '--out FOLDER [--suite NAME] [--rate HZ] [--hours H] [--seed N] [--scenes N]',
  summary: 'make recordings with ground truth: a sample archive, or a suite to measure with',
  options: {
    out: { type: 'string' },
    suite: { type: 'string' },
    rate: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
    scenes: { type: 'string' },
  },
  positionals: [0, 0],
  async run(input, surroundings) {
    const typed = input.text('out');
    if (typed === undefined) throw new AppError('invalid-argument', `Usage: anom-pi simulate ${this.usage}`);
    const out = surroundings.absolute(typed);
    const suite = input.text('suite');
    const [rate, hours, scenes] = [input.number('rate'), input.number('hours'), input.number('scenes')];
    const client = await surroundings.connect();
    await followJob(client, surroundings, () =>
      client.simulate.start({
        ...{ out, seed: input.number('seed') ?? 1 },
        ...(suite !== undefined && { suite }),
        ...(rate !== undefined && { rate }),
        ...(hours !== undefined && { hours }),
        ...(scenes !== undefined && { scenes }),
      }),
    );
    const what = suite === undefined ? 'The sample archive' : `The suite ${suite}`;
    surroundings.output.result(
      { type: 'simulated', out, ...(suite !== undefined && { suite }) },
      `${what} is in ${out}; \`anom-pi scan\` looks through it.`,
    );
    return 0;
  },
};
