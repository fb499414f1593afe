import { describe, expect, test } from 'vitest';
import { sheetLayout, sheetMoments } from './sheet.ts';

describe('sheetLayout', () => {
  test.each([
    ['Full HD', 1920, 1080, 320, 180],
    ['4:3', 640, 480, 320, 240],
    ['upright', 1080, 1920, 135, 240],
    ['smaller than a tile', 160, 120, 160, 120],
    ['a line', 4000, 2, 320, 1],
  ])('%s', (_what, width, height, tileWidth, tileHeight) => {
    expect(sheetLayout({ seconds: 10, width, height })).toMatchObject({ tileWidth, tileHeight });
  });

  test.each([
    [0, 1],
    [0.04, 1],
    [64, 1],
    [64.1, 2],
    [3600, 57],
  ])('%d s make %d sheets', (seconds, count) => {
    expect(sheetLayout({ seconds, width: 64, height: 48 }).count).toBe(count);
  });
});

describe('sheetMoments', () => {
  const index = (keys: readonly number[], times: readonly number[]) => ({
    times: Float64Array.from(times),
    bytes: new Uint32Array(times.length),
    keyframe: Uint8Array.from(times, (time) => (keys.includes(time) ? 1 : 0)),
  });
  const halves = Array.from({ length: 20 }, (_, number) => number / 2);

  test('keyframes that are near stand for the moments after them', () => {
    expect(sheetMoments(index([0, 2, 4, 6, 8], halves), 10, [0, 1, 2, 5, 9])).toEqual([0, 0, 2, 4, 8]);
  });

  test.each([
    ['far from each other', [0, 4, 8]],
    ['none', []],
    ['none at the end', [0, 2, 4]],
    ['none at the start', [6, 8]],
  ])('keyframes %s: the very moments', (_what, keys) => {
    expect(sheetMoments(index(keys, halves), 10, [0, 1, 2])).toEqual([0, 1, 2]);
  });
});
