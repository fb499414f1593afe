import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box, Detection, Person } from './detection.ts';
import { decodeFrames, encodeFrames } from './frame-codec.ts';
import type { FrameObservation } from './frame-observation.ts';
import { perceptionKey } from './frame-observation.ts';
import { type MotionObservation, motionColumns, motionRows } from './motion.ts';

const number = fc.double({ noNaN: true });
const floats = (length: number) => fc.float32Array({ minLength: length, maxLength: length, noNaN: true });
const box: fc.Arbitrary<Box> = fc.record(
  { x: number, y: number, width: number, height: number },
  { noNullPrototype: true },
);
const object: fc.Arbitrary<Detection> = fc.record(
  { class: fc.integer({ min: 0, max: 79 }), score: number, box },
  { noNullPrototype: true },
);
const person: fc.Arbitrary<Person> = fc.record(
  { score: number, box, keypoints: floats(51) },
  { noNullPrototype: true },
);
const motion: fc.Arbitrary<MotionObservation> = fc.record(
  {
    lag: number,
    energy: number,
    grid: floats(motionColumns * motionRows),
    velocity: floats(2 * motionColumns * motionRows),
    speed: floats(motionColumns * motionRows),
    global: fc.record({ light: number, shiftX: number, shiftY: number, cut: fc.boolean() }, { noNullPrototype: true }),
    flow: fc.record(
      { speed: number, peak: number, x: number, y: number, coherence: number },
      { noNullPrototype: true },
    ),
    erratic: number,
  },
  { noNullPrototype: true },
);
const frame: fc.Arbitrary<FrameObservation> = fc.record(
  {
    time: number,
    aspect: number,
    motion,
    objects: fc.option(fc.array(object, { maxLength: 5 })),
    persons: fc.option(fc.array(person, { maxLength: 4 })),
  },
  { noNullPrototype: true },
);
const frames = fc.array(frame, { maxLength: 4 });

describe('frame codec', () => {
  test('decoding gives what was encoded, bit by bit', () => {
    fc.assert(
      fc.property(frames, (original) => {
        expect(decodeFrames(encodeFrames(original))).toStrictEqual(original);
      }),
    );
  });

  test('encoding is a function of the frames', () => {
    fc.assert(
      fc.property(frames, (original) => {
        const bytes = encodeFrames(original);
        expect(encodeFrames(decodeFrames(bytes))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  test('no bit can be turned unnoticed', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.integer({ min: 0, max: 7 }), (original, pick, bit) => {
        const bytes = encodeFrames(original);
        const at = pick % bytes.length;
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        expect(() => decodeFrames(bytes)).toThrow(expect.objectContaining({ code: 'integrity-mismatch' }));
      }),
    );
  });

  test('a file cut off anywhere, or with something behind it, is refused', () => {
    fc.assert(
      fc.property(frames, fc.nat(), (original, pick) => {
        const bytes = encodeFrames(original);
        expect(() => decodeFrames(bytes.subarray(0, pick % bytes.length))).toThrow('cannot be used');
        expect(() => decodeFrames(new Uint8Array([...bytes, 0]))).toThrow('cannot be used');
      }),
    );
  });

  test('the error says what is wrong and that it can be mended', () => {
    const bytes = encodeFrames([]);
    expect(() => decodeFrames(new Uint8Array(0))).toThrow('is too short. It can be made again.');
    expect(() => decodeFrames(new Uint8Array(40))).toThrow('does not begin as one');
    const newer = bytes.slice();
    newer[4] = 9;
    expect(() => decodeFrames(newer)).toThrow('has format version 9, not 2');
  });

  test('an observation of another shape is not written', () => {
    const [sample] = fc.sample(frame, { numRuns: 1, seed: 1 });
    const wrong = {
      ...(sample as FrameObservation),
      motion: { ...(sample as FrameObservation).motion, grid: new Float32Array(3) },
    };
    expect(() => encodeFrames([wrong])).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

test('frames of different models or perception versions have different keys', () => {
  expect(perceptionKey('')).not.toBe(perceptionKey('a1'));
  expect(perceptionKey('a1')).not.toBe(perceptionKey('b2'));
  expect(perceptionKey('a1')).toMatch(/^[\w-]+$/);
});
