/** The evaluation as a job: reads the data set, has it looked at, tabulates, and keeps the result with its report. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Evaluation } from '../../contract/evaluation.ts';
import { type DataSet, readDataSet } from '../../evaluation/labels/index.ts';
import { reportHtml } from '../../evaluation/report/index.ts';
import { type EvaluationFigures, smoothingInWords } from '../../evaluation/run/index.ts';
import { perceptionKey } from '../../perception/index.ts';
import type { LabelledPolicy, NetsChoice, PolicyChoice } from '../../workers/index.ts';
import type { JobContext } from '../jobs.ts';
import type { MediaCache } from '../media-cache.ts';
import type { Tasks } from '../tasks.ts';
import { readCosts } from './costs.ts';
import { commandOf, type EvaluationRequest, formatOf, policiesOf } from './request.ts';
import { evaluateReplay } from './replay-evaluation.ts';
import type { Results } from './results.ts';
import { createSeen } from './seen.ts';
import { thumbnails } from './thumbnails.ts';
import { evaluateVideos, type MadeOfDataSet } from './video-evaluation.ts';

export interface EvaluationTools {
  readonly tasks: Tasks;
  readonly cache: MediaCache;
  readonly results: Results;
  /** Asked for only when a frame has to be looked at. */
  readonly nets: (signal: AbortSignal) => Promise<NetsChoice>;
  readonly modelsId: () => Promise<string>;
  /** The policy that a person means; see `resolvePolicy`. */
  readonly policyMeant: (text: string) => PolicyChoice;
  readonly recordingsAtOnce: number;
  /** Takes what is being worked on, on the cache's disk. */
  readonly incoming: string;
  readonly now: () => number;
}

/**
 * Runs the evaluation `context.job` and keeps its result under that id. What was seen stays cached whatever interrupts it.
 * Errors: those of reading the data set, and of its videos where none can be read; `cancelled`; `disk-full`.
 */
export async function runEvaluation(
  tools: EvaluationTools,
  request: EvaluationRequest,
  context: JobContext,
): Promise<void> {
  const { signal } = context;
  const dataSet = await readDataSet(request.dataset, formatOf(request), {
    ...(request.normalClass !== undefined && { normalClass: request.normalClass }),
    ...(request.labels !== undefined && { labels: request.labels }),
  });
  const policies = policiesOf(request, dataSet.format, tools.policyMeant);
  const folder = join(tools.incoming, randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    const { tasks, recordingsAtOnce } = tools;
    const { seed, share = null } = request;
    const made =
      dataSet.format === 'replay'
        ? await evaluateReplay({ tasks, recordingsAtOnce, folder }, dataSet, { policies, seed, share }, context)
        : await lookAtVideos(tools, dataSet, policies, request, folder, context);
    const evaluation = await tabulated(tools, dataSet, policies, request, made, signal);
    const pictures = await thumbnails(tasks, evaluation, made.videos, signal);
    await tools.results.put(context.job, evaluation, reportHtml(evaluation, pictures));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lookAtVideos(
  { tasks, cache, recordingsAtOnce, modelsId, nets: chooseNets }: EvaluationTools,
  dataSet: DataSet,
  policies: readonly LabelledPolicy[],
  { seed, normal, framesPerMinute, folds }: EvaluationRequest,
  folder: string,
  context: JobContext,
): Promise<MadeOfDataSet> {
  const models = await modelsId();
  const costs = await readCosts(cache, perceptionKey(models));
  const nets = () => chooseNets(context.signal);
  const seen = createSeen({ ...{ cache, tasks, models, costs, nets } });
  return await evaluateVideos(
    { ...{ seen, tasks, costs, nets, folder, recordingsAtOnce } },
    dataSet,
    {
      ...{ policies, seed, fitsHead: folds === 'by-source' },
      ...{ normal: normal ?? null, framesPerMinute: framesPerMinute ?? null },
    },
    context,
  ).finally(() => costs.keep(folder));
}

async function tabulated(
  { tasks, now }: EvaluationTools,
  dataSet: DataSet,
  policies: readonly LabelledPolicy[],
  request: EvaluationRequest,
  made: MadeOfDataSet,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { seed, smoothing } = request;
  const { recordings, clips, files } = made;
  const systems = request.scores.map(({ name }, index) => ({ name, scores: `system-${index}` }));
  const systemFiles = Object.fromEntries(request.scores.map(({ path }, index) => [`system-${index}`, path]));
  const { figures, notes } = await tasks.runAside(
    'tabulate',
    {
      ...{ dataset: dataSet.name, recordings, clips, systems, seed, smoothing },
      policies: policies.map(({ label }) => label),
    },
    { files: { ...files, ...systemFiles } },
    async (result, pathOf) => ({
      figures: JSON.parse(await readFile(pathOf(result.figures), 'utf8')) as EvaluationFigures,
      notes: result.notes,
    }),
    { signal },
  );
  return {
    dataset: dataSet.name,
    format: dataSet.format,
    command: commandOf(request),
    createdAtMs: now(),
    machine: machineInWords(),
    seed,
    smoothing: smoothingInWords(smoothing),
    ...figures,
    missing: [...dataSet.missing, ...made.missing],
    notes: [...made.notes, ...policies.flatMap(versionNote), ...notes],
  };
}

/** What the name of a row stands for, where that changes with time. */
const versionNote = ({ label, policy }: LabelledPolicy): string[] =>
  policy.weights === null ? [] : [`The policy ${label} is version ${policy.version} of ${policy.name}.`];

function machineInWords(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'processor unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
