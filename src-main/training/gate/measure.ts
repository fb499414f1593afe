/** How a version does on one episode: taking the likeliest action each time, and what it does when it draws them. */
import { operatorsOf } from '../../evaluation/run/index.ts';
import { nanoPolicy, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { runEpisode } from '../../inquiry/run-episode.ts';
import { utilityOf, type AeiWeights } from '../aei/utility.ts';
import { clippedBelief } from '../aei/terms.ts';
import { recorded } from '../nano/recorded.ts';
import { type RolloutTask, rollOut } from '../rollouts/roll-out.ts';
import { unparsedOf } from '../rollouts/unparsed.ts';

export interface Measured {
  /** `−ln q(y)` of its own belief after all that it chose to look at, with the belief clipped as in the utility. */
  readonly logLoss: number;
  readonly utility: number;
  readonly actions: number;
  /** Actions that are not read back as what was said. */
  readonly unparsed: number;
}

/** The same task and net give the same figures. */
export async function measure(
  task: RolloutTask,
  net: NanoNet,
  { weights, signal }: { readonly weights?: AeiWeights; readonly signal?: AbortSignal } = {},
): Promise<Measured> {
  const policy = nanoPolicy(net, { version: 'gate', choose: 'greedy' });
  const rollout = await rollOut(task, recorded(policy), policy, 0, signal);
  const { label } = task.truth;
  const believed = clippedBelief(label === 1 ? rollout.incident : 1 - rollout.incident);
  return {
    logLoss: -Math.log(believed),
    utility: utilityOf(rollout.terms, weights),
    actions: rollout.actions.length,
    unparsed: unparsedOf(rollout),
  };
}

/** How often it takes each operator in one episode in which its actions are drawn. */
export async function operatorsDrawn(
  { watcher, episode, budget, question }: RolloutTask,
  net: NanoNet,
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const { trajectory } = await runEpisode({
    ...{ policy: nanoPolicy(net, { version: 'gate', choose: 'sample' }), watcher, episode, budget, question, seed: 0 },
    ...(signal === undefined ? {} : { signal }),
  });
  return operatorsOf([trajectory]);
}
