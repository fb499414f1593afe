import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttributeName, attributeDefinitions, attributeNames } from './attributes.ts';
import type { Detection, Person } from './detection.ts';
import { quantityNames } from './dynamics/quantities.ts';
import type { FrameObservation } from './frame-observation.ts';
import { mergeNormality, noveltiesOf, normalityPartOf, percentileOf } from './normality/index.ts';
import { aspect, frameAt } from './testing/frames.ts';
import {
  strengthOf,
  windowLayout,
  windowLayoutEntries,
  windowVectorIndex,
  windowVectorLength,
} from './window-layout.ts';
import { observeWindow } from './window-observation.ts';

/**
 * A person whose feet stand at `x, y`, `height` tall (shares of the picture), seen from the side. `lean` turns the body
 * about its middle, in degrees; `wrist` is where the right one is (default: hanging).
 */
function personAt(
  x: number,
  y: number,
  height: number,
  { lean = 0, wrist }: { lean?: number; wrist?: readonly [number, number] } = {},
): Person {
  const angle = (lean * Math.PI) / 180;
  // Along the body from its middle, in body heights, up positive: head, shoulders, hips, knees, ankles.
  const along = (share: number): [number, number] => [
    x + (Math.sin(angle) * share * height) / aspect,
    y - height / 2 - Math.cos(angle) * share * height,
  ];
  const levels = [
    0.45, 0.47, 0.47, 0.45, 0.45, 0.32, 0.32, 0.15, 0.15, 0.02, 0.02, 0.03, 0.03, -0.22, -0.22, -0.45, -0.45,
  ];
  const points = levels.map(along);
  if (wrist !== undefined) points[10] = [...wrist];
  const keypoints = Float32Array.from(points.flatMap(([px, py]) => [px, py, 0.9]));
  const body = levels.map(along);
  const [xs, ys] = [body.map((point) => point[0]), body.map((point) => point[1])];
  const margin = 0.12 * height;
  const left = Math.min(...xs) - margin / aspect;
  const top = Math.min(...ys) - margin / 2;
  return {
    score: 0.8,
    keypoints,
    box: {
      x: left,
      y: top,
      width: Math.max(...xs) + margin / aspect - left,
      height: Math.max(...ys) + margin / 2 - top,
    },
  };
}

const car = (x: number, y: number, width = 0.2, score = 0.8): Detection => ({
  class: 2,
  score,
  box: { x, y, width, height: width },
});

function valueOf(frames: readonly FrameObservation[], name: AttributeName): number | null {
  return attributeOf(frames, name)?.value ?? null;
}
function attributeOf(frames: readonly FrameObservation[], name: AttributeName) {
  return observeWindow(frames, 0, 8).attributes.find((attribute) => attribute.name === name) ?? null;
}

