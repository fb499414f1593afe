/**
 * How like symbolic observations are to what perception returns of the same scenes rendered, on scenes that the noise
 * model was not fitted on, and what they cost.
 *
 *     node test/bench/symbolic.bench.ts [--seed held-out] [--cache DIR] [--every 2] [--worst 15]
 *
 * Prints recall by height, scores, keypoint errors and motion of both; the Kolmogorov-Smirnov distance of every entry of
 * the window vectors and how the two correlate look by look; how well a head, cross-fitted by recording, tells the two
 * apart (.5 not at all); and the processor time of a frame and of a training recording.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crossFittedScores } from '../../src-main/evaluation/head/cross-fitted.ts';
import { rocAuc } from '../../src-main/evaluation/metrics/roc.ts';
import { countScores } from '../../src-main/evaluation/metrics/score-counts.ts';
import { boxIoU } from '../../src-main/perception/box.ts';
import { observeWindow, type FrameObservation } from '../../src-main/perception/index.ts';
import { windowLayoutEntries } from '../../src-main/perception/window-layout.ts';
import { symbolicFrames, symbolicRecording } from '../../src-main/simulation/symbolic/index.ts';
import { figuresAt } from '../../src-main/simulation/symbolic/figures.ts';
import { perceivedScenes } from '../support/perceived-scenes.ts';
import { correlation, mean } from '../support/regression.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'held-out' },
    cache: { type: 'string', default: join(tmpdir(), 'anom-pi-perceived') },
    every: { type: 'string', default: '2' },
    worst: { type: 'string', default: '15' },
  },
});
const scenes = await perceivedScenes(values.seed, values.cache, { every: Number(values.every), from: 1 });

/** Milliseconds of this process's processor time. */
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const sources = ['real', 'symbolic'] as const;
type Both<T> = Record<(typeof sources)[number], T>;
const both = <T>(make: () => T): Both<T> => ({ real: make(), symbolic: make() });

const found = both(() => new Map<string, number[]>());
const note = (source: (typeof sources)[number], what: string, value: number) => {
  const of = found[source].get(what) ?? [];
  of.push(value);
  found[source].set(what, of);
};
const looks = both((): Float32Array[] => []);
const groups: number[] = [];
let [frames, time] = [0, 0];

/** Heights of persons in shares of the picture, from which on each class of the recall counts. */
const heights = [0, 0.08, 0.12, 0.18, 0.3] as const;

for (const [number, { scene, frames: real, looks: times }] of scenes.entries()) {
  const before = spent();
  const symbolic = symbolicFrames(scene);
  const made = real.map((frame) => symbolic.at(frame.time));
  time += spent() - before;
  frames += real.length;
  for (const [index, frame] of real.entries()) {
    const persons = figuresAt(symbolic.stage, frame.time).filter(
      ({ kind, shown }) => kind === 'person' && shown >= 0.3,
    );
    compare('real', frame, persons, symbolic.stage.space.aspect);
    compare('symbolic', made[index] as FrameObservation, persons, symbolic.stage.space.aspect);
  }
  const at = (list: readonly FrameObservation[], look: readonly number[]) => {
    const near = (wanted: number) => list.filter(({ time: shown }) => Math.abs(shown - wanted) < 0.5 / scene.frameRate);
    const [first = 0, second = 1] = look;
    return observeWindow(look.flatMap(near), first, (look.at(-1) ?? 0) + second - first).vector;
  };
  for (const look of times) {
    looks.real.push(at(real, look));
    looks.symbolic.push(at(made, look));
    groups.push(number);
  }
}

function compare(
  source: (typeof sources)[number],
  { objects, persons: poses, motion }: FrameObservation,
  persons: readonly ReturnType<typeof figuresAt>[number][],
  aspect: number,
): void {
  note(source, 'motion energy, root', Math.sqrt(motion.energy));
  note(source, 'objects in a frame', objects?.length ?? 0);
  note(source, 'poses in a frame', poses?.length ?? 0);
  if (motion.flow.speed > 0) note(source, 'flow speed', motion.flow.speed);
  for (const figure of persons) {
    const bin = heights.findLast((least) => figure.box.height >= least) ?? 0;
    const object = (objects ?? []).find((each) => each.class === 0 && boxIoU(each.box, figure.box) >= 0.35);
    const pose = (poses ?? []).find((each) => boxIoU(each.box, figure.box) >= 0.35);
    note(source, `recall of objects from height ${String(bin)}`, object === undefined ? 0 : 1);
    note(source, `recall of poses from height ${String(bin)}`, pose === undefined ? 0 : 1);
    if (object !== undefined) note(source, 'score of persons as objects', object.score);
    if (pose === undefined) continue;
    note(source, 'score of poses', pose.score);
    for (const k of [5, 6, 9, 10, 11, 12, 15, 16]) {
      const [x, y] = [figure.outline.points[3 * k] ?? 0, figure.outline.points[3 * k + 1] ?? 0];
      const off = Math.hypot((pose.keypoints[3 * k] ?? 0) * aspect - x, (pose.keypoints[3 * k + 1] ?? 0) - y);
      note(source, 'score of keypoints', pose.keypoints[3 * k + 2] ?? 0);
      note(source, 'error of keypoints, heights', off / figure.box.height);
    }
  }
}

