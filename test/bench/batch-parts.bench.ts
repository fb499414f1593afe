/**
 * Bench of training steps of the nano net on batches as verdicts give them: in parts of like length, as it trains, and as
 * one, in turn within one run.
 *
 *     node test/bench/batch-parts.bench.ts [--weights FILE] [--recordings 24] [--rounds 3] [--threads N]
 *
 * Prints the medians, their ratio, and the positions that either computes, padding included.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { decodeNano, openNano } from '../../src-main/inquiry/policies/nano/index.ts';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  constant,
  openTrainingSession,
  planTraining,
} from '../../src-main/training/autodiff/index.ts';
import { batchFeeds, type NanoBatch } from '../../src-main/training/nano/batch.ts';
import { nanoLossGraph } from '../../src-main/training/nano/loss-graph.ts';
import { partsOf } from '../../src-main/training/nano/parts.ts';
import { gatheredOf, type Gathered } from '../../src-main/training/rounds/gather.ts';
import { roundSettingsFor } from '../../src-main/training/rounds/settings.ts';
import { simulatedTask } from '../../src-main/training/start/simulated-task.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    recordings: { type: 'string', default: '24' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const settings = roundSettingsFor.verdicts;
const { size, words, weights } = decodeNano(await readFile(values.weights));

const gathered: Gathered[] = [];
{
  await using net = await openNano({ size, words, weights }, { provider: 'cpu', threads: 1 });
  for (let number = 0; number < Number(values.recordings); number++) {
    const id = `batch-parts/${number}`;
    const options = { settings, version: 'bench', seed: id };
    gathered.push(await gatheredOf({ ...simulatedTask(id), id }, net, options));
  }
}
const [pairs, beliefs] = [gathered.flatMap((each) => each.pairs), gathered.flatMap((each) => each.beliefs)];
const count = Math.floor(pairs.length / settings.pairs);
const beliefsEach = settings.pairs * settings.beliefsPerPair;
const batches = Array.from({ length: count }, (_, index): NanoBatch => ({
  choices: [],
  pairs: pairs.filter((_pair, place) => place % count === index).slice(0, settings.pairs),
  beliefs: beliefs.filter((_belief, place) => place % count === index).slice(0, beliefsEach),
}));

const plan = planTraining(nanoLossGraph(size, weights, { preference: { beta: settings.idpo.beta } }), {
  loss: 'loss',
  trainable: Object.keys(weights),
  optimizer: chain(clipByGlobalNorm(1), adamw({ schedule: constant(1e-6), weightDecay: 0 })),
});
await using session = await openTrainingSession(plan, { provider: 'cpu', threads: Number(values.threads) });
const whole = (batch: NanoBatch) => [batchFeeds(batch, size, words)];
const parted = (batch: NanoBatch) =>
  partsOf(batch).map((part) => batchFeeds(part.batch, size, words, undefined, part.counts));
const times = { whole: [] as number[], parted: [] as number[] };
const positions = { whole: 0, parted: 0 };
for (let round = 0; round < Number(values.rounds); round++) {
  for (const batch of batches) {
    for (const [way, feedsOf] of Object.entries({ whole, parted }) as ['whole' | 'parted', typeof whole][]) {
      const feeds = feedsOf(batch);
      const began = performance.now();
      await session.step(feeds);
      times[way].push(performance.now() - began);
      if (round === 0) positions[way] += feeds.reduce((sum, { soft }) => sum + (soft?.data.length ?? 0), 0);
    }
  }
}
const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? NaN;
const [asOne, inParts] = [median(times.whole), median(times.parted)];
console.log(
  `${batches.length} batches of ${settings.pairs} pairs and ${beliefsEach} beliefs, ${values.threads} threads`,
);
console.log(`as one   ${asOne.toFixed(0)} ms, ${positions.whole} positions`);
console.log(
  `in parts ${inParts.toFixed(0)} ms, ${positions.parted} positions: ${(asOne / inParts).toFixed(2)} times as fast`,
);
process.exit(0);