describe('layout', () => {
  test('the table names every place of the vector, once, and the layout has a name', () => {
    expect(windowLayout).toBe('window-2');
    expect(windowLayoutEntries).toHaveLength(windowVectorLength);
    expect(new Set(windowLayoutEntries.map(({ name }) => name)).size).toBe(windowVectorLength);
    for (const [index, { name }] of windowLayoutEntries.entries()) expect(windowVectorIndex(name)).toBe(index);
    expect(() => windowVectorIndex('nothing')).toThrow(RangeError);
  });

  test('a change of the layout is a decision: these are the names of window-2', () => {
    expect(windowVectorLength).toBe(480);
    const attributeLength = 2 * attributeNames.length;
    expect(attributeNames.flatMap((name) => [windowVectorIndex(`${name}:known`), windowVectorIndex(name)])).toEqual(
      Array.from({ length: attributeLength }, (_, index) => index),
    );
    expect(attributeNames.join(' ')).toMatchInlineSnapshot(
      `"motion motion-peak motion-onset motion-stop motion-erratic motion-speed motion-coherence motion-outside light-change camera-moved cut persons vehicles animals bags crowd person-gap person-speed limb-speed wrist-in-other bent lying fall vehicle-speed vehicle-stop vehicle-overlap person-vehicle-gap person-overlap person-start person-stop crowd-speed approach-speed chase dwell left-behind against-flow"`,
    );
    const rest = windowLayoutEntries.slice(attributeLength);
    const namesOf = (...parts: string[]) => rest.filter(({ part }) => parts.includes(part)).map(({ name }) => name);
    expect(namesOf('motion', 'look').join(' ')).toMatchInlineSnapshot(
      `"energy:first energy:middle energy:last energy:persons energy:objects energy:elsewhere flow:x flow:y persons:mean vehicles:mean look:frames look:interval look:span look:objects look:persons"`,
    );
    expect(namesOf('place')).toEqual(
      ['energy-mean', 'energy-peak', 'person-place', 'vehicle-place'].flatMap((map) =>
        [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => `${map}:${row},${column}`)),
      ),
    );
    expect(quantityNames.join(' ')).toMatchInlineSnapshot(
      `"energy energy-entropy energy-spread energy-peak speed speed-peak coherence order dispersion disagreement directions vertical unexplained erratic velocity-change:eighth velocity-step:eighth likeness:eighth flicker:eighth drift:eighth velocity-change:quarter velocity-step:quarter likeness:quarter flicker:quarter drift:quarter velocity-change:half velocity-step:half likeness:half flicker:half drift:half body-energy body-speed body-dispersion body-coherence body-order body-directions body-vertical body-unexplained bodies-share bodies-density bodies-peak count pose-score keypoint-score size width trunk-angle leaning wrist-height wrist-reach stride pair-distance pair-overlap touching pair-energy unmatched:eighth walk:eighth shape-rate:eighth size-rate:eighth box-loss:eighth turn-rate:eighth pose-rate:eighth pose-peak:eighth wrist-rate:eighth leg-rate:eighth head-rate:eighth unmatched:quarter walk:quarter shape-rate:quarter size-rate:quarter box-loss:quarter turn-rate:quarter pose-rate:quarter pose-peak:quarter wrist-rate:quarter leg-rate:quarter head-rate:quarter"`,
    );
    expect(namesOf('picture-dynamics', 'person-dynamics')).toEqual(
      quantityNames.flatMap((name) => ['share', 'mean', 'low', 'high'].map((statistic) => `${name}:${statistic}`)),
    );
    expect(namesOf('normality')).toEqual([
      'normality:known',
      ...['novelty:mean', 'surprise:mean', 'novelty:peak', 'surprise:peak'],
      ...attributeNames.map((name) => `${name}:percentile`),
    ]);
    expect(new Set(rest.map(({ part }) => part))).toEqual(
      new Set(['motion', 'look', 'place', 'picture-dynamics', 'person-dynamics', 'normality']),
    );
  });

  test('what an entry is known by is an entry before it that is always known', () => {
    for (const [index, { knownBy }] of windowLayoutEntries.entries()) {
      const known = knownBy === null ? null : windowVectorIndex(knownBy);
      expect(known ?? -1).toBeLessThan(index);
      expect(known === null ? null : windowLayoutEntries[known]?.knownBy).toBeNull();
    }
  });

  test('strength grows with what makes an attribute stronger and stays in [0, 1]', () => {
    const value = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...attributeNames), value, value, (name, a, b) => {
        const [less, more] = [strengthOf(name, Math.min(a, b)), strengthOf(name, Math.max(a, b))];
        const [weaker, stronger] = attributeDefinitions[name].stronger === 'more' ? [less, more] : [more, less];
        expect(stronger).toBeGreaterThanOrEqual(weaker);
        expect(weaker).toBeGreaterThanOrEqual(0);
        expect(stronger).toBeLessThanOrEqual(1);
      }),
    );
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const box = fc.record({ x: share, y: share, width: share, height: share }, { noNullPrototype: true });
const anyFrame = fc
  .record({
    time: fc.integer({ min: 0, max: 160 }),
    moving: box,
    objects: fc.option(
      fc.array(fc.record({ class: fc.integer({ min: 0, max: 79 }), score: share, box }), { maxLength: 6 }),
    ),
    persons: fc.option(
      fc.array(
        fc.record({
          score: share,
          box,
          keypoints: fc.float32Array({ min: 0, max: 1, noNaN: true, minLength: 51, maxLength: 51 }),
        }),
        { maxLength: 5 },
      ),
    ),
  })
  .map(({ time, ...seen }) => frameAt(time / 8, seen));