/** The largest difference of the two empirical distributions. */
function ksDistance(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => [value, 0] as const), ...b.map((value) => [value, 1] as const)];
  all.sort((one, other) => one[0] - other[0]);
  let [below, most] = [[0, 0], 0] as [[number, number], number];
  for (const [index, [value, source]] of all.entries()) {
    below[source]++;
    if (all[index + 1]?.[0] !== value) most = Math.max(most, Math.abs(below[0] / a.length - below[1] / b.length));
  }
  return most;
}

const quantiles = (list: readonly number[]) => {
  const sorted = list.toSorted((a, b) => a - b);
  return [0.1, 0.5, 0.9].map((share) => (sorted[Math.floor(share * sorted.length)] ?? NaN).toFixed(3)).join(' ');
};
console.log(`${scenes.length} recordings of seed ${values.seed}, ${frames} frames, ${looks.real.length} looks`);
console.log('what                                          real: mean, 10 50 90 %        symbolic');
for (const what of [...found.real.keys()].toSorted()) {
  const of = sources.map((source) => found[source].get(what) ?? []);
  console.log(what.padEnd(44), ...of.map((list) => `${mean(list).toFixed(3)} (${quantiles(list)})`.padEnd(30)));
}

const entries = windowLayoutEntries
  .map(({ name }, index) => {
    const [real, symbolic] = sources.map((source) => looks[source].map((vector) => vector[index] ?? 0));
    const [a, b] = [real ?? [], symbolic ?? []];
    const pairs = a.map((value, at) => [value, b[at] ?? 0] as const);
    return { name, means: [mean(a), mean(b)], distance: ksDistance(a, b), alike: correlation(pairs) };
  })
  .filter(({ means }) => means.some((value) => value !== 0))
  .toSorted((a, b) => b.distance - a.distance);
const middle = entries[entries.length >> 1]?.distance ?? NaN;
console.log(
  `window vectors, ${entries.length} entries: Kolmogorov-Smirnov distance ${mean(entries.map(({ distance }) => distance)).toFixed(3)} ` +
    `on average, ${middle.toFixed(3)} median; correlation look by look ${mean(entries.map(({ alike }) => alike)).toFixed(3)}`,
);
for (const { name, means, distance, alike } of entries.slice(0, Number(values.worst))) {
  const shown = means.map((value) => value.toFixed(3)).join(' ');
  console.log(`  ${name.padEnd(32)} ${distance.toFixed(2)}  means ${shown}  correlation ${alike.toFixed(2)}`);
}
const vectors = [...looks.real, ...looks.symbolic];
const labels = [...looks.real.map(() => 0 as const), ...looks.symbolic.map(() => 1 as const)];
const { scores } = crossFittedScores(vectors, labels, [...groups, ...groups], 1, { folds: 4 });
const auc = rocAuc(countScores(scores, labels));
console.log(`a head tells real looks from symbolic ones with an AUC of ${auc?.toFixed(3) ?? '?'}`);

console.log(`processor time: ${(time / frames).toFixed(3)} ms a frame`);
const [recordings, looksOfEach] = [40, 15];
symbolicRecording('warm');
const start = spent();
for (let number = 0; number < recordings; number++) {
  const { watcher } = symbolicRecording(`bench-${number}`);
  for (let look = 0; look < looksOfEach; look++) {
    const times = Array.from({ length: 8 }, (_, frame) => look * 3.4 + frame * 0.5);
    const seen = await watcher.observe(times, 0);
    watcher.describe(seen, times[0] ?? 0, (times.at(-1) ?? 0) + 0.5, 0.5);
  }
}
console.log(
  `a training recording of 128 s with ${looksOfEach} looks of 8 frames: ${((spent() - start) / recordings).toFixed(0)} ms`,
);
