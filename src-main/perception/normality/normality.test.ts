import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import type { Detection } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { motionColumns, motionRows } from '../motion.ts';
import { frameAt } from '../testing/frames.ts';
import {
  decodeNormality,
  decodeNormalityPart,
  encodeNormality,
  encodeNormalityPart,
  heatMap,
  mergeNormality,
  normalityPartOf,
  noveltiesOf,
  type NormalityHere,
  percentileOf,
} from './index.ts';
import { together } from './together.ts';

/** A street: things go along the fifth row, at 0.1 picture heights a second, more or less. */
const lane = 5;
const cells = motionColumns * motionRows;

interface Odd {
  readonly times?: number;
  readonly row?: number;
  readonly objects?: readonly Detection[];
}

function frame(time: number, seed: string, { times = 1, row = lane, objects = [] }: Odd = {}): FrameObservation {
  const random = randomFrom(`${seed} ${String(time)}`);
  const grid = new Float32Array(cells);
  const speed = new Float32Array(cells);
  const velocity = new Float32Array(2 * cells);
  for (let thing = 0; thing < 4; thing++) {
    const strange = thing === 0;
    const cell = (strange ? row : lane) * motionColumns + random.integer(motionColumns);
    const pace = 0.1 * Math.exp(0.25 * random.normal()) * (strange ? times : 1);
    grid[cell] = random.between(0.1, 0.3);
    speed[cell] = pace;
    velocity[2 * cell] = pace;
  }
  const { motion, ...rest } = frameAt(time, { objects });
  return { ...rest, motion: { ...motion, grid, speed, velocity } };
}

/** Of a frame alone. */
const noveltyOf = (each: FrameObservation, of: NormalityHere) => noveltiesOf([each], of)[0] ?? null;

const framesOf = (seed: string, count = 100, odd: Odd = {}) =>
  Array.from({ length: count }, (_, index) => frame(index / 8, seed, odd));

const bicycle: Detection = { class: 1, score: 0.6, box: { x: 0.1, y: 0.5, width: 0.1, height: 0.2 } };

const partOf = (recording: string, frames: readonly FrameObservation[], hour: number | null = null) =>
  normalityPartOf({ recording, hour, frames, windows: [] });

const parts = ['a', 'b', 'c', 'd', 'e'].map((name) => partOf(name, framesOf(name)));
const normality = mergeNormality(parts);
const here = { normality, hour: null };

