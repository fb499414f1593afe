import { describe, expect, test } from 'vitest';
import type { AttributeName } from './attributes.ts';
import type { Detection } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { objectAttributes } from './object-attributes.ts';
import { figureAt, frameAt, thingAt } from './testing/frames.ts';
import { trackObjects } from './tracks/track-objects.ts';

const everywhere = { x: 0, y: 0, width: 1, height: 1 };
const suitcase = 28;
const filmed = (seconds: number, at: (time: number) => readonly Detection[]): FrameObservation[] =>
  Array.from({ length: seconds * 8 + 1 }, (_, index) =>
    frameAt(index / 8, { objects: at(index / 8), moving: everywhere }),
  );
const attributeOf = (frames: readonly FrameObservation[], name: AttributeName) =>
  objectAttributes(frames, trackObjects(frames)).find((attribute) => attribute.name === name) ?? null;
const valueOf = (frames: readonly FrameObservation[], name: AttributeName) => attributeOf(frames, name)?.value ?? null;

describe('what was left behind', () => {
  /** Someone brings a suitcase, stands with it until 2 s, and walks off at a body height a second. */
  const leaves = (time: number) => figureAt(0.3 + 0.23 * Math.max(0, time - 2), 0.5, 0.4);
  const bag = thingAt(suitcase, 0.33, 0.65, 0.1);

  test('a bag that came with someone who leaves it, from when nobody is near', () => {
    const found = attributeOf(
      filmed(8, (time) => (time < 4.8 ? [leaves(time), bag] : [bag])),
      'left-behind',
    );
    // Two seconds of standing, and a body height and a half and half of the boxes' widths at 1 body height a second.
    expect(found?.value).toBeGreaterThan(3.5);
    expect(found?.value).toBeLessThan(4.5);
    expect(found?.times[0]).toBe(0);
    expect(found?.times.at(-1)).toBe(8);
    expect(found?.place?.x).toBeCloseTo(bag.box.x, 6);
  });

  test('though others walk past it', () => {
    const passer = (time: number) => figureAt(1.2 - 0.2 * time, 0.5, 0.4);
    const found = attributeOf(
      filmed(8, (time) => [...(time < 4.8 ? [leaves(time)] : []), ...(time > 2 ? [passer(time)] : []), bag]),
      'left-behind',
    );
    expect(found?.value).toBeGreaterThan(3.5);
  });

  test('not where the owner is lost beside it and found again', () => {
    const stays = filmed(8, (time) => (time > 2 && time < 3.3 ? [bag] : [figureAt(0.3, 0.5, 0.4), bag]));
    const turns = filmed(8, (time) =>
      time > 2 && time < 3.3 ? [bag] : [figureAt(time < 3 ? 0.3 : 0.38, 0.5, time < 3 ? 0.4 : 0.2), bag],
    );
    expect(valueOf(stays, 'left-behind')).toBe(0);
    expect(trackObjects(turns).filter(({ kind }) => kind === 'person')).toHaveLength(2);
    expect(valueOf(turns, 'left-behind')).toBe(0);
  });

  test('a bag that leaves with its owner is not', () => {
    const carried = filmed(4, (time) => [
      figureAt(0.3 + 0.1 * time, 0.5, 0.4),
      thingAt(suitcase, 0.33 + 0.1 * time, 0.65, 0.1),
    ]);
    expect(valueOf(carried, 'left-behind')).toBe(0);
  });

  test('of a bag that stood there before nothing is known', () => {
    expect(
      valueOf(
        filmed(4, () => [bag]),
        'left-behind',
      ),
    ).toBeNull();
  });
});

describe('who goes against the others', () => {
  const car = (x: number, y: number) => thingAt(2, x, y, 0.16);
  /** One after another to the right along the same lane; the last one the other way. */
  const lane = (y: number, last: number) => (time: number) =>
    [0, 2, 4]
      .filter((start) => time >= start && time < start + 2)
      .map((start) => car(0.15 + 0.35 * (time - start), y))
      .concat(time >= 6 ? [car(last === 1 ? 0.15 + 0.35 * (time - 6) : 0.85 - 0.35 * (time - 6), y)] : []);

  test('is told where at least two others went the same way through the same place', () => {
    const wrong = attributeOf(filmed(8, lane(0.5, -1)), 'against-flow');
    expect(wrong?.value).toBe(1);
    expect(wrong?.times.every((time) => time >= 6)).toBe(true);
    expect(valueOf(filmed(8, lane(0.5, 1)), 'against-flow')).toBe(0);
  });

  test('the lane beside it is another place', () => {
    const both = filmed(8, (time) => [
      ...lane(0.3, 1)(time),
      ...(time >= 6 ? [car(0.85 - 0.35 * (time - 6), 0.7)] : []),
    ]);
    expect(valueOf(both, 'against-flow')).toBe(0);
  });

  test('one other is no flow', () => {
    const two = filmed(4, (time) => [car(time < 2 ? 0.15 + 0.35 * time : 0.85 - 0.35 * (time - 2), 0.5)]);
    expect(valueOf(two, 'against-flow')).toBeNull();
  });
});

describe('how vehicles move', () => {
  test('speed and sudden stops are in lengths of the vehicle', () => {
    const stops = filmed(3, (time) => [thingAt(2, 0.2 + 0.2 * Math.min(1.5, time), 0.5, 0.2)]);
    // .2 picture widths are .356 heights, the diagonal is .283.
    expect(valueOf(stops, 'vehicle-speed')).toBeCloseTo(0.356 / 0.283 - 0.1, 1);
    expect(valueOf(stops, 'vehicle-stop')).toBeGreaterThan(0.9);
    const drives = filmed(3, (time) => [thingAt(2, 0.2 + 0.2 * time, 0.5, 0.2)]);
    expect(valueOf(drives, 'vehicle-stop')).toBeLessThan(0.15);
  });

  test('one that drives out of the picture does not stop', () => {
    const out = filmed(3, (time) => {
      const whole = thingAt(2, 0.5 + 0.25 * time, 0.5, 0.2);
      const { x, width } = whole.box;
      return x < 1 ? [{ ...whole, box: { ...whole.box, width: Math.min(width, 1 - x) } }] : [];
    });
    expect(valueOf(out, 'vehicle-stop')).toBeLessThan(0.15);
  });
});
