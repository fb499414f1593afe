import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreTracking, type Tracked, type TrackedBox, type TrackedFrame } from './tracking-metrics.ts';

const boxAt = (x: number): TrackedBox => [x, 0, 1, 1];
const there = (id: string | number, x: number): Tracked => ({ id, box: boxAt(x) });

/** Frames in which two stand ten apart, tracked as `ids` say; null: not tracked. */
const standing = (ids: readonly (readonly [string | null, string | null])[]): TrackedFrame[] =>
  ids.map(([first, second]) => ({
    truth: [there('a', 0), there('b', 10)],
    tracks: [...(first === null ? [] : [there(first, 0)]), ...(second === null ? [] : [there(second, 10)])],
  }));

describe('cases worked out by hand', () => {
  test('tracks that are right, under any names', () => {
    expect(
      scoreTracking(
        standing([
          ['1', '2'],
          ['1', '2'],
        ]),
      ),
    ).toMatchObject({
      idf1: 1,
      idPrecision: 1,
      idRecall: 1,
      mota: 1,
      missed: 0,
      wrong: 0,
      switches: 0,
    });
  });

  test('two that change places half-way are one switch each, and half of their boxes are someone else', () => {
    const score = scoreTracking(
      standing([
        ['1', '2'],
        ['1', '2'],
        ['2', '1'],
        ['2', '1'],
      ]),
    );
    expect(score).toMatchObject({ identityMatches: 4, idf1: 0.5, switches: 2, missed: 0, wrong: 0, mota: 1 - 2 / 8 });
  });

  test('a track that breaks costs the shorter part, and one switch', () => {
    const score = scoreTracking(
      standing([
        ['1', '2'],
        ['1', '2'],
        ['1', '3'],
      ]),
    );
    expect(score).toMatchObject({ identityMatches: 5, switches: 1, truthBoxes: 6, trackBoxes: 6, idf1: 5 / 6 });
  });

  test('what is missed and what is not there', () => {
    const frames = [
      { truth: [there('a', 0)], tracks: [] },
      { truth: [], tracks: [there('1', 5)] },
    ];
    expect(scoreTracking(frames)).toMatchObject({ idf1: 0, missed: 1, wrong: 1, mota: -1 });
    expect(scoreTracking([{ truth: [], tracks: [] }])).toMatchObject({ idf1: 1, mota: NaN });
  });

  test('boxes that overlap by less than half are two things', () => {
    const by = (x: number) => scoreTracking([{ truth: [there('a', 0)], tracks: [there('1', x)] }]).idf1;
    // Shifted by a third of their width, two equal boxes share a half of what they cover.
    expect(by(0.33)).toBe(1);
    expect(by(0.34)).toBe(0);
  });

  test('a truth keeps its track while it fits, though another fits better', () => {
    const frames = [
      { truth: [there('a', 0)], tracks: [there('1', 0)] },
      { truth: [there('a', 0)], tracks: [there('1', 0.3), there('2', 0)] },
    ];
    expect(scoreTracking(frames)).toMatchObject({ switches: 0, wrong: 1 });
  });

  test('finding what nobody has to find is neither right nor wrong', () => {
    const frame = { truth: [there('a', 0)], tracks: [there('1', 0), there('2', 10)], optional: [there('b', 10)] };
    expect(scoreTracking([frame])).toMatchObject({ idf1: 1, mota: 1, trackBoxes: 1 });
    expect(scoreTracking([{ ...frame, optional: [] }])).toMatchObject({ wrong: 1 });
  });
});

/** All ways to give each of `rows` one of `columns` or none. */
function* assignments(rows: number, columns: number, used: readonly number[] = []): Generator<readonly number[]> {
  if (used.length === rows) {
    yield used;
    return;
  }
  yield* assignments(rows, columns, [...used, -1]);
  for (let column = 0; column < columns; column++) {
    if (!used.includes(column)) yield* assignments(rows, columns, [...used, column]);
  }
}

function iou(a: TrackedBox, b: TrackedBox): number {
  const shared = Math.max(0, 1 - Math.abs(a[0] - b[0]));
  return shared / (2 - shared);
}

/** IDF1 by trying every pairing of truths and tracks over the whole recording, as its definition says. */
function naiveIdf1(frames: readonly TrackedFrame[]): number {
  const truths = [...new Set(frames.flatMap(({ truth }) => truth.map(({ id }) => id)))];
  const tracks = [...new Set(frames.flatMap((frame) => frame.tracks.map(({ id }) => id)))];
  const boxes = frames.reduce((sum, frame) => sum + frame.truth.length + frame.tracks.length, 0);
  let best = 0;
  for (const pairing of assignments(truths.length, tracks.length)) {
    let matches = 0;
    for (const frame of frames) {
      for (const { id, box } of frame.truth) {
        const track = frame.tracks.find((each) => each.id === tracks[pairing[truths.indexOf(id)] ?? -1]);
        if (track !== undefined && iou(track.box, box) >= 0.5) matches++;
      }
    }
    best = Math.max(best, matches);
  }
  return boxes === 0 ? 1 : (2 * best) / boxes;
}

const anyBoxes = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 12 })), {
    maxLength: 3,
    selector: ([id]) => id,
  })
  .map((boxes) => boxes.map(([id, x]) => there(id, x / 4)));
const anyFrames = fc.array(fc.record({ truth: anyBoxes, tracks: anyBoxes }), { maxLength: 6 });

describe('whatever is tracked', () => {
  test('IDF1 is the best of all pairings', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        expect(scoreTracking(frames).idf1).toBeCloseTo(naiveIdf1(frames), 9);
      }),
    );
  });

  test('as many truths are missed as tracks are too few', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const { truthBoxes, trackBoxes, missed, wrong } = scoreTracking(frames);
        expect(truthBoxes - missed).toBe(trackBoxes - wrong);
      }),
    );
  });
});