const anyFrames = fc.uniqueArray(anyFrame, { maxLength: 10, selector: ({ time }) => time });

describe('whatever the frames show', () => {
  test('the vector stays in its ranges and attributes in theirs, each resting on frames of the window', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const seen = observeWindow(frames, 2, 14);
        for (const [index, { range }] of windowLayoutEntries.entries()) {
          expect(seen.vector[index]).toBeGreaterThanOrEqual(range[0]);
          expect(seen.vector[index]).toBeLessThanOrEqual(range[1]);
        }
        for (const [index, { knownBy }] of windowLayoutEntries.entries()) {
          const known = knownBy === null || seen.vector[windowVectorIndex(knownBy)] !== 0;
          expect(known ? 0 : seen.vector[index]).toBe(0);
        }
        expect(seen.times).toEqual(
          frames
            .map(({ time }) => time)
            .filter((time) => time >= 2 && time < 14)
            .toSorted((a, b) => a - b),
        );
        for (const { name, value, times, place, percentile } of seen.attributes) {
          const [low, high] = attributeDefinitions[name].range;
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high + 1e-9);
          expect(times.length).toBeGreaterThan(0);
          expect(seen.times).toEqual(expect.arrayContaining([...times]));
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(place === null || (place.width >= 0 && place.height >= 0)).toBe(true);
          expect(percentile).toBeNull();
        }
        const names = seen.attributes.map(({ name }) => name);
        expect(names).toEqual(attributeNames.filter((name) => names.includes(name)));
      }),
    );
  });

  test('nothing depends on where in the recording the window lies, nor on the order of the frames', () => {
    fc.assert(
      fc.property(anyFrames, fc.integer({ min: 0, max: 4000 }), (frames, padding) => {
        const here = observeWindow(frames, 0, 21);
        const moved = frames.toReversed().map((frame) => ({ ...frame, time: frame.time + padding }));
        const there = observeWindow(moved, padding, padding + 21);
        expect(there.vector).toEqual(here.vector);
        expect(there.attributes.map(({ name, value, place }) => ({ name, value, place }))).toEqual(
          here.attributes.map(({ name, value, place }) => ({ name, value, place })),
        );
      }),
    );
  });

  test('without models there is motion and nothing else', () => {
    const frames = [0, 1, 2].map((time) =>
      frameAt(time, { objects: null, persons: null, moving: { x: 0, y: 0, width: 0.5, height: 0.5 } }),
    );
    const needs = observeWindow(frames, 0, 3).attributes.map(({ name }) => attributeDefinitions[name].needs);
    expect(new Set(needs)).toEqual(new Set(['motion']));
  });

  test('an empty window has no attributes', () => {
    const seen = observeWindow([frameAt(9)], 0, 8);
    expect(seen.attributes).toEqual([]);
    expect(seen.times).toEqual([]);
  });
});

