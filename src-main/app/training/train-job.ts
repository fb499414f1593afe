/** A training run as a job: gathers what it learns from, has a worker train and judge, and makes a version of the outcome. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSetFormat } from '../../contract/evaluation.ts';
import type { EventSink } from '../../contract/service.ts';
import type { KnownSettings } from '../../contract/settings.ts';
import type { TrainingPoint } from '../../contract/training.ts';
import type { JsonValue } from '../../store/index.ts';
import { gateReport } from '../../training/gate/gate.ts';
import type { TaskResult } from '../../workers/index.ts';
import type { JobContext } from '../jobs.ts';
import { findVersion } from '../policies/find-version.ts';
import type { Policies } from '../policies/policies.ts';
import { type DataSetTools, dataSetMaterial } from './data-set-material.ts';
import { materialHash, planIn, type RunPlan } from './run-plan.ts';
import { type MaterialTools, verdictMaterial } from './verdict-material.ts';

export interface TrainRequest {
  /** Id of the version to begin with. */
  readonly from: string;
  readonly name: string;
  readonly rounds: number;
  readonly rollouts: number;
  readonly seed: number;
  readonly dataset?: string | undefined;
  readonly format?: DataSetFormat | undefined;
}

export interface TrainTools extends MaterialTools, Pick<DataSetTools, 'cache'> {
  readonly policies: Pick<Policies, 'add'>;
  readonly events: EventSink;
  readonly settings: () => KnownSettings;
  /** Takes a folder for each run. */
  readonly folder: string;
  /** Of one inference run in training. */
  readonly threads: number;
  /** Simulated recordings on which a version must not be worse than the one that it came from. */
  readonly guardRecordings: number;
}

/**
 * Runs the training `context.job`. Where it was cut off it goes on from its last checkpoint, with what it was given then.
 * Errors: those of the material; `worker-timeout` where it took too long; `cancelled`; `disk-full`.
 */
export async function runTraining(tools: TrainTools, request: TrainRequest, context: JobContext): Promise<void> {
  const { store, now } = tools;
  const { job: id, signal } = context;
  const { rounds, rollouts, seed, name } = request;
  // Its version stands already: only the job's last word was lost.
  if (store.trainingRuns.get(id)?.endedAtMs != null) return;
  const from = findVersion(store, request.from);
  store.trainingRuns.begin({ id, name, from: from.id, settings: { rounds, rollouts, seed } }, now());
  const folder = join(tools.folder, id);
  const plan = await planIn(folder, () => gather(tools, request, { ...from, folder }, context));
  store.trainingRuns.setData(id, plan.data);

  const trained = await train(tools, request, plan, { folder, weights: from.weights }, context);
  const gate = gateReport(trained.checks);
  const curves = store.trainingRuns.points(id);
  signal.throwIfAborted();
  // Nothing was learned: another version of the same weights would say that something was.
  const version =
    trained.weights === from.weights
      ? null
      : tools.policies.add({
          ...{ policy: 'nano', origin: 'trained', name, parents: [from.id], seed, curves, gate },
          ...{ weights: trained.weights, bytes: trained.bytes, createdAtMs: now() },
          settings: { ...plain(trained.settings), threads: plan.threads },
          data: { ...plain(plan.data), ...plan.sources, material: materialHash(plan) },
        });
  store.trainingRuns.finish(id, { gate, version: version?.id ?? null, stopped: trained.stopped }, now());
  await rm(folder, { recursive: true, force: true });
}

function gather(
  tools: TrainTools,
  request: TrainRequest,
  from: { readonly id: string; readonly weights: string; readonly folder: string },
  { signal, progress }: JobContext,
): Promise<RunPlan> {
  const { framesPerMinute, trainingFramesPerEpisode } = tools.settings();
  const wanted = {
    policy: { name: 'nano', version: from.id, weights: from.weights },
    ...{ framesPerMinute, framesPerEpisode: trainingFramesPerEpisode },
    ...{ seed: request.seed, threads: tools.threads, signal },
    onProgress: (done: number, total: number, label: string) => progress({ done, total, unit: 'files', label }),
  };
  const { dataset, format } = request;
  return dataset === undefined
    ? verdictMaterial(tools, wanted)
    : dataSetMaterial(tools, { ...wanted, dataset, format: format ?? null, folder: from.folder });
}

async function train(
  { store, tasks, events, settings, guardRecordings }: TrainTools,
  { rounds, rollouts, seed, name }: TrainRequest,
  plan: RunPlan,
  { folder, weights }: { readonly folder: string; readonly weights: string },
  { job, signal, progress }: JobContext,
): Promise<TaskResult<'train'>> {
  const { trainingRuns } = store;
  const tell = (point: TrainingPoint) => {
    if (trainingRuns.addPoint(job, point)) events.emit('training.curve', { job, point });
  };
  const before = trainingRuns.get(job)?.last?.seconds ?? 0;
  return await tasks.run(
    'train',
    {
      ...{ folder: 'folder', weights, material: plan.material, rounds, rollouts, seed, threads: plan.threads },
      guardRecordings,
      learnedFrom: plan.material.kind === 'replay' ? 'replays' : plan.data.kind === 'verdicts' ? 'verdicts' : 'clips',
      ...{ mostSeconds: 60 * settings().trainingMinutes, secondsBefore: before },
    },
    { blobs: [weights, ...plan.blobs], files: { ...plan.files, folder } },
    (result) => [result.weights],
    {
      signal,
      onProgress: ({ done, total, point }) => {
        if (point !== undefined) tell(point);
        progress({ done, total, unit: 'steps', label: name });
      },
    },
  );
}

/** What is JSON already, without the members that are not there. */
const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Readonly<Record<string, JsonValue>>;