describe('what is learned', () => {
  test('the same footage learned twice changes nothing, to the byte', () => {
    const again = partOf('c', framesOf('c'));
    expect(encodeNormality(mergeNormality([...parts, again]))).toEqual(encodeNormality(normality));
    const doubled = [...framesOf('c'), ...framesOf('c')];
    expect(encodeNormalityPart(partOf('c', doubled))).toEqual(encodeNormalityPart(again));
  });

  test('the order of recordings and of frames does not matter', () => {
    const order = fc.shuffledSubarray(parts, { minLength: parts.length });
    fc.assert(
      fc.property(order, (shuffled) => {
        expect(encodeNormality(mergeNormality(shuffled))).toEqual(encodeNormality(normality));
      }),
      { numRuns: 10 },
    );
    const backwards = partOf('a', framesOf('a').toReversed());
    expect(encodeNormalityPart(backwards)).toEqual(encodeNormalityPart(partOf('a', framesOf('a'))));
  });

  test('a recording that grew replaces what it taught, whichever comes first, and one can be forgotten', () => {
    const longer = partOf('a', framesOf('a', 160));
    const without = parts.filter(({ recording }) => recording !== 'a');
    const expected = encodeNormality(mergeNormality([...without, longer]));
    expect(encodeNormality(mergeNormality([...parts, longer]))).toEqual(expected);
    expect(encodeNormality(mergeNormality([longer, ...parts]))).toEqual(expected);
    expect(mergeNormality(without).recordings).toBe(4);
  });

  test('too little footage says nothing', () => {
    const little = { normality: mergeNormality([partOf('a', framesOf('a', 239))]), hour: null };
    expect(little.normality.enough).toBe(false);
    expect(noveltyOf(frame(1, 'x'), little)).toBeNull();
    expect(noveltyOf(frame(1, 'x'), { ...little, normality: mergeNormality([]) })).toBeNull();
    expect(
      noveltyOf(frame(1, 'x'), { ...little, normality: mergeNormality([partOf('a', framesOf('a', 240))]) }),
    ).not.toBeNull();
  });

  test('an hour with enough footage of its own is compared with itself', () => {
    const night = ['n1', 'n2', 'n3'].map((name) => partOf(name, framesOf(name, 800, { times: 3 }), 2));
    const day = ['d1', 'd2', 'd3'].map((name) => partOf(name, framesOf(name, 800), 14));
    const both = mergeNormality([...night, ...day]);
    const fast = frame(1, 'x', { times: 3 });
    const at = (hour: number | null) => noveltyOf(fast, { normality: both, hour })?.surprise ?? NaN;
    expect(at(14)).toBeGreaterThan(at(2) + 2);
    expect(both.hours[3]).toBeNull();
    expect(at(3)).toBe(at(null));
    expect(mergeNormality([...night.slice(0, 2), ...day]).hours[2]).toBeNull();
  });

  test('the map shows where, how fast and which way things move', () => {
    const { columns, rows, presence, speed, direction, frames, hours } = heatMap(normality);
    expect(frames).toBeGreaterThan(0);
    expect(hours).toHaveLength(24);
    expect(hours.every((own, hour) => own > 0 === (normality.hours[hour] !== null))).toBe(true);
    expect([columns, rows]).toEqual([motionColumns, motionRows]);
    for (let cell = 0; cell < cells; cell++) {
      const inLane = Math.floor(cell / motionColumns) === lane;
      expect((presence[cell] ?? 0) > 0).toBe(inLane);
      if (!inLane) continue;
      // Four things a frame over sixteen cells.
      expect(presence[cell]).toBeGreaterThan(0.12);
      expect(presence[cell]).toBeLessThan(0.35);
      expect(Math.abs(Math.log((speed[cell] ?? 0) / 0.1))).toBeLessThan(0.3);
      expect(direction[2 * cell]).toBeGreaterThan(0.07);
      expect(direction[2 * cell + 1]).toBe(0);
    }
  });
});

