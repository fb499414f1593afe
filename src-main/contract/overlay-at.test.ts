import { describe, expect, test } from 'vitest';
import type { OverlayFrame, OverlayItem } from './overlay.ts';
import { boneLines, overlayAt } from './overlay-at.ts';

const item = (x: number, track: number | null = 1): OverlayItem => ({
  ...{ track, kind: 'person', score: 0.9, keypoints: null },
  box: { x, y: 0.2, width: 0.1, height: 0.4 },
});
const frame = (time: number, ...items: OverlayItem[]): OverlayFrame => ({ time, items });
const xs = (frames: OverlayFrame[], time: number) => overlayAt(frames, time).map(({ box }) => box.x);

describe('what is drawn at a time', () => {
  const frames = [frame(1, item(0.1), item(0.8, null)), frame(2, item(0.3)), frame(10, item(0.5))];

  test('a tracked thing goes its way between two frames', () => {
    expect(xs(frames, 1)).toEqual([0.1, 0.8]);
    expect(xs(frames, 1.5)).toEqual([expect.closeTo(0.2)]);
    expect(xs(frames, 1.75)).toEqual([expect.closeTo(0.25)]);
  });

  test('what was seen once is there for a moment', () => {
    expect(xs(frames, 1.1)).toEqual([expect.closeTo(0.12), 0.8]);
    expect(xs(frames, 1.2)).toEqual([expect.closeTo(0.14)]);
  });

  test('between looks, before the first and after the last there is nothing', () => {
    expect(xs(frames, 5)).toEqual([]);
    expect(xs(frames, 0.5)).toEqual([]);
    expect(xs(frames, 0.9)).toEqual([0.1, 0.8]);
    expect(xs(frames, 10.1)).toEqual([0.5]);
    expect(xs(frames, 10.2)).toEqual([]);
    expect(xs([], 1)).toEqual([]);
  });
});

test('only keypoints that were seen are joined', () => {
  const keypoints = Array.from({ length: 51 }, (_, at) => (at % 3 === 2 ? 0 : at / 51));
  expect(boneLines(keypoints)).toEqual([]);
  for (const point of [5, 7]) keypoints[3 * point + 2] = 0.5;
  expect(boneLines(keypoints)).toEqual([[15 / 51, 16 / 51, 21 / 51, 22 / 51]]);
});
