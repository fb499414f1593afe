/**
 * The method's central claim: twins that are alike at every instant which a passive sampler sees, told apart by looking
 * again where a cue asks for it. Symbolic: observed through the noise model, not rendered.
 *
 *     node test/bench/twins.bench.ts [--weights FILE] [--seeds NAME] [--suites 21] [--budget 15] [--drawn]
 *
 * Cued pairs of so many aliasing suites, six each, at a passive sampler's 15 frames a minute. Prints for each policy the
 * AUC within pairs (its highest frame-level score; ties count half), the frames it looked at, and for `nano` the difference
 * to the best passive one with its 95 % bounds by bootstrap over pairs. `--drawn` draws nano's actions at temperature 1.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { bootstrapSpread } from '../../src-main/evaluation/metrics/bootstrap.ts';
import { operatorsOf, summed } from '../../src-main/evaluation/run/index.ts';
import { openSessionHere } from '../../src-main/inference/session-here.ts';
import { policyNamed, runEpisode, type Policy } from '../../src-main/inquiry/index.ts';
import { decodeNano, nanoPolicy, openNano } from '../../src-main/inquiry/policies/nano/index.ts';
import { suiteNamed } from '../../src-main/simulation/suites/index.ts';
import { symbolicWatcher } from '../../src-main/simulation/symbolic/watcher.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'resources/policies/nano.bin' },
    seeds: { type: 'string', default: 'twins' },
    suites: { type: 'string', default: '21' },
    budget: { type: 'string', default: '15' },
    drawn: { type: 'boolean', default: false },
  },
});
const model = decodeNano(await readFile(values.weights));
await using net = await openNano(model, { provider: 'cpu', threads: 1 }, openSessionHere);
const passive = ['uniform', 'triage'] as const;
const policies: readonly Policy[] = [
  nanoPolicy(net, { version: 'bench', choose: values.drawn ? 'sample' : 'greedy' }),
  ...['rules', ...passive].map((name) => policyNamed(name)),
];

/** What one policy made of one pair: 1 where the twin with the incident has the higher score, ½ where neither has. */
interface Judged {
  readonly tale: string;
  readonly won: number;
  /** Frames a minute, and how often each operator was used, over both twins. */
  readonly frames: number;
  readonly operators: Readonly<Record<string, number>>;
}
const judged = new Map<string, Judged[]>(policies.map(({ name }) => [name, []]));

for (let suite = 0; suite < Number(values.suites); suite++) {
  const { recordings } = suiteNamed('aliasing', { seed: `${values.seeds}${suite}`, rate: 0.25, scenes: 12 });
  for (let index = 0; index + 1 < recordings.length; index += 2) {
    const pair = recordings.slice(index, index + 2);
    if (pair[0]?.notes['kind'] !== 'cued') continue;
    const scenes = pair.map((recording) => recording.scene());
    for (const policy of policies) {
      const scores: [innocent: number, told: number] = [0, 0];
      let frames = 0;
      const trajectories: Trajectory[] = [];
      for (const scene of scenes) {
        const watcher = symbolicWatcher(scene);
        const minutes = watcher.seconds / 60;
        const { trajectory } = await runEpisode({
          ...{ policy, watcher, episode: { start: 0, end: watcher.seconds }, seed: 1, question: [] },
          grid: 'recording',
          budget: { frames: Math.round(Number(values.budget) * minutes), steps: 24, seconds: 300 },
        });
        scores[scene.incidents.length > 0 ? 1 : 0] = Math.max(...trajectory.scores);
        frames += trajectory.costs.newFrames / minutes / scenes.length;
        trajectories.push(trajectory);
      }
      const [innocent, told] = scores;
      const won = told > innocent ? 1 : told === innocent ? 0.5 : 0;
      judged
        .get(policy.name)
        ?.push({ tale: String(pair[0].notes['tale']), won, frames, operators: operatorsOf(trajectories) });
    }
  }
}

const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length);
const winsOf = (all: readonly Judged[]) => mean(all.map(({ won }) => won));
for (const [name, all] of judged) {
  const tales = [...new Set(all.map(({ tale }) => tale))];
  const byTale = tales
    .map((tale) => `${tale} ${winsOf(all.filter((each) => each.tale === tale)).toFixed(2)}`)
    .join(', ');
  console.log(
    `${name.padEnd(8)} ${all.length} pairs, AUC within pairs ${winsOf(all).toFixed(3)} (${byTale}), ${mean(all.map(({ frames }) => frames)).toFixed(1)} frames a minute, ${JSON.stringify(summed(all.map(({ operators }) => operators)))}`,
  );
}
const own = judged.get('nano') ?? [];
const best = passive.map((name) => judged.get(name) ?? []).toSorted((a, b) => winsOf(b) - winsOf(a))[0] ?? [];
const differences = own.map(({ won }, index) => won - (best[index]?.won ?? 0.5));
const spread = bootstrapSpread(differences, (sample) => mean(sample), { seed: 'twins' });
console.log(
  `nano − best passive: ${mean(differences).toFixed(3)} [${spread?.low.toFixed(3) ?? '–'}, ${spread?.high.toFixed(3) ?? '–'}]`,
);
process.exit(0);
