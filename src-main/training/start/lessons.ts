/** What one recording teaches at the start: what to believe of sets of looks, and the best of many ways of looking. */
import type { Policy } from '../../inquiry/policy.ts';
import { transcribing, type NanoWords } from '../../inquiry/policies/nano/index.ts';
import { randomFrom } from '../../math/random.ts';
import { utilityOf } from '../aei/utility.ts';
import { actionWeight, defaultIdpoSettings } from '../idpo/loss.ts';
import type { BeliefExample, ChoiceExample } from '../nano/examples.ts';
import { recorded } from '../nano/recorded.ts';
import { beliefsOf } from '../rollouts/beliefs.ts';
import { explorer } from '../rollouts/explorer.ts';
import { inspector } from '../rollouts/inspector.ts';
import { rollOut, type Rollout, type RolloutTask } from '../rollouts/roll-out.ts';

export interface Lessons {
  /** The best rollout, to be imitated; null where no way of looking was better than another. */
  readonly choice: ChoiceExample | null;
  readonly beliefs: readonly BeliefExample[];
  /** Utility of the best rollout and of the mean one. */
  readonly best: number;
  readonly mean: number;
}

export interface LessonOptions {
  /** How often it looks around at random, and how often by a plan. */
  readonly rollouts: number;
  readonly planned: number;
  readonly seed: number | string;
  readonly signal?: AbortSignal;
}

/** Less than this between the best and the worst is chance. */
const leastSpread = 0.02;
/** Weight of the −log π of each token, so that an episode of some twenty tokens weighs about one. */
const tokenWeight = 1 / 20;

/**
 * Looks around `rollouts` times, guided by what `belief` finds suspicious, and judges by it. The truth decides which
 * rollout was best and what should have been believed, never where to look.
 */
export async function lessonsOf(
  task: RolloutTask,
  belief: Pick<Policy, 'readBelief' | 'forEpisode'>,
  words: NanoWords,
  { rollouts: count, planned, seed, signal }: LessonOptions,
): Promise<Lessons> {
  const rollouts: Rollout[] = [];
  for (let number = 0; number < count + planned; number++) {
    const policy = recorded(transcribing(number < count ? explorer(belief) : inspector(belief), words));
    rollouts.push(await rollOut(task, policy, belief, `${seed}/${number}`, signal));
  }
  const values = rollouts.map(({ terms }) => utilityOf(terms));
  const best = Math.max(...values);
  const winner = rollouts[values.indexOf(best)];
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const isTold = best - Math.min(...values) >= leastSpread;
  return {
    choice: winner === undefined || !isTold ? null : imitated(winner),
    beliefs: beliefsOf(rollouts, words, randomFrom(`${seed}/beliefs`)),
    best,
    mean,
  };
}

function imitated({ transcript }: Rollout): ChoiceExample {
  const { positions, choices, actions } = transcript;
  return {
    transcript: { positions, choices, actions },
    weights: choices.map(({ operator }) => tokenWeight * actionWeight(operator, defaultIdpoSettings)),
  };
}
