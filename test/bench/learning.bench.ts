/**
 * What a reviewer's verdicts teach the nano policy: a class of incident that its weights never met, learned from a few
 * confirmations and rejections, on simulated recordings.
 *
 *     node test/bench/learning.bench.ts [--weights FILE] [--class running] [--verdicts 20] [--test 200] [--seeds 5]
 *       [--epochs N] [--rate R] [--shuffled]
 *
 * For each seed: so many recordings with an incident of the class (confirmed) and as many without any (rejected), one run
 * of training with the defaults for verdicts, and recordings that it did not learn from, half with an incident of the
 * class. Prints the AUC over recordings (each by the belief at its episode's end) before and after, how the AUC of the other
 * classes changed, and the mean rise with its bounds. `--shuffled` gives the same verdicts to the wrong recordings.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { rocAuc } from '../../src-main/evaluation/metrics/roc.ts';
import { countScores } from '../../src-main/evaluation/metrics/score-counts.ts';
import { decodeNano, nanoPolicy, openNano, type NanoModel } from '../../src-main/inquiry/policies/nano/index.ts';
import { randomFrom, shuffled } from '../../src-main/math/random.ts';
import { incidentClasses, type IncidentClass } from '../../src-main/simulation/index.ts';
import { judgedEpisodes } from '../../src-main/training/ablation/judged-episodes.ts';
import type { RoundTask } from '../../src-main/training/rounds/round-task.ts';
import { trainRounds } from '../../src-main/training/rounds/rounds.ts';
import { roundSettingsFor } from '../../src-main/training/rounds/settings.ts';
import { besideSimulation } from '../../src-main/training/start/simulated-task.ts';
import { only, recordingsOf, type SpokenOf } from '../support/simulated-verdicts.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    class: { type: 'string', default: 'running' },
    verdicts: { type: 'string', default: '20' },
    test: { type: 'string', default: '200' },
    seeds: { type: 'string', default: '5' },
    epochs: { type: 'string' },
    rate: { type: 'string' },
    threads: { type: 'string', default: '2' },
    shuffled: { type: 'boolean', default: false },
  },
});
const known = incidentClasses.find((each) => each === values.class);
if (known === undefined) throw new Error(`--class takes one of ${incidentClasses.join(', ')}`);
const chosen: IncidentClass = known;
const others = incidentClasses.filter((each) => each !== chosen);
const half = Number(values.test) / 2;

const ofClass = { without: others, shares: only('incident') };
const ofOthers = { without: [chosen], shares: only('incident') };
const innocents = { without: [chosen], shares: { ...only('normal'), twin: 0.4, normal: 0.6 } };

async function aucs(model: NanoModel, sets: { incidents: readonly SpokenOf[]; innocent: readonly SpokenOf[] }) {
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const policy = nanoPolicy(net, { version: 'bench', choose: 'greedy' });
  const scored = await judgedEpisodes(policy, policy, [...sets.incidents, ...sets.innocent]);
  const auc = rocAuc(
    countScores(
      scored.map(({ belief }) => belief),
      scored.map(({ label }) => label),
    ),
  );
  return auc ?? NaN;
}

/** The right verdicts, or those of other recordings. */
function verdictsOn(tasks: readonly RoundTask[], seed: string): RoundTask[] {
  if (!values.shuffled) return [...tasks];
  const order = shuffled(tasks, randomFrom(`${seed}/shuffled`));
  return tasks.map((task, index) => {
    const { label, intervals } = order[index]?.truth ?? task.truth;
    return { ...task, truth: { label, intervals: label === 1 && (intervals ?? []).length > 0 ? intervals : [] } };
  });
}

const start = decodeNano(await readFile(values.weights));
const settings = {
  ...roundSettingsFor.verdicts,
  ...(values.epochs !== undefined && { epochs: Number(values.epochs) }),
  ...(values.rate !== undefined && { learningRate: Number(values.rate) }),
};
console.log(JSON.stringify({ ...values, settings }));
const rises: number[] = [];
for (let seed = 0; seed < Number(values.seeds); seed++) {
  const name = `learning/${chosen}/${seed}`;
  const innocent = recordingsOf(`${name}/test-normal`, half, 0, innocents);
  const incidents = recordingsOf(`${name}/test`, half, 1, ofClass);
  const elsewhere = recordingsOf(`${name}/test-others`, half / 2, 1, ofOthers);
  const verdicts = verdictsOn(
    [
      ...recordingsOf(`${name}/confirmed`, Number(values.verdicts), 1, ofClass),
      ...recordingsOf(`${name}/rejected`, Number(values.verdicts), 0, innocents),
    ],
    name,
  );
  const began = performance.now();
  const { model, stopped } = await trainRounds({
    ...{ model: start, settings, seed: name, threads: Number(values.threads) },
    tasks: (round) => besideSimulation(verdicts, `${name}/${round}`, { without: [chosen] }),
  });
  const seconds = (performance.now() - began) / 1000;
  const [before, after] = [await aucs(start, { incidents, innocent }), await aucs(model, { incidents, innocent })];
  const [otherBefore, otherAfter] = [
    await aucs(start, { incidents: elsewhere, innocent }),
    await aucs(model, { incidents: elsewhere, innocent }),
  ];
  rises.push(after - before);
  console.log(
    `seed ${seed}: ${chosen} ${before.toFixed(3)} → ${after.toFixed(3)}, other classes ${otherBefore.toFixed(3)} → ${otherAfter.toFixed(3)}, ${seconds.toFixed(0)} s${stopped === null ? '' : `, stopped: ${stopped}`}`,
  );
}
const mean = rises.reduce((sum, rise) => sum + rise, 0) / rises.length;
const deviation = Math.sqrt(rises.reduce((sum, rise) => sum + (rise - mean) ** 2, 0) / Math.max(1, rises.length - 1));
/** 97.5 % quantile of Student's t with 4 degrees of freedom, for the usual five seeds. */
const quantile = 2.776;
console.log(
  `mean rise ${mean.toFixed(3)} ± ${((quantile * deviation) / Math.sqrt(rises.length)).toFixed(3)} over ${rises.length} seeds`,
);
process.exit(0);
