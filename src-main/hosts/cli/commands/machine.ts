/** `anom-pi doctor`, `models`, `jobs` and `settings`: the machine and long work. */
import { AppError } from '../../../contract/errors.ts';
import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { lineText } from './scan.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  summary: 'say what runs on this machine, what does not, and why',
  options: {},
  positionals: [0, 0],
  async run(_input, { output, connect }) {
    const client = await connect();
    const { checks } = await client.doctor.run();
    const marks = { ok: '✓', degraded: '–', failed: '✗', absent: ' ' } as const;
    for (const check of checks) {
      const wayOut = check.wayOut === undefined ? '' : `\n    → ${check.wayOut}`;
      output.result({ type: 'check', ...check }, `${marks[check.state]} ${check.name}: ${check.detail}${wayOut}`);
    }
    return checks.some((check) => check.state === 'failed') ? 1 : 0;
  },
};

export const modelsCommand: Command = {
  name: 'models',
  usage: '',
  summary: 'fetch and convert the neural models, where they are not there yet',
  options: {},
  positionals: [0, 0],
  async run(_input, surroundings) {
    const client = await surroundings.connect();
    const job = await followJob(client, surroundings, () => client.models.fetch());
    surroundings.output.result({ type: 'job', ...job }, 'The models are in place.');
    return 0;
  },
};

export const jobsCommand: Command = {
  name: 'jobs',
  usage: '[cancel|resume JOB]',
  summary: 'list long work, stop it, or go on with it',
  options: {},
  positionals: [0, 2],
  async run({ positionals: [action, id] }, surroundings) {
    const { output } = surroundings;
    const client = await surroundings.connect();
    if (action === undefined) {
      for (const job of (await client.jobs.list()).items) {
        const reason = job.reason === null ? '' : ` · ${job.reason}`;
        const { done, total, unit } = job.progress;
        const progress = `${Math.round(done)}/${Math.round(total)} ${unit}`;
        output.result({ type: 'job', ...job }, `${job.id} · ${job.kind} · ${job.state} · ${progress}${reason}`);
      }
      return 0;
    }
    if ((action !== 'cancel' && action !== 'resume') || id === undefined) {
      throw new AppError('invalid-argument', `Usage: anom-pi jobs ${this.usage}`);
    }
    const job =
      action === 'cancel'
        ? (await client.jobs.cancel({ job: id })).job
        : await followJob(
            client,
            surroundings,
            () => client.jobs.resume({ job: id }),
            (line) => output.result(line, lineText(line)),
          );
    output.result({ type: 'job', ...job }, `${job.id} · ${job.kind} · ${job.state}`);
    return 0;
  },
};

/** As a person types it: `true` and `false` are no texts, and neither are numbers. */
function valueTyped(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

export const settingsCommand: Command = {
  name: 'settings',
  usage: '[NAME [VALUE]]',
  summary: 'show the settings, or change one; an empty VALUE puts it back to its default',
  options: {},
  positionals: [0, 2],
  async run({ positionals: [name, value] }, { output, connect }) {
    const client = await connect();
    const typed = value === undefined || value === '' ? null : valueTyped(value);
    const { settings } =
      name === undefined || value === undefined
        ? await client.settings.get()
        : await client.settings.set({ settings: { [name]: typed } });
    for (const [known, current] of Object.entries(settings)) {
      if (name === undefined || name === known) {
        output.result({ type: 'setting', name: known, value: current }, `${known} = ${String(current)}`);
      }
    }
    if (name === undefined || name in settings) return 0;
    throw new AppError('invalid-argument', `There is no setting '${name}'; \`anom-pi settings\` lists them.`);
  },
};
