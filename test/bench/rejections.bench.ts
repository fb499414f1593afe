/**
 * What a reviewer's rejections teach the nano policy: one kind of false alarm, on simulated recordings.
 *
 *     node test/bench/rejections.bench.ts [--weights FILE] [--class loitering] [--rejections 30] [--test 200] [--seeds 3]
 *       [--flagged 0.2] [--rate R]
 *
 * The false alarms are innocent twins of the class. At the program's own threshold they are few, so the threshold is the
 * one that a fifth of other twins reach before anything is learned, and it stays. For each seed: so many of those that
 * reach it rejected, one run of training with the defaults for verdicts, and recordings that it did not learn from: twins of
 * the class, and incidents of all classes that the weights know, half as many. Prints how many of either are flagged before
 * and after, with 95 % bounds of the differences by paired bootstrap over the recordings of all seeds.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { pairedBootstrap, quantile } from '../../src-main/evaluation/metrics/bootstrap.ts';
import { decodeNano, type NanoModel } from '../../src-main/inquiry/policies/nano/index.ts';
import { incidentClasses, type IncidentClass } from '../../src-main/simulation/index.ts';
import { trainRounds } from '../../src-main/training/rounds/rounds.ts';
import { roundSettingsFor } from '../../src-main/training/rounds/settings.ts';
import { besideSimulation } from '../../src-main/training/start/simulated-task.ts';
import { incidentClassNamed, judgedBy, only, recordingsOf, type SpokenOf } from '../support/simulated-verdicts.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    class: { type: 'string', default: 'loitering' },
    rejections: { type: 'string', default: '30' },
    test: { type: 'string', default: '200' },
    seeds: { type: 'string', default: '3' },
    flagged: { type: 'string', default: '0.2' },
    rate: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const chosen = incidentClassNamed(values.class);
/** The class that shipped weights never met. */
const unknown: IncidentClass = 'running';
const [wanted, tested] = [Number(values.rejections), Number(values.test)];

const twins = {
  without: incidentClasses.filter((each) => each !== chosen),
  shares: only('twin'),
};
const incidents = { without: [unknown], shares: only('incident') };

const start = decodeNano(await readFile(values.weights));
const scoresOf = async (model: NanoModel, tasks: readonly SpokenOf[]) =>
  (await judgedBy(model, tasks)).map(({ score }) => score);
const known = await scoresOf(start, recordingsOf(`rejections/${chosen}/threshold`, tested, 0, twins));
const threshold = quantile(
  known.toSorted((a, b) => a - b),
  1 - Number(values.flagged),
);
const flaggedBy = async (model: NanoModel, tasks: readonly SpokenOf[]) =>
  (await scoresOf(model, tasks)).map((score) => score >= threshold);

/** The first so many twins that reach the threshold. */
async function falseAlarms(name: string): Promise<SpokenOf[]> {
  const found: SpokenOf[] = [];
  for (let part = 0; found.length < wanted; part++) {
    const tasks = recordingsOf(`${name}/${part}`, wanted, 0, twins);
    const flagged = await flaggedBy(start, tasks);
    found.push(...tasks.filter((_task, index) => flagged[index] === true));
  }
  return found.slice(0, wanted);
}

console.log(`threshold ${threshold.toFixed(3)}`);

const settings = {
  ...roundSettingsFor.verdicts,
  ...(values.rate !== undefined && { learningRate: Number(values.rate) }),
};

type Flagged = Readonly<Record<'twins' | 'incidents', boolean[]>>;
const all: { readonly before: Flagged; readonly after: Flagged }[] = [];
const shareOf = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

for (let seed = 0; seed < Number(values.seeds); seed++) {
  const name = `rejections/${chosen}/${seed}`;
  const unseen = {
    twins: recordingsOf(`${name}/test`, tested, 0, twins),
    incidents: recordingsOf(`${name}/incidents`, tested / 2, 1, incidents),
  };
  const flags = async (model: NanoModel): Promise<Flagged> => ({
    twins: await flaggedBy(model, unseen.twins),
    incidents: await flaggedBy(model, unseen.incidents),
  });
  const [rejected, before] = [await falseAlarms(`${name}/rejected`), await flags(start)];
  const { model, stopped } = await trainRounds({
    ...{ model: start, settings, seed: name, threads: Number(values.threads) },
    tasks: (round) => besideSimulation(rejected, `${name}/${round}`),
  });
  const after = await flags(model);
  all.push({ before, after });
  const change = (sort: keyof Flagged) => `${percent(shareOf(before[sort]))} → ${percent(shareOf(after[sort]))}`;
  console.log(
    `seed ${seed}: twins flagged ${change('twins')}, incidents ${change('incidents')}${stopped === null ? '' : `, stopped: ${stopped}`}`,
  );
}

for (const sort of ['twins', 'incidents'] as const) {
  const pairs = all.flatMap(({ before, after }) =>
    before[sort].map((first, index) => ({ first, second: after[sort][index] ?? false })),
  );
  const [before, after] = [shareOf(pairs.map(({ first }) => first)), shareOf(pairs.map(({ second }) => second))];
  const spread = pairedBootstrap(pairs, shareOf, { seed: 'rejections' });
  console.log(
    `${sort}, ${pairs.length}: flagged ${percent(before)} → ${percent(after)}, ${(after - before).toFixed(3)} [${spread?.low.toFixed(3)}, ${spread?.high.toFixed(3)}]`,
  );
}
process.exit(0);
