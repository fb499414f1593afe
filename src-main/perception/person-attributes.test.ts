import { describe, expect, test } from 'vitest';
import type { AttributeName } from './attributes.ts';
import type { Person } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { personAttributes } from './person-attributes.ts';
import { aspect, frameAt, posedAt } from './testing/frames.ts';
import { trackObjects } from './tracks/track-objects.ts';

const height = 0.3;
/** A body height, as a share of the picture's width. */
const bodyWidth = height / aspect;

/** So many frames, 8 a second, with the persons that `at` tells. */
const filmed = (count: number, at: (time: number) => readonly Person[], seconds = 1 / 8): FrameObservation[] =>
  Array.from({ length: count }, (_, index) => frameAt(index * seconds, { persons: at(index * seconds) }));
/** Someone `heights` body heights to the right of the picture's left quarter. */
const person = (heights: number, y = 0.5) => posedAt(0.25 + heights * bodyWidth, y, height);

function attributeOf(frames: readonly FrameObservation[], name: AttributeName) {
  return personAttributes(frames, trackObjects(frames)).find((attribute) => attribute.name === name) ?? null;
}
const valueOf = (frames: readonly FrameObservation[], name: AttributeName) => attributeOf(frames, name)?.value ?? null;

describe('how a person moves', () => {
  test('speed is what is kept up for half a second: one jump of a box is none', () => {
    const walk = filmed(17, (time) => [person(0.8 * time)]);
    expect(valueOf(walk, 'person-speed')).toBeGreaterThan(0.6);
    expect(valueOf(walk, 'person-speed')).toBeLessThan(0.85);
    const jump = filmed(17, (time) => [person(time === 1 ? 0.25 : 0)]);
    expect(valueOf(jump, 'person-speed')).toBeLessThan(0.5);
  });

  test('one who runs among many who stand is the fastest', () => {
    const frames = filmed(9, (time) => [
      person(2.5 * time, 0.3),
      ...[0, 1, 2, 3, 4, 5].map((x) => person(1.5 * x, 0.8)),
    ]);
    expect(valueOf(frames, 'person-speed')).toBeGreaterThan(2);
    expect(valueOf(frames, 'crowd-speed')).toBeLessThan(0.1);
  });

  test('starting to run and stopping are told apart, and absent where frames are too far apart', () => {
    const starts = filmed(17, (time) => [person(2 * Math.max(0, time - 1))]);
    expect(valueOf(starts, 'person-start')).toBeGreaterThan(1.2);
    expect(valueOf(starts, 'person-stop')).toBeLessThan(0.1);
    const stops = filmed(17, (time) => [person(2 * Math.min(1, time))]);
    expect(valueOf(stops, 'person-stop')).toBeGreaterThan(1.2);
    expect(
      valueOf(
        filmed(8, (time) => [person(0.5 * time)], 1),
        'person-stop',
      ),
    ).toBeNull();
  });
});

describe('how persons move together', () => {
  test('who comes nearer is told from who walks along', () => {
    const nearing = filmed(9, (time) => [person(time), person(4 - time)]);
    expect(valueOf(nearing, 'approach-speed')).toBeCloseTo(2, 1);
    expect(
      valueOf(
        filmed(9, (time) => [person(time), person(2 + time)]),
        'approach-speed',
      ),
    ).toBeCloseTo(0, 3);
    expect(
      valueOf(
        filmed(9, (time) => [person(-time), person(2 + time)]),
        'approach-speed',
      ),
    ).toBe(0);
    expect(
      valueOf(
        filmed(9, (time) => [person(time)]),
        'approach-speed',
      ),
    ).toBeNull();
  });

  test('a chase is one behind the other, as fast as the slower one', () => {
    const chase = filmed(9, (time) => [person(2 * time), person(1.5 + 2.5 * time)]);
    expect(valueOf(chase, 'chase')).toBeGreaterThan(1.7);
    expect(valueOf(chase, 'chase')).toBeLessThan(2.1);
    const abreast = filmed(9, (time) => [person(2 * time, 0.3), person(2 * time, 0.7)]);
    expect(valueOf(abreast, 'chase')).toBe(0);
    const meeting = filmed(9, (time) => [person(1.5 * time), person(4 - 1.5 * time)]);
    expect(valueOf(meeting, 'chase')).toBeLessThan(0.2);
  });

  test('overlapping is a share of the frames with a person', () => {
    const frames = filmed(10, (time) => (time < 0.6 ? [person(0), person(0.1)] : time < 1 ? [person(0)] : []));
    const overlap = attributeOf(frames, 'person-overlap');
    expect(overlap?.value).toBeCloseTo(5 / 8, 9);
    expect(overlap?.times).toEqual([0, 0.125, 0.25, 0.375, 0.5]);
  });
});

describe('how long a person stays', () => {
  test('who stands stays, who walks past does not', () => {
    const stands = filmed(64, (time) => [person(0.2 * Math.sin(time))]);
    expect(valueOf(stands, 'dwell')).toBeCloseTo(63 / 8, 9);
    const passes = filmed(64, (time) => [person(0.8 * time)]);
    expect(valueOf(passes, 'dwell')).toBeGreaterThan(2);
    expect(valueOf(passes, 'dwell')).toBeLessThan(2.6);
  });

  test('someone else at the same place later is not the same one', () => {
    const frames = filmed(80, (time) => (time < 3 || time > 7 ? [person(0)] : []));
    expect(valueOf(frames, 'dwell')).toBeCloseTo(2.875, 9);
  });

  test('a short look does not tell', () => {
    expect(
      valueOf(
        filmed(24, () => [person(0)]),
        'dwell',
      ),
    ).toBeNull();
  });
});

describe('who counts', () => {
  test('a faint sighting of someone followed does, one odd frame does not', () => {
    const frames = filmed(9, (time) => [posedAt(0.5, 0.5, height, { score: time === 0.5 ? 0.22 : 0.8 })]);
    const odd = filmed(9, (time) => (time === 0.5 ? [person(0), person(3)] : [person(0)]));
    expect(personAttributes(frames, trackObjects(frames)).find(({ name }) => name === 'persons')?.value).toBe(1);
    expect(valueOf(odd, 'persons')).toBe(1);
    expect(valueOf(frames, 'person-overlap')).toBe(0);
    expect(attributeOf(frames, 'person-overlap')?.times).toHaveLength(9);
  });
});
