/** Viewing copies: what is hidden cannot be brought back, heads are where they are, and what is drawn is legible. */
import { describe, expect, test } from 'vitest';
import type { OverlayFrame, OverlayItem } from '../../contract/overlay.ts';
import { randomFrom } from '../../math/random.ts';
import { Canvas, textWidth, wrapped } from './canvas.ts';
import { drawOverlay } from './draw-overlay.ts';
import { glyphOf, plainText } from './glyphs.ts';
import { headRegions } from './heads.ts';
import { hide } from './hide.ts';

const [width, height] = [96, 64];
const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
/** A picture with structure at every scale: a gradient, stripes, noise. */
const picture = (seed: number) => {
  const random = randomFrom(seed);
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    return 60 + x + 40 * Math.sin(y / 3) + random.between(-30, 30);
  });
};
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const dot = a.reduce((sum, value, index) => sum + (value - ma) * ((b[index] ?? 0) - mb), 0);
  const size = (values: readonly number[], m: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - m) ** 2, 0));
  return dot / (size(a, ma) * size(b, mb));
}
function inside(rgb: Uint8Array, part: number): number[] {
  const values = [];
  for (let y = height / 4; y < (height * 3) / 4; y++) {
    for (let x = width / 4; x < (width * 3) / 4; x++) values.push(rgb[(y * width + x) * 3 + part] ?? 0);
  }
  return values;
}

describe('what is hidden', () => {
  test('carries little of what was there, and all around it stays', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const original = picture(seed);
      const hidden = original.slice();
      hide(hidden, width, height, box);
      expect(Math.abs(correlation(inside(original, 0), inside(hidden, 0)))).toBeLessThan(0.25);
      const isOutside = (_: number, at: number) => {
        const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
        return x < width / 4 || x >= (width * 3) / 4 || y < height / 4 || y >= (height * 3) / 4;
      };
      expect(hidden.filter(isOutside)).toEqual(original.filter(isOutside));
    }
  });

  test('is the same for every picture of that mean colour: nothing else of it is left', () => {
    const original = picture(7);
    const mirrored = original.slice();
    for (let y = 16; y < 48; y++) {
      for (let x = 24; x < 72; x++) {
        const [to, from] = [(y * width + x) * 3, (y * width + (95 - x)) * 3];
        mirrored.set(original.subarray(from, from + 3), to);
      }
    }
    hide(original, width, height, box);
    hide(mirrored, width, height, box);
    for (const part of [0, 1, 2]) expect(inside(mirrored, part)).toEqual(inside(original, part));
  });

  test('may reach over the edge, and may be nothing', () => {
    const before = picture(1);
    const rgb = before.slice();
    hide(rgb, width, height, { x: 0.5, y: 0.5, width: 0, height: 0.2 });
    expect(rgb).toEqual(before);
    hide(rgb, width, height, { x: 0.9, y: 0.9, width: 0.5, height: 0.5 });
    expect(rgb.subarray(0, 100)).toEqual(before.subarray(0, 100));
    expect(rgb.at(-1)).not.toBe(before.at(-1));
  });
});

const person = (x: number, track: number | null, keypoints: number[] | null = null): OverlayItem => ({
  ...{ track, kind: 'person', score: 0.9, keypoints },
  box: { x, y: 0.2, width: 0.1, height: 0.6 },
});
const frame = (time: number, ...items: OverlayItem[]): OverlayFrame => ({ time, items });
/** Nose at (x, y), ears beside it; all else unseen. */
function headPose(x: number, y: number): number[] {
  const points = Array.from({ length: 17 * 3 }, () => 0);
  for (const [point, dx] of [
    [0, 0],
    [3, -0.02],
    [4, 0.02],
  ] as const) {
    points.splice(point * 3, 3, x + dx, y, 0.9);
  }
  return points;
}

