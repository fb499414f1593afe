/** The work of each kind of job. */
import { availableParallelism } from 'node:os';
import type { EventSink } from '../contract/service.ts';
import type { Job } from '../contract/job.ts';
import { fetchModels, type FetchStage } from '../inference/index.ts';
import { simulateArchive, suiteNamed, type MakeRecording, type SuiteOptions } from '../simulation/index.ts';
import type { JsonValue, Store } from '../store/index.ts';
import type { Supervisor } from '../workers/index.ts';
import type { DataFolder } from './data-folder.ts';
import { type EvaluationTools, runEvaluation } from './evaluation/evaluation-job.ts';
import type { EvaluationRequest } from './evaluation/request.ts';
import { runExport } from './export/export-job.ts';
import { createExportResults } from './export/export-results.ts';
import { printPage } from './export/print-page.ts';
import type { ExportRequest } from './export/request.ts';
import { runImport } from './import-job.ts';
import type { JobContext, JobWork } from './jobs.ts';
import type { Nets } from './nets.ts';
import { type ComparisonRequest, runComparison } from './policies/comparison-job.ts';
import type { Policies } from './policies/policies.ts';
import { resolvePolicy } from './policies/find-version.ts';
import { runScanJob, type ScanParams } from './scan-job.ts';
import type { SettingsService } from './settings.ts';
import type { Tasks } from './tasks.ts';
import { runTraining, type TrainRequest } from './training/train-job.ts';

export interface WorkParts {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly supervisor: Supervisor;
  readonly events: EventSink;
  readonly settings: SettingsService;
  readonly folder: DataFolder;
  readonly nets: Nets;
  readonly evaluation: Pick<EvaluationTools, 'cache' | 'results'>;
  readonly policies: Pick<Policies, 'add'>;
  readonly version: string;
  readonly now: () => number;
}

export function createWorks(parts: WorkParts): Readonly<Record<Job['kind'], JobWork>> {
  const { store, tasks, supervisor, events, settings, now } = parts;
  const importTools = { store, tasks, settings: () => settings.get(), now };

  async function scan(request: ScanParams, context: JobContext, importContext = context): Promise<void> {
    await runScanJob(
      {
        ...{ store, tasks, events, now },
        nets: () => parts.nets.choose(context.signal),
        models: await parts.nets.modelsId(),
        framesPerMinute: () => settings.get().framesPerMinute,
        recordingsAtOnce: supervisor.workerCount + 1,
        residentBytes: () => process.memoryUsage.rss() + supervisor.residentBytes(),
        importFolders: (folders) => runImport({ ...importTools, again: request.again }, folders, importContext),
      },
      request,
      context,
    );
  }

  async function simulate(
    { out, suite: name = 'sample', ...options }: SimulateParams,
    context: JobContext,
  ): Promise<void> {
    const { signal } = context;
    const suite = suiteNamed(name, options);
    const make: MakeRecording = (number, known, onProgress) =>
      tasks.run('simulate', { out, suite: name, options, number, known }, {}, () => [], {
        signal,
        onProgress: ({ done }) => onProgress(done),
      });
    await simulateArchive({
      ...{ out, suite, make, signal, seed: options.seed, atOnce: supervisor.workerCount },
      onProgress: ({ done, total, label }) => context.progress({ done, total, unit: 'frames', label }),
    });
  }

  return {
    import: async (params, context) => {
      const { folders = [], files = [] } = paramsOf<{ folders?: string[]; files?: string[] }>(params);
      await runImport(importTools, [...folders, ...files], context);
    },
    scan: (params, context) => scan(paramsOf<ScanParams>(params), context),
    simulate: (params, context) => simulate(paramsOf<SimulateParams>(params), context),
    // Every stage leaves what is complete as it is, so that a resumed job goes through the finished ones at once.
    samples: async (params, context) => {
      const { framesPerMinute, scenes } = paramsOf<SamplesParams>(params);
      const out = parts.folder.samples;
      const sample = { out, suite: 'sample', seed: sampleSeed, ...(scenes !== undefined && { scenes }) };
      await simulate(sample, labelled(context, 'rendering'));
      const request = { folders: [out], policy: 'rules', framesPerMinute, again: false };
      await scan(request, labelled(context, 'scanning'), labelled(context, 'importing'));
    },
    evaluation: (params, context) =>
      runEvaluation(
        {
          ...{ ...parts.evaluation, tasks, now },
          nets: (signal) => parts.nets.choose(signal),
          modelsId: () => parts.nets.modelsId(),
          policyMeant: (text) => resolvePolicy(store, text),
          recordingsAtOnce: supervisor.workerCount + 1,
          incoming: parts.folder.incoming,
        },
        paramsOf<EvaluationRequest>(params),
        context,
      ),
    export: (params, context) =>
      runExport(
        {
          ...{ store, tasks, now, nets: parts.nets, folder: parts.folder, version: parts.version, print: printPage },
          ...{
            keyFile: parts.folder.evidenceKey,
            results: createExportResults(parts.folder.exports, now),
            settings: () => settings.get(),
          },
        },
        paramsOf<ExportRequest>(params),
        context,
      ),
    compare: (params, context) =>
      runComparison(
        {
          ...{ store, tasks, now },
          nets: (signal) => parts.nets.choose(signal),
          modelsId: () => parts.nets.modelsId(),
          recordingsAtOnce: supervisor.workerCount + 1,
        },
        paramsOf<ComparisonRequest>(params),
        context,
      ),
    train: async (params, context) =>
      runTraining(
        {
          ...{ store, tasks, events, now, policies: parts.policies, cache: parts.evaluation.cache },
          settings: () => settings.get(),
          nets: (signal) => parts.nets.choose(signal),
          models: await parts.nets.modelsId(),
          recordingsAtOnce: supervisor.workerCount + 1,
          folder: parts.folder.training,
          threads: availableParallelism(),
          guardRecordings,
        },
        paramsOf<TrainRequest>(params),
        context,
      ),
    models: async (_params, { signal, progress }) => {
      // Those that came with the program do as well.
      if ((await parts.nets.level()) === 'both') return;
      await fetchModels(parts.folder.models, { signal, onProgress: (stage) => progress(fetchProgress(stage)) });
    },
  };
}

interface SimulateParams extends SuiteOptions {
  readonly out: string;
  /** Absent in jobs of a time that knew the sample only. */
  readonly suite?: string;
}

interface SamplesParams {
  readonly framesPerMinute: number;
  /** The first so many recordings; all where absent. */
  readonly scenes?: number | undefined;
}

/** So that a fall of a tenth of what utility can be is seen. Ours. */
const guardRecordings = 32;

/** Everybody gets the same sample archive, so that a handbook may speak of what is in it. */
const sampleSeed = 1;

/** A context whose progress says which stage of the job it belongs to. */
const labelled = (context: JobContext, stage: string): JobContext => ({
  ...context,
  progress: (state) => context.progress({ ...state, label: `${stage} ${state.label}` }),
});

/** Params were checked by the contract before the job was stored. */
const paramsOf = <P>(params: JsonValue): P => params as unknown as P;

const fetchLabels: Readonly<Record<FetchStage, string>> = {
  download: 'fetching the models (145 MB)',
  verify: 'verifying',
  unpack: 'unpacking',
  convert: 'converting',
  done: 'done',
};

function fetchProgress(stage: FetchStage) {
  const stages = Object.keys(fetchLabels);
  const done = stages.indexOf(stage);
  return { done, total: stages.length - 1, unit: 'files', label: fetchLabels[stage] } as const;
}
