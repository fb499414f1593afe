import { expect, test } from 'vitest';
import { isIdr } from './nal.ts';

const startCoded = (...units: number[][]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 0, 1, ...unit]));
const lengthPrefixed = (...units: number[][]) =>
  Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));

test.each([
  ['h264', 'an IDR slice', [0x65, 1, 2], true],
  ['h264', 'an I slice that is not IDR', [0x41, 1, 2], false],
  ['hevc', 'an IDR slice', [19 << 1, 1, 2], true],
  ['hevc', 'a clean random access picture', [21 << 1, 1, 2], false],
  ['mpeg4', 'anything else', [0x65, 1, 2], false],
])('isIdr in %s: %s', (codec, _, slice, expected) => {
  const [parameters, supplement] =
    codec === 'hevc'
      ? [
          [33 << 1, 9],
          [39 << 1, 9],
        ]
      : [
          [0x67, 9],
          [0x06, 9],
        ];
  expect(isIdr(codec, startCoded(parameters, supplement, slice))).toBe(expected);
  expect(isIdr(codec, lengthPrefixed(parameters, supplement, slice))).toBe(expected);
});

test.each([[[]], [[0, 0]], [[255, 255, 255, 255, 255]], [[0, 0, 0, 0, 0, 0, 0, 0]]])(
  'isIdr of %o is false',
  (bytes) => {
    expect(isIdr('h264', Uint8Array.from(bytes))).toBe(false);
  },
);

test('a length from 256 to 511 is not taken for a start code', () => {
  const slice = new Uint8Array(4 + 300);
  slice.set([0, 0, 1, 44, 0x65]);
  expect(isIdr('h264', slice)).toBe(true);
});
