/**
 * Bench of perception: what each stage of looking at a frame costs, and how many times faster a second pass is that finds
 * all frames in the cache. Looks at every lattice instant (8 a second) of each recording, as the finest look does.
 * Sections are measured in turn, round after round, so that other work on the machine meets them alike; figures are medians
 * over the rounds. `cpuMs` counts all threads of this process; where the machine is busy it says more than `ms`.
 *
 *     node test/bench/perception.bench.ts [--seconds N] [--rounds N] [--threads N] [VIDEO…]
 *
 * Prints one JSON line for the machine, then one per section, then a summary per recording.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { entries } from '../../src-main/hosts/entries.ts';
import { findModels, type ModelSet } from '../../src-main/inference/index.ts';
import {
  analysisSize,
  decodeFrames,
  encodeFrames,
  type FrameObservation,
  observeFrames,
  openPerceptionNets,
} from '../../src-main/perception/index.ts';
import { type LumaImage, lumaFrom } from '../../src-main/perception/luma.ts';
import { observeMotion } from '../../src-main/perception/motion.ts';
import { type FrameImage, openVideo } from '../../src-main/video/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
  },
});
const [seconds, rounds, threads] = [Number(values.seconds), Number(values.rounds), Number(values.threads)];
const latticeRate = 8;
const lag = 0.2;
/** Pictures that the stages after decoding are measured on: enough for steady figures, few enough for the memory. */
const mostHeld = 100;

interface Section {
  readonly name: string;
  /** Returns how many frames it went through. */
  run(): Promise<number>;
  readonly ms: number[];
  readonly cpuMs: number[];
}

const section = (name: string, run: () => Promise<number>): Section => ({ name, run, ms: [], cpuMs: [] });

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? NaN;

async function measure({ run, ms, cpuMs }: Section): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const frames = await run();
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpuBefore);
  ms.push(wall / frames);
  cpuMs.push((user + system) / 1000 / frames);
}

async function benchOf(path: string, models: ModelSet): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const openNets = async (which: ModelSet) =>
    stack.use(await openPerceptionNets(which, { provider: 'cpu', threads, threadEntry: entries.netThread }));
  const reader = stack.use(await openVideo(path, { threads: 1 }));
  const { times: frameTimes } = await reader.scanPackets();
  const size = analysisSize(reader.info);
  const length = Math.min(seconds, reader.info.seconds);
  const times = Array.from({ length: Math.floor(length * latticeRate) }, (_, tick) => tick / latticeRate);
  const withNeighbours = times.flatMap((time) => [time, time + lag]);
  const held: FrameImage[] = [];
  for await (const image of reader.framesAt(withNeighbours.slice(0, 2 * mostHeld), size)) held.push(image);
  const lumas: LumaImage[] = held.map(lumaFrom);
  const nets = await openNets(models);
  const detectAll = async (which: ModelSet) => {
    const opened = await openNets(which);
    return async () => {
      // Two at a time, as in a look.
      for (let at = 0; at < held.length; at += 2)
        await Promise.all(held.slice(at, at + 2).map((i) => opened.detect(i)));
      return held.length;
    };
  };
  const observe = async (cache: Map<number, FrameObservation>) =>
    (await observeFrames({ reader, nets, cache, times, frameTimes })).length;

  let blob = new Uint8Array();
  const sections = [
    section('decode', async () => {
      for await (const _ of reader.framesAt(withNeighbours, size));
      return times.length;
    }),
    section('motion', async () => {
      for (let at = 0; at + 2 < held.length; at++) {
        // Each analysed frame needs the small picture of itself and of its neighbour.
        const [image, luma, neighbour] = [held[at], lumas[at], lumas[at + 2]];
        if (image === undefined || luma === undefined || neighbour === undefined) break;
        lumaFrom(image);
        lumaFrom(image);
        observeMotion(luma, neighbour, lag);
      }
      return held.length - 2;
    }),
    section('objects', await detectAll({ ...models, movenet: null })),
    section('poses', await detectAll({ ...models, nanodet: null })),
    section('nets', await detectAll(models)),
    section('all', async () => {
      const cache = new Map<number, FrameObservation>();
      const frames = await observe(cache);
      blob = Uint8Array.from(encodeFrames([...cache.values()]));
      return frames;
    }),
    section('cached', () => observe(new Map(decodeFrames(blob).map((frame) => [frame.time, frame])))),
  ];
  // The first round warms up: it is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const each of sections) {
      await measure(each);
      if (round === 0) [each.ms.length, each.cpuMs.length] = [0, 0];
    }
  }
  const recording = basename(path);
  const of = (name: string) => sections.find((each) => each.name === name)?.ms ?? [];
  for (const { name, ms, cpuMs } of sections) {
    console.log(JSON.stringify({ type: 'section', recording, name, ms: median(ms), cpuMs: median(cpuMs) }));
  }
  const perRound = (numerator: string, denominator: string) =>
    median(of(numerator).map((ms, round) => ms / (of(denominator)[round] ?? NaN)));
  const summary = {
    ...{ type: 'recording', recording, width: reader.info.width, height: reader.info.height, level: nets.level },
    ...{ frames: times.length, framesPerSecond: 1000 / median(of('all')) },
    ...{ allToNets: perRound('all', 'nets'), cachedTimesFaster: perRound('all', 'cached') },
  };
  console.log(JSON.stringify(summary));
}

const footage = join(import.meta.dirname, '../../../shared/data/normal');
const usual = ['vtest.avi', 'car-detection.mp4'].map((name) => join(footage, name));
const paths = positionals.length > 0 ? positionals : usual.filter((path) => existsSync(path));
if (paths.length === 0) throw new Error(`There is no footage in ${footage}: name a recording on the command line.`);
const models = await findModels([entries.models]);
console.log(
  JSON.stringify({
    ...{ type: 'machine', processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() },
    ...{ load: loadavg()[0], node: process.versions.node, models: models.id, threads, rounds },
  }),
);
for (const path of paths) await benchOf(path, models);
