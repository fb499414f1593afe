/**
 * What looking around is worth over a replayed benchmark, by how much of it is looked at: the nano policy as it is shipped,
 * and trained on the video-level labels of the other half, beside policies that do not choose where to look.
 *
 *     node test/bench/replay-halves.bench.ts FILE [--weights FILE] [--splits 5] [--seeds 3] [--smoothing 10] [--untrained]
 *       [--shuffled] [--alone] [--rounds N] [--epochs N] [--rate R] [--reading]
 *
 * Half-splits by hash of the video's name, with as many anomalous videos in each half, both ways. Prints the mean micro
 * AUC over test halves with its standard deviation and the share of segments that was really looked at, with and without
 * the same smoothing for all. `--shuffled` trains on the labels of other videos, `--alone` leaves
 * the other policies out, `--reading` trains the projectors and the heads of belief and evidence alone.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { frameLabels } from '../../src-main/evaluation/labels/labelled-recording.ts';
import { countRecording, microAuc } from '../../src-main/evaluation/metrics/recordings.ts';
import { smoothed } from '../../src-main/evaluation/metrics/smoothing.ts';
import { assessReplay, isComparator } from '../../src-main/evaluation/replay/assess-replay.ts';
import { readReplayFile, type ReplayRecording } from '../../src-main/evaluation/replay/replay-file.ts';
import { decodeNano, nanoPolicy, openNano, type NanoModel } from '../../src-main/inquiry/policies/nano/index.ts';
import type { Policy } from '../../src-main/inquiry/index.ts';
import { hash32, randomFrom, shuffled } from '../../src-main/math/random.ts';
import { replayTasks, type SourcedTask } from '../../src-main/training/data-set/replay-tasks.ts';
import { trainRounds } from '../../src-main/training/rounds/rounds.ts';
import { roundSettingsFor } from '../../src-main/training/rounds/settings.ts';
import { besideSimulation } from '../../src-main/training/start/simulated-task.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    splits: { type: 'string', default: '5' },
    seeds: { type: 'string', default: '3' },
    smoothing: { type: 'string', default: '10' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '1' },
    rate: { type: 'string' },
    epochs: { type: 'string' },
    reading: { type: 'boolean', default: false },
    untrained: { type: 'boolean', default: false },
    shuffled: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error('Name a replay file.');
/** Of all segments, as the budget of each episode. */
const shares = [0.1, 0.15, 0.2, 0.28, 0.5] as const;
const comparators = ['blind', 'uniform', 'rules', 'every-3', 'every-2', 'coarse', 'mean'] as const;

const text = await readFile(file, 'utf8');
const recordings = readReplayFile(text, file);
const tasks = replayTasks(text, file);

/** Names of one half: of the anomalous and of the normal videos every second one, in the order of their hashes. */
function halfOf(split: number): Set<string> {
  const order = (own: readonly ReplayRecording[]) =>
    own.toSorted((a, b) => hash32(`${split}/${a.name}`) - hash32(`${split}/${b.name}`));
  const groups = [true, false].map((is) => order(recordings.filter(({ anomalies }) => anomalies.length > 0 === is)));
  return new Set(groups.flatMap((group) => group.filter((_, place) => place % 2 === 0).map(({ name }) => name)));
}

interface Assessed {
  readonly name: string;
  readonly class: string;
  readonly labels: Uint8Array;
  readonly plain: Float64Array;
  readonly smooth: Float64Array;
  readonly seen: number;
  readonly segments: number;
}

const sigma = Number(values.smoothing);

async function assessed(part: readonly ReplayRecording[], policy: string | Policy, share: number | null, seed: number) {
  const found: Assessed[] = [];
  for (const recording of part) {
    const { scores, segmentsNew, segments } = await assessReplay(recording, policy, seed, { share });
    const plain = Float64Array.from(scores);
    found.push({
      ...{ name: recording.name, class: recording.class, labels: frameLabels(recording, recording.frames) },
      ...{ plain, smooth: smoothed(plain, sigma * recording.framesPerSecond), seen: segmentsNew, segments },
    });
  }
  return found;
}

