/** A replay file under policies and comparators: what models once said is looked at instead of video. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { anomaliesInSeconds, type DataSet, labelsOf } from '../../evaluation/labels/index.ts';
import type { LabelledPolicy, TabulatedRecording } from '../../workers/index.ts';
import { inParallel } from '../in-parallel.ts';
import type { JobContext } from '../jobs.ts';
import type { Tasks } from '../tasks.ts';
import { labelRuns } from './label-runs.ts';
import type { MadeOfDataSet } from './video-evaluation.ts';

export interface ReplayTools {
  readonly tasks: Tasks;
  readonly recordingsAtOnce: number;
  /** Takes the scores of each recording. */
  readonly folder: string;
}

/** Recordings of a task: enough that reading the file is little beside them. */
const recordingsPerTask = 16;

/** Errors: those of the file; `cancelled`. */
export async function evaluateReplay(
  { tasks, recordingsAtOnce, folder }: ReplayTools,
  dataSet: DataSet,
  request: {
    readonly policies: readonly LabelledPolicy[];
    readonly seed: number;
    readonly share: number | null;
  },
  { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
): Promise<MadeOfDataSet> {
  const { policies } = request;
  const total = dataSet.recordings.length;
  const path = dataSet.recordings[0]?.labelled.place.file ?? '';
  const made: Pick<TabulatedRecording, 'scores' | 'made'>[] = [];
  const files: Record<string, string> = {};
  const weights = policies.flatMap(({ policy }) => policy.weights ?? []);
  let done = 0;
  const starts = Array.from({ length: Math.ceil(total / recordingsPerTask) }, (_, task) => task * recordingsPerTask);
  await inParallel(starts, recordingsAtOnce, async (first) => {
    const end = Math.min(total, first + recordingsPerTask);
    await tasks.runAside(
      'assess-replay',
      { file: 'replay', first, end, ...request },
      { files: { replay: path }, blobs: weights },
      async ({ recordings }, pathOf) => {
        for (const [index, { scores, efforts }] of recordings.entries()) {
          // Two recordings of which the same is said are one file, which was moved with the first.
          if (files[scores] === undefined) await rename(pathOf(scores), join(folder, scores));
          files[scores] = join(folder, scores);
          made[first + index] = { scores, made: efforts.map((effort) => ({ flags: [], effort })) };
        }
      },
      { signal },
    );
    done += end - first;
    progress({ done, total, unit: 'files', label: dataSet.recordings[end - 1]?.name ?? '' });
  });
  const recordings = dataSet.recordings.flatMap((recording, index) => {
    const { name, replay, labelled } = recording;
    const own = made[index];
    if (replay === null || own === undefined) return [];
    const { frames, framesPerSecond } = replay;
    const labels = labelsOf(recording, { frames, framesPerSecond });
    return [
      {
        ...{ name, class: labelled.class, frames, seconds: frames / framesPerSecond },
        ...{ source: null, fold: null, twin: null, ...own },
        isAnomalous: labels?.includes(1) ?? labelled.anomalies.length > 0,
        anomalousFrames: labels === null ? null : labelRuns(labels),
        anomalies: anomaliesInSeconds(recording, framesPerSecond),
      },
    ];
  });
  const notes = [
    'Frames are segments here: what was looked at is a share of those of both levels, and of a segment and its twin at the other level one look shows both.',
  ];
  return { recordings, files, notes, missing: [], clips: null, videos: new Map() };
}
