/** One recording's part in a round of iDPO: its rollouts from the current version, and the preferences among them. */
import { nanoPolicy, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import type { Random } from '../../math/random.ts';
import type { AeiWeights } from '../aei/utility.ts';
import type { IdpoSettings } from '../idpo/loss.ts';
import { pairExample } from '../idpo/pair-example.ts';
import type { PairExample } from '../nano/examples.ts';
import { choiceLogProbs } from '../../inquiry/policies/nano/log-probs.ts';
import { recorded } from '../nano/recorded.ts';
import { preferencePairs, type PreferencePair } from '../pairs/preference-pairs.ts';
import { type Rollout, type RolloutTask, rollOut } from './roll-out.ts';

export interface RolloutOptions {
  readonly version: string;
  /** Drawn at temperature 1; one more takes the likeliest tokens. */
  readonly drawn?: number;
  readonly seed: number | string;
  readonly signal?: AbortSignal;
}

/** Rollouts a recording. Source: DESIGN §8. */
const usualRollouts = 8;

/** Rollouts of the net on one recording, judged by its own belief, the greedy one last. */
export async function rolloutsOf(task: RolloutTask, net: NanoNet, options: RolloutOptions): Promise<Rollout[]> {
  const { version, drawn = usualRollouts, seed, signal } = options;
  const sampled = nanoPolicy(net, { version, choose: 'sample' });
  const greedy = nanoPolicy(net, { version, choose: 'greedy' });
  const rollouts: Rollout[] = [];
  for (let number = 0; number <= drawn; number++) {
    const policy = number < drawn ? sampled : greedy;
    rollouts.push(await rollOut(task, recorded(policy), sampled, `${seed}/${number}`, signal));
  }
  return rollouts;
}

export interface PreferenceOptions {
  readonly settings: IdpoSettings;
  readonly weights?: AeiWeights;
  readonly random: Random;
  /** What people said of other trajectories on the recording. */
  readonly stated?: readonly PreferencePair<Rollout>[];
}

/** The preferences among rollouts of one recording, with what `reference`, the version that entered the round, gives their choices. */
export async function preferencesOf(
  rollouts: readonly Rollout[],
  reference: NanoNet,
  { settings, weights, random, stated = [] }: PreferenceOptions,
): Promise<PairExample[]> {
  const [first] = rollouts;
  if (first === undefined) return [];
  const pairs = [
    ...preferencePairs(rollouts, first.truth.label, { random, ...(weights === undefined ? {} : { weights }) }),
    ...stated,
  ];
  const referred = new Map<Rollout, { transcript: Rollout['transcript']; reference: number[] }>();
  for (const rollout of new Set(pairs.flatMap(({ chosen, rejected }) => [chosen, rejected]))) {
    const { transcript } = rollout;
    referred.set(rollout, { transcript, reference: await choiceLogProbs(reference, transcript) });
  }
  return pairs.flatMap(({ chosen, rejected, ...preference }) => {
    const [better, worse] = [referred.get(chosen), referred.get(rejected)];
    return better === undefined || worse === undefined ? [] : [pairExample(better, worse, preference, settings)];
  });
}
