/** Pictures of the recordings that a report names as failures, as `data:` URLs. */
import { readFile } from 'node:fs/promises';
import { appErrorFrom } from '../../contract/errors.ts';
import type { EvaluatedRecording, Evaluation } from '../../contract/evaluation.ts';
import { picturedRecordings } from '../../evaluation/report/index.ts';
import type { Tasks } from '../tasks.ts';

/** Pixels. */
const width = 320;

/** By recording name. A recording of which none can be made is left out: its figures stand all the same. */
export async function thumbnails(
  tasks: Tasks,
  evaluation: Evaluation,
  videos: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  for (const name of picturedRecordings(evaluation)) {
    const path = videos.get(name);
    const recording = evaluation.recordings.find((each) => each.name === name);
    if (path === undefined || recording === undefined || pictures.has(name)) continue;
    try {
      const picture = await tasks.runAside(
        'picture',
        { recording: name, seconds: tellingMoment(recording), width },
        { recordings: { [name]: path } },
        (made, pathOf) => readFile(pathOf(made.picture)),
        { signal },
      );
      pictures.set(name, `data:image/jpeg;base64,${picture.toString('base64')}`);
    } catch (error) {
      const { code } = appErrorFrom(error);
      if (code === 'cancelled' || code === 'disk-full') throw error;
    }
  }
  return pictures;
}

/** The middle of what should have been found; of a normal recording the moment with the highest score of any policy. */
function tellingMoment({ anomalies, assessments, seconds }: EvaluatedRecording): number {
  const [first] = anomalies ?? [];
  if (first !== undefined) return Math.min(seconds, (first.start + first.end) / 2);
  let [best, share] = [-1, 0.5];
  for (const { curve } of assessments) {
    const highest = curve.reduce((most, score) => Math.max(most, score), -1);
    if (highest <= best || curve.length === 0) continue;
    best = highest;
    share = (curve.indexOf(highest) + 0.5) / curve.length;
  }
  return share * seconds;
}
