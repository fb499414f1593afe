import { describe, expect, test } from 'vitest';
import { figureAt, frameAt, posedAt, thingAt } from '../testing/frames.ts';
import { sightingsOf } from './sightings.ts';

const car = 2;
const truck = 7;

describe('sightings', () => {
  test('a person of both nets is one, with the pose, and sure however faint', () => {
    const frame = frameAt(0, {
      persons: [posedAt(0.5, 0.5, 0.4, { score: 0.2 })],
      objects: [figureAt(0.5, 0.5, 0.4, 0.3)],
    });
    expect(sightingsOf(frame)).toMatchObject([{ kind: 'person', score: 0.2, agreed: true, sure: true }]);
    expect(sightingsOf(frame)[0]?.keypoints).toHaveLength(51);
  });

  test('one object confirms one pose', () => {
    const poses = [posedAt(0.5, 0.5, 0.4, { score: 0.25 }), posedAt(0.51, 0.5, 0.4, { score: 0.25 })];
    const found = sightingsOf(frameAt(0, { persons: poses, objects: [figureAt(0.5, 0.5, 0.4)] }));
    expect(found.map(({ agreed, sure }) => [agreed, sure])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('one net alone must be surer', () => {
    const sureness = (frame: Parameters<typeof frameAt>[1]) => sightingsOf(frameAt(0, frame)).map(({ sure }) => sure);
    expect(
      sureness({ persons: [posedAt(0.2, 0.5, 0.4, { score: 0.31 }), posedAt(0.6, 0.5, 0.4, { score: 0.29 })] }),
    ).toEqual([true, false]);
    expect(
      sureness({ persons: null, objects: [figureAt(0.2, 0.5, 0.4, 0.46), figureAt(0.6, 0.5, 0.4, 0.44)] }),
    ).toEqual([true, false]);
  });

  test('a pose with the outline of a car is the car', () => {
    const pose = posedAt(0.5, 0.5, 0.3);
    const found = sightingsOf(frameAt(0, { persons: [pose], objects: [{ class: car, score: 0.6, box: pose.box }] }));
    expect(found.map(({ kind }) => kind)).toEqual(['vehicle']);
    const beside = posedAt(0.5, 0.5, 0.3);
    const large = thingAt(car, 0.5, 0.5, 0.5);
    expect(sightingsOf(frameAt(0, { persons: [beside], objects: [large] })).map(({ kind }) => kind)).toEqual([
      'person',
      'vehicle',
    ]);
  });

  test('a thing under two classes of its kind is one, and what has no kind is none', () => {
    const objects = [thingAt(truck, 0.5, 0.5, 0.2, 0.5), thingAt(car, 0.5, 0.5, 0.2, 0.7), thingAt(62, 0.1, 0.1, 0.1)];
    expect(sightingsOf(frameAt(0, { objects }))).toMatchObject([
      { kind: 'vehicle', class: car, score: 0.7, sure: true },
    ]);
  });

  test('without nets there is nothing', () => {
    expect(sightingsOf(frameAt(0, { objects: null, persons: null }))).toEqual([]);
  });
});