const aucOf = (part: readonly Assessed[], which: 'plain' | 'smooth') =>
  microAuc(part.map((each) => countRecording({ ...each, scores: each[which] }))) ?? NaN;

/** Rows by what they are called: figures of each test half. */
const rows = new Map<string, { plain: number[]; smooth: number[]; share: number[] }>();

function add(name: string, part: readonly Assessed[]): void {
  const row = rows.get(name) ?? { plain: [], smooth: [], share: [] };
  rows.set(name, row);
  row.plain.push(aucOf(part, 'plain'));
  row.smooth.push(aucOf(part, 'smooth'));
  row.share.push(part.reduce((sum, { seen }) => sum + seen, 0) / part.reduce((sum, { segments }) => sum + segments, 0));
}

function print(): void {
  const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;
  const spread = (all: readonly number[]) =>
    Math.sqrt(all.reduce((sum, each) => sum + (each - mean(all)) ** 2, 0) / Math.max(1, all.length - 1));
  const told = (all: readonly number[]) => `${mean(all).toFixed(4)} ± ${spread(all).toFixed(4)}`;
  for (const [name, { plain, smooth, share }] of [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(
      `${name.padEnd(24)} looked at ${(100 * mean(share)).toFixed(1).padStart(5)} %  AUC ${told(plain)}  smoothed ${told(smooth)}  (${plain.length})`,
    );
  }
}

/** The labels of other videos for these tasks. */
function withOthersLabels(own: readonly SourcedTask[], seed: string): SourcedTask[] {
  const order = shuffled(own, randomFrom(seed));
  return own.map(({ recording, task }, index) => ({
    recording,
    task: { ...task, truth: order[index]?.task.truth ?? task.truth },
  }));
}

const start = decodeNano(await readFile(values.weights));
const settings = {
  ...roundSettingsFor.replays,
  rounds: Number(values.rounds),
  ...(values.rate !== undefined && { learningRate: Number(values.rate) }),
  ...(values.epochs !== undefined && { epochs: Number(values.epochs) }),
  ...(values.reading && { trains: 'reading' as const }),
};

async function trained(names: ReadonlySet<string>, seed: string): Promise<NanoModel> {
  const inside = tasks.filter(({ recording }) => names.has(recording));
  const own = values.shuffled ? withOthersLabels(inside, seed) : inside;
  const { model } = await trainRounds({
    ...{ model: start, settings, seed, threads: Number(values.threads) },
    tasks: (round) =>
      besideSimulation(
        own.map(({ task }) => task),
        `${seed}/${round}`,
      ),
  });
  return model;
}

async function addNano(name: string, model: NanoModel, test: readonly ReplayRecording[], seed: number): Promise<void> {
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const policy = nanoPolicy(net, { version: 'bench', choose: 'greedy' });
  for (const share of shares) add(`${name} at ${share}`, await assessed(test, policy, share, seed));
}

console.log(JSON.stringify({ ...values, settings }));
for (let split = 0; split < Number(values.splits); split++) {
  const half = halfOf(split);
  for (const way of [true, false]) {
    const test = recordings.filter(({ name }) => half.has(name) !== way);
    const names = new Set(recordings.filter(({ name }) => half.has(name) === way).map(({ name }) => name));
    for (const name of values.alone ? [] : comparators) {
      if (isComparator(name)) add(name, await assessed(test, name, null, 1));
      else for (const share of shares) add(`${name} at ${share}`, await assessed(test, name, share, 1));
    }
    await addNano('nano, untrained', start, test, 1);
    for (let seed = 0; seed < (values.untrained ? 0 : Number(values.seeds)); seed++) {
      const began = performance.now();
      await addNano('nano, trained', await trained(names, `${split}/${String(way)}/${seed}`), test, seed);
      console.log(
        `split ${split} ${way ? 'there' : 'back'}, seed ${seed}: ${((performance.now() - began) / 1000).toFixed(0)} s`,
      );
    }
  }
}
print();
process.exit(0);
