/**
 * What the nano policy makes of real clips after learning from other ones: trained within each fold on the clips of the
 * other folds by their video-level labels, tested on its own, beside policies that look at as many frames and at all.
 *
 *     node test/bench/clip-folds.bench.ts DATASET --data DIR [--budget 270] [--folds 5] [--labels N]
 *
 * DATASET has a folder for each class, `normal` among them. Folds are by source, as `eval --folds by-source` makes them: the
 * first run in DIR does that. Prints recording-level AUC over all clips, each scored by the model that saw none of its
 * source, with paired bounds by bootstrap over clips. `--labels` trains on so many clips of either kind alone.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import { pairedBootstrap } from '../../src-main/evaluation/metrics/bootstrap.ts';
import { rocAuc } from '../../src-main/evaluation/metrics/roc.ts';
import { countScores } from '../../src-main/evaluation/metrics/score-counts.ts';
import { randomFrom, shuffled } from '../../src-main/math/random.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    budget: { type: 'string', default: '270' },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    labels: { type: 'string' },
  },
});
const [dataset] = positionals;
const { data } = values;
if (dataset === undefined || data === undefined) throw new Error('Name a folder of clips, and --data.');
const run = promisify(execFile);
const launcher = resolve('launcher.js');
const anomPi = (...args: readonly string[]) =>
  run(process.execPath, [launcher, ...args, '--data', data, '--json'], { maxBuffer: 2 ** 28 });

/** The evaluation that was made last. */
async function lastEvaluation(): Promise<Evaluation> {
  const folder = join(data as string, 'evaluations');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  const [latest] = dated.toSorted((a, b) => b.at - a.at);
  if (latest === undefined) throw new Error(`There is no evaluation in ${folder}.`);
  return JSON.parse(await readFile(latest.file, 'utf8')) as Evaluation;
}

const asked = ['--format', 'clips', '--normal-class', 'normal', '--budget', values.budget] as const;
await anomPi('eval', dataset, ...asked, '--policy', 'dense', '--folds', 'by-source');
const { recordings } = await lastEvaluation();
const count = Number(values.folds);
const foldOf = (recording: Evaluation['recordings'][number]) => (recording.fold ?? 0) % count;
const policies = ['nano', 'untrained', 'uniform', 'dense'] as const;
type Scores = Readonly<Record<(typeof policies)[number], number>> & { readonly label: 0 | 1 };
const clips: Scores[] = [];

for (let fold = 0; fold < count; fold++) {
  const folder = join(data, 'fold');
  await rm(folder, { recursive: true, force: true });
  const isTested = (recording: Evaluation['recordings'][number]) => foldOf(recording) === fold;
  const others = shuffled(
    recordings.filter((recording) => !isTested(recording)),
    randomFrom(`clip-folds/${values.seed}/${fold}`),
  );
  const ofKind = (isNormal: boolean) => others.filter((recording) => (recording.class === 'normal') === isNormal);
  const taught = new Set(
    [true, false].flatMap((isNormal) => ofKind(isNormal).slice(0, Number(values.labels ?? Infinity))),
  );
  for (const recording of recordings.filter((each) => isTested(each) || taught.has(each))) {
    const target = join(folder, isTested(recording) ? 'test' : 'train', recording.name);
    await mkdir(resolve(target, '..'), { recursive: true });
    await cp(join(dataset, recording.name), target);
  }
  const began = performance.now();
  const name = `fold-${fold}-${Date.now()}`;
  await anomPi('train', '--dataset', join(folder, 'train'), '--format', 'clips', '--name', name, '--seed', values.seed);
  const seconds = (performance.now() - began) / 1000;
  const shown = [`nano@${name}`, 'nano', 'uniform', 'dense'];
  await anomPi('eval', join(folder, 'test'), ...asked, ...shown.flatMap((policy) => ['--policy', policy]));
  const tested = await lastEvaluation();
  for (const { class: own, assessments } of tested.recordings) {
    const [nano = NaN, untrained = NaN, uniform = NaN, dense = NaN] = assessments.map(({ score }) => score ?? NaN);
    clips.push({ nano, untrained, uniform, dense, label: own === 'normal' ? 0 : 1 });
  }
  console.log(`fold ${fold}: ${tested.recordings.length} clips, trained in ${seconds.toFixed(0)} s`);
  for (const row of tested.rows)
    console.log(`  ${row.policy} AUC ${row.auc?.toFixed(3)}, ${row.framesPerMinute?.toFixed(0)} frames a minute`);
}

const aucBy = (policy: (typeof policies)[number]) => (sample: readonly Scores[]) =>
  rocAuc(
    countScores(
      sample.map((clip) => clip[policy]),
      sample.map(({ label }) => label),
    ),
  );
for (const policy of policies) console.log(`${policy}: AUC ${aucBy(policy)(clips)?.toFixed(3)}`);
for (const other of ['uniform', 'dense', 'untrained'] as const) {
  const pairs = clips.map((clip) => ({ first: { ...clip, nano: clip[other] }, second: clip }));
  const spread = pairedBootstrap(pairs, aucBy('nano'), { seed: 'clip-folds' });
  console.log(`nano − ${other}: [${spread?.low.toFixed(3)}, ${spread?.high.toFixed(3)}]`);
}
