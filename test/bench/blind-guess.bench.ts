/**
 * How often a guess wins among the rollouts of a recording, which would teach the policy to guess: once without any look,
 * and once after the look that opens every episode.
 *
 *     node test/bench/blind-guess.bench.ts [--weights FILE] [--recordings 100] [--seed NAME]
 *
 * For each simulated recording: eight rollouts at temperature 1 and the likeliest one, as a round ranks them, against an
 * episode that says at once what it believes. The guess wins where its utility is the highest. Recordings that can be
 * resolved are those of which some rollout believes the right thing.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openSessionHere } from '../../src-main/inference/session-here.ts';
import { policyNamed, type Policy } from '../../src-main/inquiry/index.ts';
import { hypothesesOf } from '../../src-main/inquiry/suspicion.ts';
import { decodeNano, nanoPolicy, openNano } from '../../src-main/inquiry/policies/nano/index.ts';
import { utilityOf } from '../../src-main/training/aei/utility.ts';
import { observed } from '../../src-main/training/nano/recorded.ts';
import { rollOut } from '../../src-main/training/rollouts/roll-out.ts';
import { rolloutsOf } from '../../src-main/training/rollouts/round.ts';
import { simulatedTask } from '../../src-main/training/start/simulated-task.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    recordings: { type: 'string', default: '100' },
    seed: { type: 'string', default: 'blind-guess' },
  },
});
const model = decodeNano(await readFile(values.weights));
await using net = await openNano(model, { provider: 'cpu', threads: 1 }, openSessionHere);
const judge = nanoPolicy(net, { version: 'bench', choose: 'sample' });
/** Believes as the net does, and ends after the opening look with what that shows. */
const atOnce: Policy = {
  ...{ name: 'at once', version: '1', opens: true },
  readBelief: (input) => judge.readBelief(input),
  decide: (view) => ({ action: { operator: 'FINAL', hypotheses: hypothesesOf(view) }, reason: 'At once.' }),
};
const unseeing = policyNamed('blind');
const blind: Policy = { ...unseeing, readBelief: (input) => judge.readBelief(input) };

const wins = { blind: 0, 'after one look': 0 };
let [resolvable, resolvableWins, count] = [0, 0, 0];
for (; count < Number(values.recordings); count++) {
  const task = simulatedTask(`${values.seed}/${count}`);
  const rollouts = await rolloutsOf(task, net, { version: 'bench', seed: `${values.seed}/${count}` });
  const best = Math.max(...rollouts.map(({ terms }) => utilityOf(terms)));
  const valueOf = async (policy: Policy) => utilityOf((await rollOut(task, observed(policy), judge, 0)).terms);
  const [guess, glance] = [await valueOf(blind), await valueOf(atOnce)];
  const isResolvable = rollouts.some(({ incident }) => incident > 0.5 === (task.truth.label === 1));
  if (guess > best) wins.blind++;
  if (glance > best) wins['after one look']++;
  if (isResolvable) resolvable++;
  if (isResolvable && guess > best) resolvableWins++;
}
const told = (part: number, all: number) => `${part} of ${all} (${((100 * part) / all).toFixed(1)} %)`;
console.log(
  `a guess without looking wins in ${told(wins.blind, count)}, of those that can be resolved in ${told(resolvableWins, resolvable)}`,
);
console.log(`a guess after the opening look wins in ${told(wins['after one look'], count)}`);
process.exit(0);
