/** What a run learns from, as tasks of rollouts, each with the recording that it has in common with others. */
import { readFile } from 'node:fs/promises';
import { appErrorFrom } from '../../contract/errors.ts';
import { upgradeTrajectory, type Trajectory } from '../../contract/trajectory.ts';
import { replayTasks, type SourcedTask } from '../../training/data-set/replay-tasks.ts';
import type { RoundTask } from '../../training/rounds/round-task.ts';
import type { BlobHash, TrainingEpisode, TrainingMaterial } from '../protocol/index.ts';
import type { TaskContext } from '../task.ts';
import { openEpisode, watcherOfEpisode } from './episode-again.ts';

/** Errors: `invalid-argument` for a replay file that is none; those of reading blobs. */
export async function roundTasks(
  material: TrainingMaterial,
  context: Pick<TaskContext, 'blobPath' | 'signal'>,
): Promise<SourcedTask[]> {
  if (material.kind === 'replay') {
    const path = context.blobPath(material.file);
    return replayTasks(await readFile(path, 'utf8'), path);
  }
  const tasks: SourcedTask[] = [];
  for (const episode of material.episodes) {
    context.signal.throwIfAborted();
    tasks.push({ recording: episode.recording, task: await taskOf(episode, context) });
  }
  return tasks;
}

async function taskOf(planned: TrainingEpisode, context: Pick<TaskContext, 'blobPath'>): Promise<RoundTask> {
  const { recording, episode, truth, budget, question } = planned;
  const read = (hash: BlobHash) => readTrajectory(context.blobPath(hash), planned);
  const corrects = await Promise.all(planned.corrects.map(read));
  const preferences = await Promise.all(
    planned.preferences.map(async (pair) => {
      const [chosen, rejected] = [await read(pair.chosen), await read(pair.rejected)];
      return chosen === null || rejected === null ? [] : [{ chosen, rejected }];
    }),
  );
  return {
    id: `${recording}/${String(episode.start)}`,
    watcher: watcherOfEpisode(await openEpisode(planned, context)),
    ...{ episode, truth, budget, question },
    corrects: corrects.flatMap((trajectory) => trajectory ?? []),
    preferences: preferences.flat(),
  };
}

/** Null where it is gone, of another format, or of another episode or question than what is rolled out. */
async function readTrajectory(path: string, { episode, question }: TrainingEpisode): Promise<Trajectory | null> {
  try {
    const trajectory = upgradeTrajectory(JSON.parse(await readFile(path, 'utf8')));
    const { start, end } = trajectory.episode;
    const isOfIt = start === episode.start && end === episode.end && trajectory.question.join() === question.join();
    return isOfIt ? trajectory : null;
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const isOther = error instanceof SyntaxError || appErrorFrom(error).code === 'invalid-argument';
    if (!isGone && !isOther) throw error;
    // One preference less: what else was said teaches all the same.
    return null;
  }
}