describe('what is new', () => {
  const surprise = (odd: Odd, seed: string, of = here) => noveltyOf(frame(3, seed, odd), of)?.surprise ?? NaN;
  const seeds = Array.from({ length: 60 }, (_, index) => `new ${String(index)}`);
  const meanOf = (odd: Odd, of = here) => seeds.reduce((sum, seed) => sum + surprise(odd, seed, of), 0) / seeds.length;

  test('rises with speed, place and class, and says which it was and where', () => {
    expect(meanOf({ times: 2 })).toBeGreaterThan(meanOf({}) + 1);
    expect(meanOf({ times: 4 })).toBeGreaterThan(meanOf({ times: 2 }) + 2);
    const kindOf = (odd: Odd) => noveltyOf(frame(3, 'x', odd), here)?.parts[0];
    expect(kindOf({ times: 4 })?.kind).toBe('velocity');
    const elsewhere = kindOf({ row: 1 });
    expect(elsewhere?.kind).toBe('place');
    expect((elsewhere?.place.y ?? 1) + (elsewhere?.place.height ?? 1)).toBeLessThan(0.4);
    expect(kindOf({ objects: [bicycle] })).toMatchObject({ kind: 'object', place: bicycle.box });
    const unsure = surprise({ objects: [{ ...bicycle, score: 0.35 }] }, 'x');
    expect(surprise({ objects: [bicycle] }, 'x')).toBeGreaterThan(unsure);
  });

  test('percentiles of footage that was not learned are about uniform, and nothing of it is extreme', () => {
    const heldOut = ['p', 'q', 'r', 's'].flatMap((seed) => framesOf(seed, 250));
    const percentiles = heldOut.map((each) => noveltyOf(each, here)?.percentile ?? NaN);
    const shareAbove = (bound: number) => percentiles.filter((value) => value >= bound).length / percentiles.length;
    for (const bound of [0.25, 0.5, 0.75, 0.9]) expect(Math.abs(shareAbove(bound) - (1 - bound))).toBeLessThan(0.08);
    expect(shareAbove(0.999)).toBeLessThan(0.01);
  });

  test('a twentieth of anomalies in what was learned barely changes the order', () => {
    const odd = framesOf('odd', 26, { times: 3, objects: [bicycle] });
    const dirty = { normality: mergeNormality([...parts, partOf('odd', odd)]), hour: null };
    const separated = (of: typeof here) => {
      const usual = seeds.map((seed) => surprise({}, seed, of));
      const strange = seeds.map((seed) => surprise({ times: 3, objects: [bicycle] }, seed, of));
      const wins = strange.flatMap((s) => usual.map((u): number => (s > u ? 1 : s === u ? 0.5 : 0)));
      return wins.reduce((sum, win) => sum + win, 0) / wins.length;
    };
    expect(separated(here)).toBeGreaterThan(0.99);
    expect(separated(dirty)).toBeGreaterThan(separated(here) - 0.02);
  });

  test('what one frame alone shows of a moment is not believed, what lasts is, and moments apart are judged apart', () => {
    const look = (odd: readonly Odd[], interval: number) =>
      noveltiesOf(
        odd.map((each, index) => frame(index * interval, 'x', each)),
        here,
      ).map((novelty) => novelty?.parts.find(({ kind }) => kind === 'object')?.surprise ?? NaN);
    const [seen, unseen] = [{ objects: [bicycle] }, {}];
    const certain = look([seen], 1)[0] ?? NaN;
    expect(certain).toBeGreaterThan(3);
    expect(look([unseen, seen, unseen], 0.125)).toEqual([0, 0, 0]);
    expect(look([seen, unseen, seen], 0.125)).toEqual([certain, certain, certain]);
    expect(look([unseen, seen, unseen], 0.5)).toEqual([0, certain, 0]);
  });

  test('a kind that has nothing to say does not drown the one that has', () => {
    const tail = { size: 1024, values: Float32Array.from({ length: 21 }, (_, index) => index / 2), excess: 1 };
    const tails = { velocity: tail, place: tail, object: tail, pose: tail };
    const at = (value: number) => ({ value, place: bicycle.box });
    const of = (velocity: number, rest: number) =>
      together({ velocity: at(velocity), place: at(0), object: at(rest), pose: at(rest) }, tails);
    expect(of(0, 0)).toBeCloseTo(0, 12);
    // Six halvings by one kind outweigh three by each of two others, which as a sum of nats would be as much.
    expect(of(6, 0)).toBeGreaterThan(of(0, 3) + 0.5);
    for (const value of [1, 3, 6, 9]) expect(of(value + 0.5, 0)).toBeGreaterThan(of(value, 0));
    expect(of(5000, 0)).toBeGreaterThan(4900);
    // By the integral that it stands for, over a thousand values of κ.
    const nats = 4 * Math.LN2;
    const kappas = Array.from({ length: 1000 }, (_, step) => (step + 0.5) / 1000);
    const evidence = kappas.reduce((sum, kappa) => sum + kappa * Math.exp((1 - kappa) * nats), 0) / 1000;
    expect(of(4, 0)).toBeCloseTo(Math.log((0.5 + 0.5 * evidence) / 0.75), 5);
  });

  test('works without the nets, and with them where they were not there when it was learned', () => {
    const blind = framesOf('blind', 300).map((each) => ({ ...each, objects: null, persons: null }));
    const motionOnly = { normality: mergeNormality([partOf('blind', blind)]), hour: null };
    const kinds = noveltyOf(frame(1, 'x', { objects: [bicycle] }), motionOnly)?.parts.map(({ kind }) => kind);
    expect(kinds?.toSorted()).toEqual(['place', 'velocity']);
    const seen = noveltyOf({ ...frame(1, 'x'), objects: null, persons: null }, here);
    expect(seen?.parts.map(({ kind }) => kind).toSorted()).toEqual(['place', 'velocity']);
  });

  test('a cut or a turn of the camera is no motion', () => {
    const fast = frame(1, 'x', { times: 9, row: 1 });
    const turned = { ...fast, motion: { ...fast.motion, global: { ...fast.motion.global, shiftX: 0.1 } } };
    expect(noveltyOf(turned, here)?.surprise).toBe(0);
  });
});

