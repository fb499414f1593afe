/** What the rollouts of one recording teach to believe: sets of looks at it, with what is true. */
import type { NanoWords } from '../../inquiry/policies/nano/index.ts';
import type { BeliefInput } from '../../inquiry/policy.ts';
import type { Random } from '../../math/random.ts';
import { beliefExample, type BeliefExample } from '../nano/examples.ts';
import type { Rollout } from './roll-out.ts';

/** Beliefs before any look, and of each rollout after all looks and at some step before. */
export function beliefsOf(rollouts: readonly Rollout[], words: NanoWords, random: Random): BeliefExample[] {
  const example = (input: BeliefInput, { trajectory, truth }: Rollout) =>
    beliefExample(input, trajectory, truth, words);
  const [first] = rollouts;
  const before = first?.inputs[0];
  return [
    ...(first === undefined || before === undefined ? [] : [example(before, first)]),
    ...rollouts.flatMap((rollout) => {
      const { inputs } = rollout;
      const last = inputs.at(-1);
      const earlier = inputs.length > 2 ? inputs[1 + random.integer(inputs.length - 2)] : undefined;
      return [last, earlier].flatMap((input) => (input === undefined ? [] : [example(input, rollout)]));
    }),
  ];
}
