/** A labelled replay file as tasks of rollouts: looks answer with what a model once said, and a frame is a segment. */
import { normalClass } from '../../contract/taxonomy.ts';
import type { Budget } from '../../contract/trajectory.ts';
import { readReplayFile, type ReplayRecording } from '../../evaluation/replay/replay-file.ts';
import { replayWorld, segmentsMeeting } from '../../evaluation/replay/replay-world.ts';
import { budgetFor } from '../../inquiry/budget.ts';
import { episodesFromActivity } from '../../inquiry/episodes.ts';
import type { Interval } from '../../math/interval.ts';
import { randomFrom, type Random } from '../../math/random.ts';
import type { RoundTask } from '../rounds/round-task.ts';
import { weaklyLabelled } from './weak-labels.ts';

/** What an episode may cost, as shares of its coarse segments: from a glance to all of them and half of the fine ones. Ours. */
const shares = [0.2, 0.3, 0.4, 0.56, 1, 1.8] as const;
const fewestSegments = 2;

/** A task with what it has in common with others. */
export interface SourcedTask {
  readonly recording: string;
  readonly task: RoundTask;
}

/**
 * The tasks of a replay file's recordings, in its order; of each recording nothing but its video-level label is used.
 * Errors: `invalid-argument` by file and line.
 */
export const replayTasks = (text: string, file: string): SourcedTask[] => readReplayFile(text, file).flatMap(tasksOf);

function tasksOf(recording: ReplayRecording): SourcedTask[] {
  const { name } = recording;
  const watcher = replayWorld(recording);
  const label = recording.anomalies.length === 0 || recording.class === normalClass ? 0 : 1;
  const labelled = weaklyLabelled(episodesFromActivity(watcher.activity, watcher.seconds), label, (episode) =>
    Math.max(0, ...segmentsMeeting(recording, 'coarse', episode).map(({ score }) => score)),
  );
  return labelled.map(({ episode, truth }) => {
    const id = `${name}/${String(episode.start)}`;
    const budget = replayBudget(recording, episode, randomFrom(`${id}/budget`));
    return { recording: name, task: { id, watcher, episode, truth, question: [], budget } };
  });
}

/** What an episode of a replay may cost in training. */
export function replayBudget(recording: ReplayRecording, episode: Interval, random: Random): Budget {
  const { steps, seconds } = budgetFor('nano', episode);
  const frames = Math.max(
    fewestSegments,
    Math.round(random.pick(shares) * segmentsMeeting(recording, 'coarse', episode).length),
  );
  return { frames, steps, seconds };
}
