import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayedSize, pictureArea } from './picture-area.ts';

describe('pictureArea', () => {
  test('16:9 in a square', () => {
    const size = { width: 416, height: 416, fit: 'letterbox' } as const;
    expect(pictureArea(1920, 1080, size)).toEqual({ x: 0, y: 91, width: 416, height: 234 });
    expect(pictureArea(1080, 1920, size)).toEqual({ x: 91, y: 0, width: 234, height: 416 });
  });

  test('stretch fills', () => {
    const size = { width: 100, height: 50, fit: 'stretch' } as const;
    expect(pictureArea(3, 700, size)).toEqual({ x: 0, y: 0, width: 100, height: 50 });
  });

  test('property: inside, touching two opposite sides, of the same shape to a pixel', () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        (w, h, width, height) => {
          const area = pictureArea(w, h, { width, height, fit: 'letterbox' });
          expect(area.x).toBeGreaterThanOrEqual(0);
          expect(area.y).toBeGreaterThanOrEqual(0);
          expect(area.x + area.width).toBeLessThanOrEqual(width);
          expect(area.y + area.height).toBeLessThanOrEqual(height);
          expect(area.width === width || area.height === height).toBe(true);
          const scale = Math.min(width / w, height / h);
          expect(Math.abs(area.width - Math.max(1, w * scale))).toBeLessThanOrEqual(0.5001);
          expect(Math.abs(area.height - Math.max(1, h * scale))).toBeLessThanOrEqual(0.5001);
        },
      ),
      { seed: 20260104 },
    );
  });
});

test.each([
  [{ num: 0, den: 1 }, 0, { width: 704, height: 576 }],
  [{ num: 12, den: 11 }, 0, { width: 768, height: 576 }],
  [{ num: 12, den: 11 }, 90, { width: 576, height: 768 }],
  [{ num: 5000, den: 1 }, 0, { width: 704, height: 576 }],
] as const)('displayedSize of 704 × 576 with sample aspect %o turned by %i', (aspect, rotation, expected) => {
  expect(displayedSize(704, 576, aspect, rotation)).toEqual(expected);
});
