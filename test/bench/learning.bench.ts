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
import { decodeNano, type NanoModel } from '../../src-main/inquiry/policies/nano/index.ts';
import { randomFrom, shuffled } from '../../src-main/math/random.ts';
import { incidentClasses } from '../../src-main/simulation/index.ts';
import type { RoundTask } from '../../src-main/training/rounds/round-task.ts';
import { trainRounds } from '../../src-main/training/rounds/rounds.ts';
import { roundSettingsFor } from '../../src-main/training/rounds/settings.ts';
import { besideSimulation } from '../../src-main/training/start/simulated-task.ts';
import { incidentClassNamed, judgedBy, only, recordingsOf, type SpokenOf } from '../support/simulated-verdicts.ts';

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
const chosen = incidentClassNamed(values.class);
const others = incidentClasses.filter((each) => each !== chosen);
const half = Number(values.test) / 2;

const ofClass = { without: others, shares: only('incident') };
const ofOthers = { without: [chosen], shares: only('incident') };
const innocents = { without: [chosen], shares: { incident: 0, twin: 0.4, normal: 0.6, cued: 0 } };

interface Sets {
  readonly incidents: readonly SpokenOf[];
  readonly innocent: readonly SpokenOf[];
  /** Incidents of other classes. */
  readonly elsewhere: readonly SpokenOf[];
}

/** How well the model tells incidents of either kind from what is innocent. */
async function aucs(model: NanoModel, { incidents, innocent, elsewhere }: Sets) {
  const negatives = await judgedBy(model, innocent);
  const aucOf = async (tasks: readonly SpokenOf[]) => {
    const scored = [...(await judgedBy(model, tasks)), ...negatives];
    const counts = countScores(
      scored.map(({ belief }) => belief),
      scored.map(({ label }) => label),
    );
    return rocAuc(counts) ?? NaN;
  };
  return { own: await aucOf(incidents), other: await aucOf(elsewhere) };
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
  const sets = { incidents, innocent, elsewhere };
  const [before, after] = [await aucs(start, sets), await aucs(model, sets)];
  rises.push(after.own - before.own);
  console.log(
    `seed ${seed}: ${chosen} ${before.own.toFixed(3)} → ${after.own.toFixed(3)}, other classes ${before.other.toFixed(3)} → ${after.other.toFixed(3)}, ${seconds.toFixed(0)} s${stopped === null ? '' : `, stopped: ${stopped}`}`,
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
