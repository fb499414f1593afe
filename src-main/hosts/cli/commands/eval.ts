/** `anom-pi eval`: measure policies on labelled footage, as a table, as JSON lines, and as a report. */
import { access, copyFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { dataFolderAt } from '../../../app/data-folder.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';
import { foundAnnotations } from '../../../evaluation/exports/index.ts';
import type { Client } from '../../../contract/service.ts';
import type { Command, CommandInput, Surroundings } from '../command.ts';
import { evaluationText, missingText, rowText } from '../evaluation-text.ts';
import { followJob } from '../follow-job.ts';

export const evalCommand: Command = {
  name: 'eval',
  usage: [
    'DATASET [--format NAME] [--normal FOLDER] [--normal-class NAME] [--labels FILE] [--policy NAME]…',
    '  [--folds by-source] [--scores NAME=FILE]… [--smoothing SECONDS] [--budget FRAMES_PER_MINUTE] [--segments SHARE] [--seed N]',
    '  [--report FILE.html] [--annotations FILE.json]',
  ].join('\n'),
  summary: 'measure how well policies find what is labelled in a data set',
  options: {
    format: { type: 'string' },
    normal: { type: 'string' },
    'normal-class': { type: 'string' },
    labels: { type: 'string' },
    policy: { type: 'string', multiple: true },
    folds: { type: 'string' },
    scores: { type: 'string', multiple: true },
    smoothing: { type: 'string' },
    budget: { type: 'string' },
    segments: { type: 'string' },
    seed: { type: 'string' },
    report: { type: 'string' },
    annotations: { type: 'string' },
  },
  positionals: [1, 1],
  async run(input, surroundings) {
    const { output, dataFolder } = surroundings;
    const params = paramsFrom(input, surroundings);
    const report = input.text('report');
    const target = report === undefined ? null : surroundings.absolute(report);
    if (target !== null) await requireFolder(dirname(target));
    const annotations = input.text('annotations');
    const found = annotations === undefined ? null : surroundings.absolute(annotations);
    if (found !== null) await requireFolder(dirname(found));
    const client = await surroundings.connect();
    const job = await followJob(client, surroundings, () => client.evaluations.start(params));
    const { evaluation } = await client.evaluations.get({ id: job.id });
    print(evaluation, surroundings);
    if (target !== null) {
      await copyFile(join(dataFolderAt(dataFolder).evaluations, `${job.id}.html`), target);
      output.note(`The report is in ${target}.`);
    }
    if (found !== null) await writeAnnotations(evaluation, found, surroundings);
    return 0;
  },
};

/** What each policy flagged, in ActivityNet's form: in the file named, or with several policies in one for each beside it. */
async function writeAnnotations(evaluation: Evaluation, file: string, { output }: Surroundings): Promise<void> {
  const extension = extname(file);
  for (const { policy } of evaluation.rows) {
    const own = `${file.slice(0, file.length - extension.length)}.${policy}${extension}`;
    const path = evaluation.rows.length === 1 ? file : own;
    await writeFile(path, foundAnnotations(evaluation, policy));
    output.note(`What ${policy} flagged is in ${path}.`);
  }
}

type Params = Parameters<Client['evaluations']['start']>[0];

function paramsFrom(input: CommandInput, { absolute }: Pick<Surroundings, 'absolute'>): Params {
  const [dataset = ''] = input.positionals;
  const folds = input.text('folds');
  if (folds !== undefined && folds !== 'by-source') {
    throw new AppError('invalid-argument', `--folds takes by-source, not '${folds}'.`);
  }
  const path = (option: string) => {
    const typed = input.text(option);
    return typed === undefined ? undefined : absolute(typed);
  };
  const given = {
    format: input.text('format'),
    normal: path('normal'),
    normalClass: input.text('normal-class'),
    labels: path('labels'),
    folds,
    smoothing: input.number('smoothing'),
    framesPerMinute: input.number('budget'),
    share: input.number('segments'),
    seed: input.number('seed'),
  };
  const policies = input.texts('policy');
  return {
    dataset: absolute(dataset),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(policies.length > 0 && { policies: [...policies] }),
    scores: input.texts('scores').map((typed) => scoresFrom(typed, absolute)),
    command: `anom-pi eval ${input.typed.map(quoted).join(' ')}`,
  };
}

function scoresFrom(typed: string, absolute: Surroundings['absolute']) {
  const [, name, path] = /^([^=]+)=(.+)$/su.exec(typed) ?? [];
  if (name === undefined || path === undefined) {
    throw new AppError('invalid-argument', `--scores takes NAME=FILE, not '${typed}'.`);
  }
  return { name, path: absolute(path) };
}

/** Now and not after an hour of looking. */
async function requireFolder(folder: string): Promise<void> {
  await access(folder).catch((error: unknown) => {
    throw new AppError('not-found', `There is no folder ${folder} to write to.`, { cause: error });
  });
}

/** As a shell takes it. */
const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function print(evaluation: Evaluation, { output }: Pick<Surroundings, 'output'>): void {
  if (evaluation.missing.length > 0) output.note(missingText(evaluation));
  if (output.json) for (const row of evaluation.rows) output.result(row, rowText(row));
  else output.result(null, evaluationText(evaluation));
  if (output.json) for (const note of evaluation.notes) output.note(note);
}