describe('what is usual here', () => {
  const quiet = { x: 0, y: 0, width: 0.25, height: 0.25 };
  const frames = Array.from({ length: 600 }, (_, index) => frameAt(index / 8, { moving: quiet }));
  const windows = Array.from({ length: 60 }, (_, index) => observeWindow(frames, index, index + 4));
  const normality = mergeNormality([normalityPartOf({ recording: 'a', hour: null, frames, windows })]);
  const here = { normality, hour: null };
  const strange = [0, 0.125, 0.25].map((time) =>
    frameAt(time, { moving: { x: 0.5, y: 0.4, width: 0.5, height: 0.6 } }),
  );
  const at = (vector: Float32Array, name: string) => vector[windowVectorIndex(name)];

  test('attributes get their percentile, frames their novelty, and the vector both', () => {
    const seen = observeWindow(strange, 0, 1, here);
    const novelties = noveltiesOf(strange, here);
    expect(seen.novelty).toEqual(novelties.map((novelty) => novelty?.percentile));
    expect(seen.surprise).toEqual(novelties.map((novelty) => novelty?.surprise));
    const motion = seen.attributes.find(({ name }) => name === 'motion');
    expect(motion?.percentile).toBe(percentileOf('motion', motion?.value ?? NaN, 0.125, here));
    expect(motion?.percentile).toBeGreaterThan(0.9);
    expect(at(seen.vector, 'normality:known')).toBe(1);
    expect(at(seen.vector, 'motion:percentile')).toBeCloseTo(motion?.percentile ?? NaN, 6);
    expect(at(seen.vector, 'novelty:peak')).toBeCloseTo(Math.max(...seen.novelty.map(Number)), 6);
    const nats = seen.surprise.map((surprise) => Number(surprise) / (Number(surprise) + 4));
    expect(at(seen.vector, 'surprise:mean')).toBeCloseTo(nats.reduce((sum, value) => sum + value, 0) / 3, 6);
  });

  test('the strange is more novel than the usual', () => {
    const [usual, odd] = [frames.slice(0, 3), strange].map((look) => observeWindow(look, 0, 1, here));
    expect(Math.min(...(odd?.surprise ?? []).map(Number))).toBeGreaterThan(
      Math.max(...(usual?.surprise ?? []).map(Number)),
    );
  });

  test('without it, and with too little footage to tell, nothing is claimed', () => {
    const little = { normality: mergeNormality([]), hour: null };
    for (const known of [null, little]) {
      const seen = observeWindow(strange, 0, 1, known);
      expect(seen.novelty).toEqual([null, null, null]);
      expect(seen.surprise).toEqual([null, null, null]);
      expect(new Set(seen.attributes.map(({ percentile }) => percentile))).toEqual(new Set([null]));
      const filled = windowLayoutEntries.filter(
        ({ name, part }) => part === 'normality' && at(seen.vector, name) !== 0,
      );
      expect(filled).toEqual([]);
    }
  });

  test('all else is as it is without it', () => {
    const [known, unknown] = [observeWindow(strange, 0, 1, here), observeWindow(strange, 0, 1)];
    for (const { name } of windowLayoutEntries.filter(({ part }) => part !== 'normality')) {
      expect(at(known.vector, name)).toBe(at(unknown.vector, name));
    }
    expect(known.attributes.map(({ value }) => value)).toEqual(unknown.attributes.map(({ value }) => value));
  });
});

describe('motion', () => {
  const thing = { x: 0.5, y: 0.5, width: 0.25, height: 0.5 };

  test('a sudden start is an onset, at the frames on both sides and in its place', () => {
    const frames = [frameAt(0), frameAt(1), frameAt(2, { moving: thing }), frameAt(3, { moving: thing })];
    const onset = attributeOf(frames, 'motion-onset');
    expect(onset?.times).toEqual([1, 2]);
    expect(onset?.value).toBeCloseTo(frames[2]?.motion.energy ?? 0);
    expect(onset?.place?.x).toBeCloseTo(0.5);
    expect(valueOf(frames, 'motion-stop')).toBe(0);
  });

  test('what moves inside a person is not outside', () => {
    const person: Person = { score: 0.9, box: thing, keypoints: new Float32Array(51) };
    expect(valueOf([frameAt(0, { moving: thing, persons: [person] })], 'motion-outside')).toBeCloseTo(0);
    expect(valueOf([frameAt(0, { moving: thing })], 'motion-outside')).toBeCloseTo(1);
  });

  test('a cut is counted and is no motion', () => {
    const cut = frameAt(1);
    const frames = [frameAt(0), { ...cut, motion: { ...cut.motion, global: { ...cut.motion.global, cut: true } } }];
    expect(valueOf(frames, 'cut')).toBe(1);
    expect(valueOf(frames, 'motion')).toBe(0);
  });
});

