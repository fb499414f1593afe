import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { lumaFrom } from './luma.ts';

const image = (width: number, height: number, picture = { x: 0, y: 0, width, height }) => {
  const random = randomFrom(`${String(width)}x${String(height)}`);
  return { width, height, picture, rgb: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)) };
};

describe('lumaFrom', () => {
  test('averages 4 × 4 blocks of a 416-wide picture, and only of the picture inside the letterbox', () => {
    const source = image(416, 256, { x: 0, y: 11, width: 416, height: 234 });
    const luma = lumaFrom(source);
    expect([luma.width, luma.height]).toEqual([104, 58]);
    const naive = (column: number, row: number) => {
      let sum = 0;
      for (let y = 0; y < 4; y++) {
        for (let x = 0; x < 4; x++) {
          const at = ((11 + row * 4 + y) * 416 + column * 4 + x) * 3;
          const [r = 0, g = 0, b = 0] = source.rgb.subarray(at, at + 3);
          sum += 0.299 * r + 0.587 * g + 0.114 * b;
        }
      }
      return sum / 16;
    };
    for (const [column, row] of [
      [0, 0],
      [103, 57],
      [50, 20],
    ] as const) {
      expect(luma.data[row * 104 + column]).toBeCloseTo(naive(column, row), 0);
    }
  });

  test('keeps the same picture in half blocks where blocks have an even side', () => {
    const luma = lumaFrom(image(417, 259));
    expect(luma.finer).toMatchObject({ width: 208, height: 129 });
    expect([luma.width, luma.height]).toEqual([104, 64]);
    const finer = luma.finer?.data ?? [];
    const at = 2 * 30 * 208 + 2 * 50;
    const mean = ((finer[at] ?? 0) + (finer[at + 1] ?? 0) + (finer[at + 208] ?? 0) + (finer[at + 209] ?? 0)) / 4;
    expect(luma.data[30 * 104 + 50]).toBeCloseTo(mean, 4);
    expect(lumaFrom(image(300, 100)).finer).toBeUndefined();
  });

  test('leaves a picture of 96 × 54 as it is, and takes portrait and tiny ones', () => {
    expect(lumaFrom(image(96, 54))).toMatchObject({ width: 96, height: 54 });
    expect(lumaFrom(image(234, 416))).toMatchObject({ width: 58, height: 104 });
    expect(lumaFrom(image(416, 3))).toMatchObject({ width: 138, height: 1 });
    expect(lumaFrom(image(1, 1))).toMatchObject({ width: 1, height: 1 });
  });
});