describe('heads', () => {
  test('are where the keypoints of the face are, with room around them', () => {
    const at = headRegions([frame(1, person(0.4, 1, headPose(0.45, 0.25)))], 16 / 9);
    const [head] = at(1);
    expect(head?.x).toBeLessThan(0.43);
    expect((head?.x ?? 0) + (head?.width ?? 0)).toBeGreaterThan(0.47);
    expect(head?.y).toBeLessThan(0.2);
    expect((head?.y ?? 0) + (head?.height ?? 0)).toBeGreaterThan(0.3);
    // Not the whole person.
    expect(head?.height).toBeLessThan(0.3);
  });

  test('are the upper part of a person whose face is not seen', () => {
    const [head] = headRegions([frame(1, person(0.4, 1))], 16 / 9)(1);
    expect(head).toMatchObject({ x: 0.4, y: 0.2, width: expect.closeTo(0.1, 6) });
    expect(head?.height).toBeCloseTo(0.6 * 0.34, 6);
  });

  test('are hidden all the way from one look to the next, and a moment before and after', () => {
    const at = headRegions([frame(1, person(0.2, 1)), frame(1.5, person(0.5, 1))], 16 / 9);
    const [between] = at(1.2);
    expect(between?.x).toBeCloseTo(0.2, 6);
    expect((between?.x ?? 0) + (between?.width ?? 0)).toBeCloseTo(0.6, 6);
    expect(at(0.5)).toHaveLength(1);
    expect(at(2)).toHaveLength(1);
    expect(at(3)).toHaveLength(0);
    expect(at(0)).toHaveLength(0);
  });

  test('of several persons are hidden each, and those of things are none', () => {
    const vehicle: OverlayItem = { ...person(0.7, 3), kind: 'vehicle' };
    const at = headRegions([frame(1, person(0.1, 1), person(0.4, null), vehicle)], 16 / 9);
    expect(at(1.1)).toHaveLength(2);
  });
});

describe('drawing', () => {
  const blank = () => new Uint8Array(320 * 180 * 3);
  const isDrawn = (rgb: Uint8Array, x: number, y: number) =>
    rgb.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3).some((value) => value > 0);
  const drawing = {
    ...{ frames: [frame(1, { ...person(0.5, 7), box: { x: 0.5, y: 0.5, width: 0.25, height: 0.25 } })] },
    ...{ stampAt: (seconds: number) => `at ${seconds}`, caption: 'A fall. Somebody lies still.' },
  };

  test.each([
    ['boxes', 160, 110],
    ['time', 6, 6],
    ['caption', 6, 176],
  ] as const)('puts %s where they belong, and nothing else', (part, x, y) => {
    const rgb = blank();
    drawOverlay(rgb, 320, 180, 1, { ...drawing, parts: [part] });
    const area = [-3, -2, -1, 0, 1, 2, 3].some((dx) =>
      [-4, -3, -2, -1, 0, 1, 2, 3].some((dy) => isDrawn(rgb, x + dx, Math.min(179, y + dy))),
    );
    expect(area).toBe(true);
    const empty = blank();
    drawOverlay(empty, 320, 180, 1, { ...drawing, parts: [] });
    expect(empty.every((value) => value === 0)).toBe(true);
  });

  test('follows a track for as long as it is seen', () => {
    const frames = [0, 0.5, 1].map((time) => frame(time, person(0.1 + time * 0.4, 1)));
    const rgb = blank();
    drawOverlay(rgb, 320, 180, 1, { ...drawing, frames, parts: ['tracks'] });
    // The feet went from x = .15 to x = .55, at four fifths of the height.
    expect(isDrawn(rgb, 80, 144)).toBe(true);
    expect(isDrawn(rgb, 150, 144)).toBe(true);
    expect(isDrawn(rgb, 30, 144)).toBe(false);
  });

  test('writes letters that differ, and lines that fit', () => {
    const shapes = new Set(
      Array.from({ length: 0x7f - 0x21 }, (_, code) => glyphOf(String.fromCodePoint(code + 0x21)).join(',')),
    );
    expect(shapes.size).toBe(0x7f - 0x21);
    expect(plainText('Caf\u00e9 – “x”')).toBe('Cafe - "x"');
    expect(textWidth('abc', 2)).toBe(36);
    expect(wrapped('one two three four', 9, 2)).toEqual(['one two', 'three...']);
    expect(wrapped('', 9, 2)).toEqual([]);
    const canvas = new Canvas(new Uint8Array(3), 1, 1);
    expect(() => canvas.text(-5, -5, 3, 'beyond', [1, 2, 3])).not.toThrow();
  });
});
