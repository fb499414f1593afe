/** A labelled data set as the material of a run, of which only the video-level labels are used. */
import { copyFile, link, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, appErrorFrom, type ErrorCode } from '../../contract/errors.ts';
import type { DataSetFormat } from '../../contract/evaluation.ts';
import { normalClass } from '../../contract/taxonomy.ts';
import { type DataSet, type DataSetRecording, readDataSet } from '../../evaluation/labels/index.ts';
import { budgetFor, episodesFromActivity } from '../../inquiry/index.ts';
import { perceptionKey, readTriage } from '../../perception/index.ts';
import type { VideoLabel } from '../../training/aei/terms.ts';
import { replayTasks } from '../../training/data-set/replay-tasks.ts';
import { peakOf, weaklyLabelled } from '../../training/data-set/weak-labels.ts';
import { type EpisodeAgain, type TrainingEpisode, workerLosses } from '../../workers/index.ts';
import { readCosts } from '../evaluation/costs.ts';
import { createSeen, type Seen } from '../evaluation/seen.ts';
import { inParallel } from '../in-parallel.ts';
import type { MediaCache } from '../media-cache.ts';
import type { RunPlan } from './run-plan.ts';
import type { MaterialRequest, MaterialTools } from './verdict-material.ts';

export interface DataSetTools extends Pick<MaterialTools, 'tasks' | 'nets' | 'models' | 'recordingsAtOnce'> {
  /** What evaluations have seen of footage that belongs to no archive. */
  readonly cache: MediaCache;
}

export interface DataSetRequest extends MaterialRequest {
  readonly dataset: string;
  readonly format: DataSetFormat | null;
  /** Keeps what the run needs for as long as it takes. */
  readonly folder: string;
}

/** The fault of one file: it is left out. */
const faultsOfFile: ReadonlySet<ErrorCode> = new Set([
  ...workerLosses,
  ...(['file-unreadable', 'no-video', 'not-found', 'permission-denied', 'video-damaged', 'video-unsupported'] as const),
]);

/** Errors: those of reading the data set; `invalid-argument` where it has not both labels; `cancelled`. */
export async function dataSetMaterial(tools: DataSetTools, request: DataSetRequest): Promise<RunPlan> {
  const dataSet = await readDataSet(request.dataset, request.format);
  const plan =
    dataSet.format === 'replay' ? await replayMaterial(dataSet, request) : await videoMaterial(tools, dataSet, request);
  const { data } = plan;
  if (data.incidents === 0 || data.innocent === 0) {
    const lacking = data.incidents === 0 ? 'with an incident' : 'without one';
    throw new AppError('invalid-argument', `${request.dataset}: there is no recording ${lacking} to learn from.`);
  }
  return plan;
}

const dataOf = ({ name, format, missing }: DataSet, labels: readonly VideoLabel[], unread: number) => ({
  ...({ kind: 'data-set', dataset: name, format, missing: missing.length + unread } as const),
  incidents: labels.filter((label) => label === 1).length,
  innocent: labels.filter((label) => label === 0).length,
});

async function replayMaterial(dataSet: DataSet, { threads }: DataSetRequest): Promise<RunPlan> {
  const path = dataSet.recordings[0]?.labelled.place.file ?? '';
  const labels = replayTasks(await readFile(path, 'utf8'), path).map(({ task }) => task.truth.label);
  return {
    ...{ material: { kind: 'replay', file: 'replay' }, blobs: [], files: { replay: path }, threads },
    ...{ data: dataOf(dataSet, labels, 0), sources: { dataset: dataSet.name } },
  };
}

interface Planned {
  readonly episodes: readonly TrainingEpisode[];
  readonly files: Readonly<Record<string, string>>;
}

async function videoMaterial(tools: DataSetTools, dataSet: DataSet, request: DataSetRequest): Promise<RunPlan> {
  const { cache, tasks, models, nets } = tools;
  const { signal, onProgress, folder } = request;
  await mkdir(folder, { recursive: true });
  const costs = await readCosts(cache, perceptionKey(models));
  const seen = createSeen({ cache, tasks, models, costs, nets: () => nets(signal) });
  const planned: Planned[] = [];
  const { recordings } = dataSet;
  let [done, unread] = [0, 0];
  await inParallel(
    recordings.map((recording, number) => ({ recording, number })),
    tools.recordingsAtOnce,
    async ({ recording, number }) => {
      try {
        planned[number] = await planRecording({ ...tools, seen }, recording, number, request);
      } catch (error) {
        if (!faultsOfFile.has(appErrorFrom(error).code)) throw error;
        unread++;
      }
      onProgress(++done, recordings.length, recording.name);
    },
  );
  const kept = planned.flatMap((each) => each);
  const episodes = kept.flatMap((each) => each.episodes);
  return {
    material: { kind: 'episodes', episodes },
    blobs: [],
    files: Object.assign({}, ...kept.map(({ files }) => files)) as Record<string, string>,
    data: dataOf(
      dataSet,
      episodes.map(({ truth }) => truth.label),
      unread,
    ),
    sources: { dataset: dataSet.name },
    threads: request.threads,
  };
}

const labelOf = ({ level, labelled }: DataSetRecording): VideoLabel =>
  level === 'recording' ? (labelled.class === normalClass ? 0 : 1) : labelled.anomalies.length > 0 ? 1 : 0;

async function planRecording(
  { tasks, nets, seen }: DataSetTools & { readonly seen: Seen },
  recording: DataSetRecording,
  number: number,
  request: DataSetRequest,
): Promise<Planned> {
  const { signal, folder, policy, seed, framesPerEpisode: mostFrames } = request;
  if (recording.path === null) throw new AppError('not-found', `${recording.name} has no video.`);
  const footage = await seen.footage(recording.path, signal);
  const files: Record<string, string> = {};
  const keep = async (path: string) => {
    const name = `${number}-${Object.keys(files).length}`;
    files[name] = join(folder, `${name}.seen`);
    await linked(path, files[name]);
    return name;
  };
  using held = await seen.triage(footage, signal);
  using frames = await seen.cached(footage);
  const triage = await keep(held.path);
  const cached: string[] = [];
  for (const path of Object.values(frames.files)) cached.push(await keep(path));

  const { activity, seconds } = readTriage(await readFile(held.path));
  const labelled = weaklyLabelled(episodesFromActivity(activity, seconds), labelOf(recording), (episode) =>
    peakOf(activity.activity, episode),
  );
  const episodes: TrainingEpisode[] = [];
  for (const { episode, truth } of labelled) {
    const again: EpisodeAgain = {
      ...{ recording: footage.id, triage, episode, cached, normality: null, zones: [], question: [] },
      budget: budgetFor('nano', episode, request.framesPerMinute),
    };
    const made = await tasks.runAside(
      'look-ahead',
      { ...again, spans: [], policy, mostFrames, seed, nets: await nets(signal) },
      {
        recordings: { [footage.id]: footage.path },
        blobs: policy.weights === null ? [] : [policy.weights],
        files,
      },
      async ({ frames: own }, pathOf) => (own === null ? [] : [await keep(pathOf(own.blob))]),
      { signal },
    );
    episodes.push({ ...again, cached: [...cached, ...made], truth, corrects: [], preferences: [] });
  }
  return { episodes, files };
}

/** The same file under another name, so that it stays when a cache gives it up; a copy where the disk is another one. */
async function linked(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) await copyFile(from, to);
  });
}