describe('percentiles of attributes', () => {
  const window = (value: number, interval: number) => ({
    times: [0, interval, 2 * interval],
    attributes: [{ name: 'motion' as const, value, percentile: null, times: [0], place: null }],
  });
  const windows = Array.from({ length: 200 }, (_, index) => window((index + 0.5) / 2000, 0.125));
  const learned = {
    normality: mergeNormality([normalityPartOf({ recording: 'a', hour: null, frames: framesOf('a', 300), windows })]),
    hour: null,
  };

  test('are the share of the camera looks that are weaker', () => {
    for (const value of [0.01, 0.05, 0.09]) {
      expect(Math.abs((percentileOf('motion', value, 0.125, learned) ?? NaN) - value * 10)).toBeLessThan(0.06);
    }
    expect(percentileOf('motion', 5, 0.125, learned)).toBeGreaterThan(0.99);
    expect(percentileOf('motion', 5, 0.125, learned)).toBeLessThan(1);
  });

  test('are of looks of similar spacing, and null where there were too few', () => {
    expect(percentileOf('motion', 0.05, 8, learned)).toBeNull();
    expect(percentileOf('person-speed', 1, 0.125, learned)).toBeNull();
  });
});

describe('files', () => {
  const named = normalityPartOf({
    recording: 'Straße 7 – 上午',
    hour: 23,
    frames: framesOf('z', 20, { objects: [bicycle] }),
    windows: [],
  });
  const full = mergeNormality([0, 1, 2].map((number) => partOf(String(number), framesOf(String(number), 810), 5)));

  test('give back what was written, bit by bit', () => {
    expect(decodeNormalityPart(encodeNormalityPart(named))).toStrictEqual(named);
    expect(decodeNormality(encodeNormality(full))).toStrictEqual(full);
    expect(full.hours[5]).not.toBeNull();
  });

  test('of a whole camera stay below 256 KB with every hour full', () => {
    const busiest = { ...full, hours: full.hours.map(() => full.hours[5] ?? null) };
    expect(encodeNormality(busiest).length).toBeLessThan(256 * 1024);
  });

  test('are refused where a bit is turned, cut off, or of the other kind', () => {
    const [part, whole] = [encodeNormalityPart(named), encodeNormality(full)];
    fc.assert(
      fc.property(fc.constantFrom(true, false), fc.nat(), fc.integer({ min: 0, max: 7 }), (isPart, pick, bit) => {
        const bytes = (isPart ? part : whole).slice();
        const at = pick % bytes.length;
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        const decode = isPart ? decodeNormalityPart : decodeNormality;
        expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 'integrity-mismatch' }));
        expect(() => decode(bytes.subarray(0, at))).toThrow('cannot be used');
      }),
      { numRuns: 60 },
    );
    expect(() => decodeNormality(part)).toThrow('does not begin as one');
    expect(() => decodeNormalityPart(whole)).toThrow('does not begin as one');
  });

  test('that say what cannot be are refused although their checksum is right', () => {
    const impossible = [
      { ...named, hour: 40 },
      { ...named, counts: named.counts.map((value, index) => (index === 0 ? NaN : value)) },
      { ...named, samples: [{ cells: [{ cell: 200, mass: 1, speed: 1 }], objects: null, postures: null }] },
      { ...named, samples: [{ cells: [{ cell: 2, mass: NaN, speed: 1 }], objects: null, postures: null }] },
    ];
    for (const part of impossible) {
      expect(() => decodeNormalityPart(encodeNormalityPart(part))).toThrow('says what cannot be');
    }
    const falling = { ...full.all.together, values: full.all.together.values.map((value) => -value) };
    expect(() => decodeNormality(encodeNormality({ ...full, all: { ...full.all, together: falling } }))).toThrow(
      'says what cannot be',
    );
  });
});
