import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection, Person } from '../detection.ts';
import { aspect, figureAt, frameAt, posedAt, thingAt } from '../testing/frames.ts';
import { sightingsOf } from './sightings.ts';
import { type Track, trackObjects } from './track-objects.ts';

const every = (seconds: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => index * seconds);
/** One person a frame at 8 frames a second, where `at` says; null where nobody is seen. */
const filmed = (count: number, at: (time: number, index: number) => readonly (Person | null)[]) =>
  every(1 / 8, count).map((time, index) =>
    frameAt(time, { persons: at(time, index).filter((person) => person !== null) }),
  );
const pointsAt = (tracks: readonly Track[], time: number) =>
  tracks.flatMap(({ id, points }) => points.filter((point) => point.time === time).map((point) => ({ id, ...point })));

describe('following', () => {
  test('a walker is one track, with every sighting', () => {
    const frames = filmed(16, (time) => [posedAt(0.2 + 0.18 * time, 0.5, 0.4)]);
    const [track, ...others] = trackObjects(frames);
    expect(others).toEqual([]);
    expect(track).toMatchObject({ id: 1, kind: 'person' });
    expect(track?.points.map(({ time, coasted, doubtful }) => [time, coasted, doubtful])).toEqual(
      frames.map(({ time }) => [time, false, false]),
    );
  });

  test('two who pass each other keep their tracks, though one hides the other', () => {
    // Towards each other at a body height a second; while they overlap, only the one in front is seen.
    const speed = 0.4 / aspect;
    const frames = filmed(24, (time) => {
      const [one, other] = [0.3 + speed * time, 0.7 - speed * time];
      return [posedAt(one, 0.5, 0.4), Math.abs(one - other) < 0.05 ? null : posedAt(other, 0.51, 0.4)];
    });
    const tracks = trackObjects(frames);
    expect(tracks).toHaveLength(2);
    const [right, left] = tracks.map(({ points }) => (points.at(-1)?.box.x ?? 0) - (points[0]?.box.x ?? 0));
    expect(right).toBeGreaterThan(0.3);
    expect(left).toBeLessThan(-0.3);
  });

  test('faint sightings carry on what is followed, and begin nothing', () => {
    const faint = { score: 0.22 };
    const fading = filmed(12, (time, index) => [posedAt(0.2 + 0.1 * time, 0.5, 0.4, index < 4 ? {} : faint)]);
    expect(trackObjects(fading).map(({ points }) => points.length)).toEqual([12]);
    expect(trackObjects(filmed(12, (time) => [posedAt(0.2 + 0.1 * time, 0.5, 0.4, faint)]))).toEqual([]);
  });

  test('one net for one frame is a mistake, both nets are not, and where nothing follows soon one must do', () => {
    const flash = (index: number, at: number) => (index === at ? posedAt(0.5, 0.5, 0.4) : null);
    expect(trackObjects(filmed(8, (_, index) => [flash(index, 3)]))).toEqual([]);
    const both = filmed(8, (_, index) => [flash(index, 3)]).map((frame, index) =>
      index === 3 ? { ...frame, objects: [figureAt(0.5, 0.5, 0.4)] } : frame,
    );
    expect(trackObjects(both).map(({ points }) => points.length)).toEqual([1]);
    const sparse = [0, 1, 2].map((time) => frameAt(time, { persons: time === 1 ? [posedAt(0.5, 0.5, 0.4)] : [] }));
    expect(trackObjects(sparse)).toHaveLength(1);
  });

  test('what is lost for a while is found again, and lies between on the straight way', () => {
    const frames = filmed(16, (time, index) => [index > 5 && index < 10 ? null : posedAt(0.2 + 0.16 * time, 0.5, 0.4)]);
    const tracks = trackObjects(frames);
    expect(tracks).toHaveLength(1);
    const coasted = tracks[0]?.points.filter((point) => point.coasted) ?? [];
    expect(coasted.map(({ time }) => time)).toEqual([0.75, 0.875, 1, 1.125]);
    for (const { time, box, keypoints } of coasted) {
      expect(box.x + box.width / 2).toBeCloseTo(0.2 + 0.16 * time, 9);
      expect(keypoints).toBeNull();
    }
  });

  test('what is lost for longer is someone new', () => {
    const frames = filmed(40, (time, index) => [index > 7 && index < 28 ? null : posedAt(0.2 + 0.02 * time, 0.5, 0.4)]);
    expect(trackObjects(frames)).toHaveLength(2);
  });

  test('a gap between frames and a cut end tracks', () => {
    const stands = posedAt(0.5, 0.5, 0.4);
    const times = [0, 0.5, 1, 1.5, 3, 3.5];
    expect(trackObjects(times.map((time) => frameAt(time, { persons: [stands] })))).toHaveLength(2);
    const cut = every(0.125, 8).map((time) =>
      frameAt(time, { persons: [stands], cut: time === 0.25 || time === 0.375 }),
    );
    expect(trackObjects(cut).map(({ points }) => points.map(({ time }) => time))).toEqual([
      [0, 0.125, 0.25, 0.375],
      [0.5, 0.625, 0.75, 0.875],
    ]);
  });

  test('between frames a second apart a walker is followed, and two who may have changed places are not', () => {
    const walks = every(1, 4).map((time) => frameAt(time, { persons: [posedAt(0.2 + 0.15 * time, 0.5, 0.4)] }));
    expect(trackObjects(walks)).toHaveLength(1);
    const two = every(1, 4).map((time) =>
      frameAt(time, { persons: [posedAt(0.2 + 0.05 * time, 0.5, 0.4), posedAt(0.3 + 0.05 * time, 0.5, 0.4)] }),
    );
    expect(trackObjects(two).every(({ points }) => points.length === 1)).toBe(true);
  });

  test('kinds do not become each other, and all of them are followed', () => {
    const things = (time: number): Detection[] => [
      thingAt(2, 0.2 + 0.1 * time, 0.3, 0.2),
      thingAt(16, 0.5 - 0.05 * time, 0.6, 0.1),
      thingAt(28, 0.8, 0.8, 0.1),
      figureAt(0.7, 0.5, 0.4),
    ];
    const tracks = trackObjects(every(0.125, 8).map((time) => frameAt(time, { objects: things(time) })));
    expect(tracks.map(({ kind }) => kind).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'animal',
      'bag',
      'person',
      'vehicle',
    ]);
    expect(tracks.every(({ points }) => points.length === 8)).toBe(true);
  });

  test('a fall does not end the track', () => {
    const lying = { ...posedAt(0.5, 0.6, 0.4), box: { x: 0.4, y: 0.55, width: 0.4 / aspect, height: 0.14 } };
    const frames = filmed(10, (_, index) => [index < 5 ? posedAt(0.5, 0.5, 0.4) : lying]);
    expect(trackObjects(frames)).toHaveLength(1);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyFrames = fc.uniqueArray(
  fc
    .record({
      time: fc.integer({ min: 0, max: 24 }),
      poses: fc.array(fc.tuple(share, share, fc.double({ min: 0.2, max: 1, noNaN: true })), { maxLength: 4 }),
      things: fc.array(
        fc.tuple(fc.constantFrom(0, 2, 16, 28), share, share, fc.double({ min: 0.3, max: 1, noNaN: true })),
        { maxLength: 4 },
      ),
    })
    .map(({ time, poses, things }) =>
      frameAt(time / 8, {
        persons: poses.map(([x, y, score]) => posedAt(x, y, 0.3, { score })),
        objects: things.map(([kind, x, y, score]) => thingAt(kind, x, y, 0.2, score)),
      }),
    ),
  { maxLength: 12, selector: ({ time }) => time },
);

describe('whatever is seen', () => {
  test('a sighting belongs to one track at most, a track has one point a frame and is seen at both ends', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const tracks = trackObjects(frames);
        expect(tracks.map(({ id }) => id)).toEqual(tracks.map((_, index) => index + 1));
        const taken = new Set<object>();
        for (const { kind, points } of tracks) {
          const times = points.map(({ time }) => time);
          expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
          expect(points[0]?.coasted).toBe(false);
          expect(points.at(-1)?.coasted).toBe(false);
          for (const { time, box } of points.filter((point) => !point.coasted)) {
            const frame = frames.find((each) => each.time === time);
            const boxes = frame === undefined ? [] : sightingsOf(frame).filter((sighting) => sighting.kind === kind);
            expect(boxes.some((sighting) => sighting.box === box)).toBe(true);
            expect(taken.has(box)).toBe(false);
            taken.add(box);
          }
        }
      }),
    );
  });

  test('neither the order of the frames nor the time at which they start matters', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const later = frames.toReversed().map((frame) => ({ ...frame, time: frame.time + 64 }));
        const shape = (tracks: readonly Track[], start: number) =>
          tracks.map(({ kind, points }) => [kind, points.map(({ time, box }) => [time - start, box])]);
        expect(shape(trackObjects(later), 64)).toEqual(shape(trackObjects(frames), 0));
      }),
    );
  });

  test('more than one is somewhere at a time', () => {
    const frames = filmed(8, () => [posedAt(0.2, 0.5, 0.3), posedAt(0.5, 0.5, 0.3), posedAt(0.8, 0.5, 0.3)]);
    expect(pointsAt(trackObjects(frames), 0.5).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
