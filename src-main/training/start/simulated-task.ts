/** Simulated recordings as tasks of rollouts: whole ones, the short windows that triage makes of an archive, and replays. */
import { replayWorld } from '../../evaluation/replay/replay-world.ts';
import { budgetFor } from '../../inquiry/budget.ts';
import { episodesFromActivity, longestEpisode } from '../../inquiry/episodes.ts';
import type { Interval } from '../../math/interval.ts';
import { randomFrom, type Random } from '../../math/random.ts';
import { symbolicRecording, type SymbolicOptions, type SymbolicRecording } from '../../simulation/symbolic/index.ts';
import { replayBudget } from '../data-set/replay-tasks.ts';
import type { RolloutTask } from '../rollouts/roll-out.ts';
import type { RoundTask } from '../rounds/round-task.ts';
import { simulatedReplay } from './simulated-replay.ts';

export interface SimulatedTask extends RolloutTask {
  /** As of `SymbolicRecording`: what happens in the recording, whether or not the episode shows it; or `replay`. */
  readonly kind: string;
}

export interface SimulatedOptions extends SymbolicOptions {
  /** Share of replays among the tasks, [0, 1]; none where it is not said. */
  readonly replays?: number;
}

/** Share of episodes that are cut out, and their lengths: clips, and what triage leaves of a quiet recording. Ours. */
const cutShare = 0.3;
const cutSeconds = [6, 12, 24, 48, 80] as const;
/** What an episode may cost, frames a minute: from a quick look through to a thorough one. Ours. */
const rates = [12, 18, 24, 24, 36] as const;

/** The task that belongs to `seed`. Twins with a cue are kept whole: it and its answer lie far apart. */
export function simulatedTask(seed: number | string, options: SimulatedOptions = {}): SimulatedTask {
  if (randomFrom(`${seed}/sort`).next() < (options.replays ?? 0)) return replayTask(seed);
  const recording = symbolicRecording(seed, options);
  const random = randomFrom(`${seed}/task`);
  const whole = wholeOf(recording);
  const isCut = !recording.whole && random.next() < cutShare;
  const episode = isCut ? cutOut(random, whole, recording.incidents) : whole;
  return taskIn(recording, episode, random.pick(rates));
}

/** The longest episode from the recording's beginning. */
export const wholeOf = ({ watcher }: Pick<SymbolicRecording, 'watcher'>): Interval => ({
  start: 0,
  end: Math.min(longestEpisode, watcher.seconds),
});

/** An episode of the recording at so many frames a minute. Cues are timed for looks that are laid from its first frame on. */
export function taskIn(
  { kind, whole, incidents, watcher }: Pick<SymbolicRecording, 'kind' | 'whole' | 'incidents' | 'watcher'>,
  episode: Interval,
  framesPerMinute: number,
): SimulatedTask {
  const intervals = incidents
    .filter(({ start, end }) => end > episode.start && start < episode.end)
    .map((incident) => ({ start: incident.start, end: incident.end, class: incident.class }));
  return {
    ...{ kind, watcher, episode, question: [] },
    truth: { label: intervals.length > 0 ? 1 : 0, intervals },
    budget: budgetFor('nano', episode, framesPerMinute),
    grid: whole ? 'recording' : 'activity',
  };
}

/** An episode of the made-up replay that belongs to `seed`. */
function replayTask(seed: number | string): SimulatedTask {
  const recording = simulatedReplay(seed);
  const watcher = replayWorld(recording);
  const random = randomFrom(`${seed}/task`);
  const episode = random.pick(episodesFromActivity(watcher.activity, watcher.seconds));
  const { anomalies, framesPerSecond } = recording;
  const intervals = anomalies
    .map(({ start, end }) => ({ start: start / framesPerSecond, end: end / framesPerSecond, class: recording.class }))
    .filter(({ start, end }) => end > episode.start && start < episode.end);
  return {
    ...{ kind: 'replay', watcher, episode, question: [], truth: { label: intervals.length > 0 ? 1 : 0, intervals } },
    budget: replayBudget(recording, episode, random),
  };
}

/** Replays among all recordings. Ours. */
export const replayShare = 0.2;

/** Of a large data set fewer than half of the tasks are replayed simulation. Ours. */
const mostReplayed = 200;
/**
 * For each of few tasks so many recordings more of which only the belief is kept: a rollout of one costs a tenth of a
 * task, and what keeps a belief is how many different recordings it is about. Ours.
 */
const [beliefsPerTask, mostBeliefs] = [10, 400];

/** How many recordings are replayed beside so many tasks of one's own, by what of them. */
export const replayedBeside = (own: number): Readonly<Record<'looks' | 'beliefs', number>> => ({
  looks: Math.min(own, mostReplayed),
  beliefs: Math.min(beliefsPerTask * own, mostBeliefs),
});

/** The tasks of `own`, and simulation beside them, so that what it taught is not forgotten. */
export async function* besideSimulation(
  own: readonly RoundTask[],
  seed: string,
  options: SimulatedOptions = { replays: replayShare },
): AsyncGenerator<RoundTask> {
  const { looks, beliefs } = replayedBeside(own.length);
  for (const [index, task] of own.entries()) {
    yield await Promise.resolve(task);
    if (index < looks) yield replayedTask(`replay/${seed}/${task.id}`, 'looks', options);
  }
  for (let number = 0; number < beliefs; number++) yield replayedTask(`belief/${seed}/${number}`, 'beliefs', options);
}

/** Made when it is first asked for anything but its name: where its rollouts are kept it never is. */
export function replayedTask(id: string, replayed: 'looks' | 'beliefs', options: SimulatedOptions): RoundTask {
  let made: SimulatedTask | null = null;
  const task = () => (made ??= simulatedTask(id, options));
  return {
    id,
    replayed,
    get watcher() {
      return task().watcher;
    },
    get episode() {
      return task().episode;
    },
    get truth() {
      return task().truth;
    },
    get budget() {
      return task().budget;
    },
    get question() {
      return task().question;
    },
    get grid() {
      return task().grid;
    },
  };
}

/** Half of the cuts are laid around the incident, where there is one; the others anywhere. */
function cutOut(random: Random, whole: Interval, incidents: readonly Interval[]): Interval {
  const seconds = random.pick(cutSeconds);
  const [incident] = incidents;
  const middle =
    incident !== undefined && random.next() < 0.5
      ? random.between(incident.start, Math.min(whole.end, incident.end))
      : random.between(whole.start, whole.end);
  const start = Math.max(whole.start, Math.min(Math.floor(middle - seconds * random.next()), whole.end - seconds));
  return { start, end: start + seconds };
}
