import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import { backgroundColumns, backgroundLikeness, backgroundOf, backgroundRows } from './background.ts';
import { clusterBySource, type SourceTraits } from './cluster-by-source.ts';
import { foldsBySource } from './folds-by-source.ts';

/** A picture `width` × `height` whose pixels are `luma(x, y)` for shares x, y of it. */
function pictureOf(width: number, height: number, luma: (x: number, y: number) => number, margin = 0) {
  const whole = { width: width + 2 * margin, height: height + 2 * margin };
  const rgb = new Uint8Array(whole.width * whole.height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rgb
        .fill(luma(x / width, y / height), ((y + margin) * whole.width + x + margin) * 3)
        .fill(0, (y + margin + 1) * whole.width * 3);
    }
  }
  return { ...whole, rgb, picture: { x: margin, y: margin, width, height } };
}

/** Smooth random scenery of a place. */
function scenery(seed: string) {
  const random = randomFrom(seed);
  const waves = Array.from({ length: 30 }, () => ({
    x: random.between(-50, 50),
    y: random.between(-50, 50),
    phase: random.between(0, 6.3),
  }));
  return (x: number, y: number) =>
    128 + waves.reduce((sum, wave) => sum + 6 * Math.sin(wave.x * x + wave.y * y + wave.phase), 0);
}

const placeAt = (seed: string, shift = 0) => {
  const luma = scenery(seed);
  return backgroundOf([pictureOf(64, 36, (x, y) => luma(x + shift, y))]);
};

const recording = (
  name: string,
  background: Float32Array,
  width = 640,
  frameRate: number | null = 25,
): SourceTraits => ({
  name,
  width,
  height: 360,
  frameRate,
  background,
});

describe('background', () => {
  test('who walks through leaves no trace', () => {
    const empty = pictureOf(64, 36, (x) => 200 * x);
    const visited = (from: number) => pictureOf(64, 36, (x) => (x >= from && x < from + 0.25 ? 255 : 200 * x));
    expect(backgroundOf([visited(0), visited(0.3), empty, visited(0.7), visited(0.5)])).toEqual(backgroundOf([empty]));
  });

  test('it is the mean brightness of each place of the picture, bars around it left out', () => {
    const background = backgroundOf([pictureOf(320, 90, (x, y) => (x < 0.5 ? 40 : 80) + (y < 0.5 ? 0 : 100), 7)]);
    expect(background).toHaveLength(backgroundColumns * backgroundRows);
    expect(background[0]).toBeCloseTo(40, 4);
    expect(background[backgroundColumns - 1]).toBeCloseTo(80, 4);
    expect(background.at(-1)).toBeCloseTo(180, 4);
    expect(() => backgroundOf([])).toThrow(RangeError);
  });

  test('likeness stands a change of light and a turned camera, and tells places apart', () => {
    const here = placeAt('here');
    expect(
      backgroundLikeness(
        here,
        here.map((value) => 0.6 * value + 20),
      ),
    ).toBeGreaterThan(0.95);
    expect(backgroundLikeness(here, placeAt('here', 5 / 32))).toBeGreaterThan(0.95);
    expect(backgroundLikeness(here, placeAt('there'))).toBeLessThan(0.6);
    const black = new Float32Array(here.length);
    expect(backgroundLikeness(black, black)).toBe(0);
  });

  test('likeness is the same both ways', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(backgroundLikeness(placeAt(a), placeAt(b))).toBeCloseTo(backgroundLikeness(placeAt(b), placeAt(a)), 9);
      }),
      { numRuns: 20 },
    );
  });
});

describe('clusters', () => {
  const [yard, shop, street] = [placeAt('yard'), placeAt('shop'), placeAt('street')];

  test('one place in one size and rate is one source, whatever its class', () => {
    expect(
      clusterBySource([recording('fight/a7', yard), recording('normal/b3', shop), recording('normal/b9', yard)]),
    ).toEqual([0, 1, 0]);
  });

  test('neighbours by number are one source in one size and rate only', () => {
    const clips = (...names: [string, number][]) =>
      clusterBySource(names.map(([name, width], index) => recording(name, placeAt(`${name}${index}`), width)));
    expect(clips(['fi012.mp4', 640], ['fi013.mp4', 640], ['fi015.mp4', 640])).toEqual([0, 0, 1]);
    expect(clips(['fi012.mp4', 640], ['fi013.mp4', 480])).toEqual([0, 1]);
    expect(clips(['fi012.mp4', 640], ['no013.mp4', 640])).toEqual([0, 1]);
    expect(clips(['gate.mp4', 640], ['yard.mp4', 640])).toEqual([0, 1]);
  });

  test('a second upload in another size is found by its picture alone', () => {
    expect(clusterBySource([recording('a1', street), recording('b8', street, 480)])).toEqual([0, 0]);
    expect(clusterBySource([recording('a1', street, 640, 25), recording('b8', shop, 640, null)])).toEqual([0, 1]);
  });

  test('links join what they connect', () => {
    const names = ['a1', 'a3', 'a2', 'b5'];
    const backgrounds = [yard, shop, street, shop];
    expect(clusterBySource(names.map((name, index) => recording(name, backgrounds[index] ?? yard)))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe('folds', () => {
  const sources = fc.array(
    fc.record({ positives: fc.integer({ min: 0, max: 6 }), negatives: fc.integer({ min: 0, max: 6 }) }),
    { minLength: 2, maxLength: 30 },
  );
  const listed = (counts: readonly { positives: number; negatives: number }[]) => {
    const rows = counts.flatMap(({ positives, negatives }, group) => [
      ...Array.from({ length: positives }, () => ({ group, label: 1 as const })),
      ...Array.from({ length: negatives }, () => ({ group, label: 0 as const })),
    ]);
    return { groups: rows.map(({ group }) => group), labels: rows.map(({ label }) => label) };
  };

  test('no source is in two folds, and no fold is empty', () => {
    fc.assert(
      fc.property(sources, fc.integer({ min: 2, max: 8 }), fc.nat(), (counts, k, seed) => {
        const { groups, labels } = listed(counts);
        const distinct = new Set(groups).size;
        fc.pre(distinct >= 2);
        const folds = foldsBySource(groups, labels, k, seed);
        const pairs = new Set(groups.map((group, index) => `${String(group)}:${String(folds[index])}`));
        expect(pairs.size).toBe(distinct);
        expect(new Set(folds)).toEqual(new Set(Array.from({ length: Math.min(k, distinct) }, (_, fold) => fold)));
        expect(foldsBySource(groups, labels, k, seed)).toEqual(folds);
      }),
    );
  });

  test('classes are spread as evenly as sources of one recording allow', () => {
    const labels = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 1 : 0));
    const folds = foldsBySource([...labels.keys()], labels, 5, 1);
    for (let fold = 0; fold < 5; fold++) {
      const inFold = labels.filter((_, index) => folds[index] === fold);
      expect([inFold.length, inFold.filter((label) => label === 1).length]).toEqual([8, 2]);
    }
  });

  test.each([
    [[0, 1], [1], 2, /2 groups cannot belong to 1 labels/],
    [[3, 3], [1, 0], 2, /one source/],
    [[0, 1], [1, 0], 1, /at least 2/],
  ] as const)('%j with %j in %j folds is refused', (groups, labels, k, message) => {
    expect(() => foldsBySource(groups, labels, k, 1)).toThrow(message);
  });
});