describe('persons', () => {
  test('a person whom both nets see is one', () => {
    const person = personAt(0.5, 0.9, 0.4);
    const object = { class: 0, score: 0.9, box: person.box };
    expect(valueOf([frameAt(0, { persons: [person], objects: [object] })], 'persons')).toBe(1);
    expect(valueOf([frameAt(0, { persons: [], objects: [object] })], 'persons')).toBe(1);
    expect(valueOf([frameAt(0, { persons: [{ ...person, score: 0.1 }] })], 'persons')).toBe(0);
  });

  test('speed is in body heights, near and far from the camera alike', () => {
    const walk = (height: number) =>
      [0, 0.5, 1].map((time) =>
        frameAt(time, { persons: [personAt(0.3 + (1.5 * time * height) / aspect, 0.9, height)] }),
      );
    expect(valueOf(walk(0.4), 'person-speed')).toBeCloseTo(1.5, 0);
    expect(valueOf(walk(0.1), 'person-speed')).toBeCloseTo(valueOf(walk(0.4), 'person-speed') ?? 0, 5);
  });

  test('frames too far apart in time tell no speed', () => {
    const frames = [0, 4].map((time) => frameAt(time, { persons: [personAt(0.3, 0.9, 0.4)] }));
    expect(valueOf(frames, 'person-speed')).toBeNull();
    expect(valueOf(frames, 'fall')).toBeNull();
  });

  test('two who might have changed places tell no speed', () => {
    const pair = (time: number, shift: number) =>
      frameAt(time, { persons: [personAt(0.4 + shift, 0.9, 0.4), personAt(0.5 + shift, 0.9, 0.4)] });
    expect(valueOf([pair(0, 0), pair(1, 0.05)], 'person-speed')).toBeNull();
  });

  test('an arm stretched into another person is told from arms that hang', () => {
    const other = personAt(0.6, 0.9, 0.4);
    const reaching = personAt(0.5, 0.9, 0.4, { wrist: [0.6, 0.6] });
    const hanging = personAt(0.5, 0.9, 0.4);
    const frames = [frameAt(0, { persons: [hanging, other] }), frameAt(1, { persons: [reaching, other] })];
    const found = attributeOf(frames, 'wrist-in-other');
    expect(found?.value).toBe(0.5);
    expect(found?.times).toEqual([1]);
  });

  test('distance is in body heights, and someone far behind is not near', () => {
    const apart = [frameAt(0, { persons: [personAt(0.2, 0.9, 0.4), personAt(0.6, 0.9, 0.4)] })];
    expect(valueOf(apart, 'person-gap')).toBeGreaterThan(1);
    const touching = [frameAt(0, { persons: [personAt(0.5, 0.9, 0.4), personAt(0.53, 0.9, 0.4)] })];
    expect(valueOf(touching, 'person-gap')).toBe(0);
    const behind = [frameAt(0, { persons: [personAt(0.5, 0.9, 0.4), personAt(0.5, 0.6, 0.1)] })];
    expect(valueOf(behind, 'person-gap')).toBeNull();
  });

  test('upright, bent and lying', () => {
    const look = (lean: number) => [frameAt(0, { persons: [personAt(0.5, 0.8, 0.4, { lean })] })];
    expect([valueOf(look(5), 'bent'), valueOf(look(5), 'lying')]).toEqual([0, 0]);
    expect([valueOf(look(50), 'bent'), valueOf(look(50), 'lying')]).toEqual([1, 0]);
    expect([valueOf(look(88), 'bent'), valueOf(look(88), 'lying')]).toEqual([0, 1]);
  });

  test('a fall is upright, then lying, and staying down', () => {
    const look = (...leans: number[]) =>
      leans.map((lean, index) => frameAt(index / 2, { persons: [personAt(0.5, 0.8, 0.3, { lean })] }));
    const fall = attributeOf(look(0, 0, 88, 88), 'fall');
    expect(fall?.value).toBe(1);
    expect(fall?.times).toEqual([0.5, 1]);
    expect(valueOf(look(0, 88, 0, 0), 'fall')).toBe(0);
    expect(valueOf(look(88, 88, 88, 88), 'fall')).toBe(0);
  });

  test('a crowd counts those nearby', () => {
    const persons = [0.2, 0.26, 0.32, 0.9].map((x) => personAt(x, 0.9, 0.3));
    expect(valueOf([frameAt(0, { persons })], 'crowd')).toBe(3);
  });

  test('a limb is fast against its trunk, not with it', () => {
    const walking = [0, 0.25].map((time) => frameAt(time, { persons: [personAt(0.4 + 0.1 * time, 0.9, 0.4)] }));
    expect(valueOf(walking, 'limb-speed')).toBe(0);
    const punching = [
      frameAt(0, { persons: [personAt(0.4, 0.9, 0.4)] }),
      frameAt(0.25, { persons: [personAt(0.4, 0.9, 0.4, { wrist: [0.5, 0.6] })] }),
    ];
    expect(valueOf(punching, 'limb-speed')).toBeGreaterThan(1);
  });
});

