/** The work of each kind of job. */
import type { EventSink } from '../contract/service.ts';
import type { Job } from '../contract/job.ts';
import { fetchModels, type FetchStage } from '../inference/index.ts';
import type { JsonValue, Store } from '../store/index.ts';
import type { Supervisor } from '../workers/index.ts';
import type { DataFolder } from './data-folder.ts';
import { runImport } from './import-job.ts';
import type { JobWork } from './jobs.ts';
import type { Nets } from './nets.ts';
import { runScanJob, type ScanParams } from './scan-job.ts';
import type { SettingsService } from './settings.ts';
import type { Tasks } from './tasks.ts';

export interface WorkParts {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly supervisor: Supervisor;
  readonly events: EventSink;
  readonly settings: SettingsService;
  readonly folder: DataFolder;
  readonly nets: Nets;
  readonly now: () => number;
}

export function createWorks(parts: WorkParts): Readonly<Record<Job['kind'], JobWork>> {
  const { store, tasks, supervisor, events, settings, now } = parts;
  const importTools = { store, tasks, settings: () => settings.get(), now };
  return {
    import: async (params, context) => {
      await runImport(importTools, paramsOf<{ folders: string[] }>(params).folders, context);
    },
    scan: async (params, context) => {
      const request = paramsOf<ScanParams>(params);
      await runScanJob(
        {
          ...{ store, tasks, events, now },
          nets: () => parts.nets.choose(context.signal),
          models: await parts.nets.modelsId(),
          recordingsAtOnce: supervisor.workerCount + 1,
          residentBytes: () => process.memoryUsage.rss() + supervisor.residentBytes(),
          importFolders: (folders) => runImport({ ...importTools, again: request.again }, folders, context),
        },
        request,
        context,
      );
    },
    models: async (_params, { signal, progress }) => {
      // Those that came with the program do as well.
      if ((await parts.nets.level()) === 'both') return;
      await fetchModels(parts.folder.models, { signal, onProgress: (stage) => progress(fetchProgress(stage)) });
    },
    simulate: async (params, { signal, progress }) => {
      const { out, seed, scenes } = paramsOf<{ out: string; seed: number; scenes?: number }>(params);
      const wanted = { out, seed, scenes: scenes ?? null };
      await tasks.run('simulate', wanted, {}, () => [], {
        signal,
        onProgress: ({ done, total }) => progress({ done, total, unit: 'frames', label: out }),
      });
    },
  };
}

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
