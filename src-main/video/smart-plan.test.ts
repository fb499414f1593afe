import { expect, test } from 'vitest';
import { middleOf } from './smart-plan.ts';
import type { Timeline } from './timeline.ts';

/** A timeline from the place of each packet among the shown frames. */
function timelineFrom(ranks: readonly number[]): Timeline {
  const packetOf = new Uint32Array(ranks.filter((rank) => rank >= 0).length);
  for (const [packet, rank] of ranks.entries()) if (rank >= 0) packetOf[rank] = packet;
  return {
    ...{ times: Float64Array.from(packetOf, (_, index) => index / 25), packetOf, rankOf: Int32Array.from(ranks) },
    ...{ keyframes: Uint32Array.of(0), seconds: packetOf.length / 25, start: 0, hidden: 0, repairs: null },
  };
}

test.each([
  ['frames in order: all up to the end', [0, 1, 2, 3, 4, 5, 6], 2, 5, [2, 3, 4]],
  // I P B B P B B, then the next group; each P stands before the two that lean on it.
  ['frames out of order: the end falls between groups', [0, 3, 1, 2, 6, 4, 5, 7], 0, 7, [0, 1, 2, 3, 4, 5, 6]],
  ['an end inside a group: what leans on later frames is left out', [0, 3, 1, 2, 6, 4, 5, 7], 0, 5, [0, 1, 2, 3]],
  ['an end right after the keyframe', [0, 3, 1, 2], 0, 1, [0]],
  ['a frame that is not shown ends it', [0, 1, -1, 2, 3], 0, 4, [0, 1]],
])('%s', (_, ranks, keyframe, to, packets) => {
  const middle = middleOf(timelineFrom(ranks), keyframe, to);
  expect(middle?.packets).toEqual(packets);
  expect(middle?.to).toBe((middle?.from ?? 0) + packets.length);
});

test.each([
  ['frames after it in the file are shown before it', [0, 1, 4, 2, 3, 5], 2],
  ['frames before it in the file are shown after it', [0, 3, 2, 1, 4], 2],
])('a keyframe is no place to begin where %s', (_, ranks, keyframe) => {
  expect(middleOf(timelineFrom(ranks), keyframe, 6)).toBeNull();
});
