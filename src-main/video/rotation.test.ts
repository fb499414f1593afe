import { describe, expect, test } from 'vitest';
import { copyTurned, displayMatrix, rotationOf } from './rotation.ts';

describe('the display matrix', () => {
  test.each([0, 90, 180, 270] as const)('of %i degrees is read back', (rotation) => {
    expect(rotationOf(displayMatrix(rotation))).toBe(rotation);
  });

  test('as a phone writes it for a clockwise quarter turn', () => {
    // a b u c d v x y w of ISO/IEC 14496-12 §8.5.3: 0 1 0, -1 0 0, height 0 1.
    expect(displayMatrix(90).readInt32LE(4)).toBe(0x1_0000);
    expect(displayMatrix(90).readInt32LE(12)).toBe(-0x1_0000);
  });

  test.each([
    ['none', null],
    ['too short', new Uint8Array(8)],
    ['all zero', new Uint8Array(36)],
  ])('that is %s asks for no turn', (_, matrix) => {
    expect(rotationOf(matrix)).toBe(0);
  });
});

// 2 × 3 pixels:  1 2
//                3 4
//                5 6
const source = Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((value) => [value, value, value]));

test.each([
  [0, 2, [1, 2, 3, 4, 5, 6]],
  [90, 3, [5, 3, 1, 6, 4, 2]],
  [180, 2, [6, 5, 4, 3, 2, 1]],
  [270, 3, [2, 4, 6, 1, 3, 5]],
] as const)('copyTurned by %i degrees clockwise', (rotation, width, expected) => {
  const target = new Uint8Array(18);
  copyTurned(source, 2, 3, 6, rotation, target, width * 3, 0);
  expect(Array.from({ length: 6 }, (_, pixel) => target[pixel * 3])).toEqual(expected);
});

test('copyTurned leaves what lies outside the rectangle alone', () => {
  const target = new Uint8Array(5 * 4 * 3).fill(9);
  copyTurned(source, 2, 3, 6, 90, target, 15, (1 * 5 + 1) * 3);
  const firstChannel = Array.from({ length: 20 }, (_, pixel) => target[pixel * 3]);
  expect(firstChannel).toEqual([9, 9, 9, 9, 9, 9, 5, 3, 1, 9, 9, 6, 4, 2, 9, 9, 9, 9, 9, 9]);
});
