import { expect, test } from 'vitest';
import { pathIn } from './export-choice.ts';
import { boxAfterKey, boxBetween, middleBox } from './region-arithmetic.ts';

test('a rectangle lies between two corners, whichever comes first, and stays in the picture', () => {
  const box = boxBetween({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.25 });
  expect(box).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.25 });
  expect(boxBetween({ x: -1, y: 0.5 }, { x: 2, y: 3 })).toEqual({ x: 0, y: 0.5, width: 1, height: 0.5 });
});

test('arrow keys move it, with Shift they change its size, and neither leaves the picture', () => {
  expect(boxAfterKey(middleBox, 'ArrowRight', false)?.x).toBeCloseTo(middleBox.x + 0.02, 9);
  expect(boxAfterKey(middleBox, 'ArrowUp', true)?.height).toBeCloseTo(middleBox.height - 0.02, 9);
  const edge = { x: 0, y: 0.9, width: 0.1, height: 0.1 };
  expect(boxAfterKey(edge, 'ArrowLeft', false)).toEqual(edge);
  expect(boxAfterKey(edge, 'ArrowDown', true)?.height).toBeCloseTo(0.1, 9);
  expect(boxAfterKey(edge, 'a', false)).toBeNull();
});

test('a name goes into a folder with the separator of that folder', () => {
  expect(pathIn('/home/ann', 'a.zip')).toBe('/home/ann/a.zip');
  expect(pathIn('/', 'a.zip')).toBe('/a.zip');
  expect(pathIn('C:\\Evidence', 'a.zip')).toBe('C:\\Evidence\\a.zip');
});