describe('vehicles', () => {
  test('the same vehicle under two classes, or in two parts, is one', () => {
    const [whole, part] = [car(0.3, 0.3), { ...car(0.32, 0.32, 0.12), score: 0.5 }];
    const truck = { ...whole, class: 7, score: 0.6 };
    expect(valueOf([frameAt(0, { objects: [whole, truck, part, car(0.7, 0.3)] })], 'vehicles')).toBe(2);
  });

  test('a sudden stop needs two fast steps before it', () => {
    const drive = (...xs: number[]) =>
      xs.map((x, index) =>
        frameAt(index / 4, { objects: [car(x, 0.4)], moving: { x, y: 0.4, width: 0.2, height: 0.2 } }),
      );
    const stop = attributeOf(drive(0.1, 0.2, 0.3, 0.3), 'vehicle-stop');
    expect(stop?.value).toBeGreaterThan(1);
    expect(stop?.times).toEqual([0, 0.25, 0.5, 0.75]);
    expect(valueOf(drive(0.2, 0.2, 0.3, 0.3), 'vehicle-stop')).toBe(0);
    expect(valueOf(drive(0.1, 0.2, 0.3, 0.4), 'vehicle-stop')).toBeCloseTo(0);
  });

  test('a box that wanders where nothing moves has no speed', () => {
    const frames = [0.3, 0.4, 0.5].map((x, index) => frameAt(index / 4, { objects: [car(x, 0.4)] }));
    expect(valueOf(frames, 'vehicle-speed')).toBe(0);
  });

  test('overlap counts among moving vehicles at one distance', () => {
    const both = [car(0.3, 0.4), car(0.4, 0.4)];
    const moving = { x: 0.3, y: 0.4, width: 0.3, height: 0.2 };
    expect(valueOf([frameAt(0, { objects: both, moving })], 'vehicle-overlap')).toBeCloseTo(0.5);
    expect(valueOf([frameAt(0, { objects: both })], 'vehicle-overlap')).toBeNull();
  });

  test('a rider is not near the motorcycle but on it', () => {
    const motorcycle = { class: 3, score: 0.9, box: { x: 0.45, y: 0.6, width: 0.1, height: 0.3 } };
    const frame = frameAt(0, { objects: [motorcycle], persons: [personAt(0.5, 0.85, 0.35)], moving: motorcycle.box });
    expect(valueOf([frame], 'person-vehicle-gap')).toBeNull();
    const walker = frameAt(0, { objects: [motorcycle], persons: [personAt(0.2, 0.85, 0.35)], moving: motorcycle.box });
    expect(valueOf([walker], 'person-vehicle-gap')).toBeGreaterThan(0.5);
  });
});
