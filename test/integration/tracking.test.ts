/** Tracks on simulated scenes, where it is known who is who. Whole recordings are measured in tracking.bench.ts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreTracking } from '../../src-main/evaluation/tracking/tracking-metrics.ts';
import { findModels } from '../../src-main/inference/index.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import { observeFrames, openPerceptionNets } from '../../src-main/perception/index.ts';
import { trackObjects } from '../../src-main/perception/tracks/track-objects.ts';
import { sampleScenes } from '../../src-main/simulation/index.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { compared, type FilmedScene, filmTo, flawedObservations } from '../support/simulated-tracks.ts';

const models = await findModels([join(import.meta.dirname, '..', '..', 'resources', 'models')]);
const missing = models.nanodet === null || models.movenet === null;
if (missing) console.log('tracking.test.ts goes without nets: resources/models has none (npm install fetches them).');

const framesPerSecond = 8;
const seconds = 12;
/** Of the sample archive: a dozen people on a square, and people and bags in a passage. */
const places = { Plaza: 3, Passage: 7 } as const;

let folder = '';
const films = new Map<string, FilmedScene>();
const filmOf = (place: string): FilmedScene => {
  const film = films.get(place);
  if (film === undefined) throw new Error(`${place} was not filmed.`);
  return film;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-tracking-'));
  const scenes = sampleScenes('tracking');
  for (const [place, index] of Object.entries(places)) {
    const scene = scenes[index];
    if (scene === undefined) throw new Error(`The sample archive has no scene ${String(index)}.`);
    films.set(place, await filmTo(join(folder, `${place}.mp4`), scene, seconds, framesPerSecond));
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.each(Object.keys(places))('%s', (place) => {
  it('keeps everyone apart where everything is seen', () => {
    const film = filmOf(place);
    const perfect = { jitter: 0, missing: 0, faint: 0, wrong: 0 };
    const tracks = trackObjects(flawedObservations(film, perfect, randomFrom(1)));
    expect(scoreTracking(compared(film, tracks, 'person')).idf1).toBeGreaterThan(0.97);
  });

  it('keeps most apart though boxes jitter, a tenth is missing, a tenth is faint, and some are wrong', () => {
    const film = filmOf(place);
    const flaws = { jitter: 0.03, missing: 0.1, faint: 0.1, wrong: 0.2 };
    const tracks = trackObjects(flawedObservations(film, flaws, randomFrom(2)));
    const score = scoreTracking(compared(film, tracks, 'person'));
    console.log(`${place}, flawed truth: IDF1 ${score.idf1.toFixed(3)}, ${String(score.switches)} switches`);
    expect(score.idf1).toBeGreaterThan(0.9);
  });

  it.skipIf(missing)('keeps most apart with what the nets see', async () => {
    await using reader = await openVideo(join(folder, `${place}.mp4`));
    await using nets = await openPerceptionNets(models, { provider: 'cpu', threads: 1 });
    const film = filmOf(place);
    const times = film.truths.map(({ time }) => time);
    const frames = await observeFrames({ reader, nets, cache: new Map(), times });
    const score = scoreTracking(compared(film, trackObjects(frames), 'person'));
    console.log(`${place}, nets: IDF1 ${score.idf1.toFixed(3)}, MOTA ${score.mota.toFixed(2)}`);
    expect(score.idf1).toBeGreaterThan(0.9);
  });
});
