/** What a round is made of: tasks of rollouts, and what a reviewer said about trajectories on their recordings. */
import { AppError } from '../../contract/errors.ts';
import type { Trajectory } from '../../contract/trajectory.ts';
import { retracing, transcribing, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import type { Policy } from '../../inquiry/policy.ts';
import { recorded } from '../nano/recorded.ts';
import { correctedFinal } from '../pairs/corrected-final.ts';
import { statedPair, type PreferencePair } from '../pairs/preference-pairs.ts';
import { rollOut, type Rollout, type RolloutTask } from '../rollouts/roll-out.ts';

export interface RoundTask extends RolloutTask {
  /** Names the task in its seeds: the same task has the same one in every run. */
  readonly id: string;
  /**
   * Of what was learned before, so that it is not forgotten: what the version believes of it is what it should go on
   * believing. `looks`: with preferences among its rollouts, like other tasks; `beliefs`: the likeliest rollout alone.
   */
  readonly replayed?: 'looks' | 'beliefs';
  /** Trajectories whose FINAL the truth corrects. */
  readonly corrects?: readonly Trajectory[];
  /** Which of two trajectories a reviewer found better. */
  readonly preferences?: readonly { readonly chosen: Trajectory; readonly rejected: Trajectory }[];
}

/** The pairs that people made, of trajectories that can still be followed on what is cached. */
export async function statedPairs(
  task: RoundTask,
  net: NanoNet,
  judge: Policy,
  signal?: AbortSignal,
): Promise<PreferencePair<Rollout>[]> {
  const follow = (policy: Policy, name: string) => retraced(task, policy, net, judge, `${task.id}/${name}`, signal);
  const pairs: (PreferencePair<Rollout> | null)[] = [];
  for (const [number, trajectory] of (task.corrects ?? []).entries()) {
    const before = await follow(retracing(trajectory, judge), `stored/${number}`);
    const after = await follow(corrected(trajectory, task, judge), `corrected/${number}`);
    pairs.push(before === null || after === null ? null : statedPair(after, before, 'correction'));
  }
  for (const [number, { chosen, rejected }] of (task.preferences ?? []).entries()) {
    const better = await follow(retracing(chosen, judge), `chosen/${number}`);
    const worse = await follow(retracing(rejected, judge), `rejected/${number}`);
    pairs.push(better === null || worse === null ? null : statedPair(better, worse, 'preference'));
  }
  return pairs.flatMap((pair) => pair ?? []);
}

/** Does what the trajectory did, and ends with what is true of the episode. */
function corrected(trajectory: Trajectory, { truth }: RoundTask, judge: Policy): Policy {
  const final = correctedFinal(trajectory, truth.intervals ?? []);
  const steps = trajectory.steps.map((step) => (step.action?.operator === 'FINAL' ? { ...step, action: final } : step));
  return retracing({ steps }, judge);
}

/** Null where the episode goes otherwise now: another grammar, other observations, or what nano could not have said. */
async function retraced(
  task: RoundTask,
  policy: Policy,
  net: NanoNet,
  judge: Policy,
  seed: string,
  signal: AbortSignal | undefined,
): Promise<Rollout | null> {
  try {
    return await rollOut(task, recorded(transcribing(policy, net.words)), judge, seed, signal);
  } catch (error) {
    const isElsewhere = error instanceof RangeError || (error instanceof AppError && error.code === 'invalid-argument');
    if (!isElsewhere) throw error;
    return null;
  }
}
