/** The binary form of frame observations: compact, versioned, exact, and refused as a whole where a bit of it is wrong. */
import { type BinaryFormat, type ByteReader, type ByteWriter, sealed, unsealed } from './binary.ts';
import type { Box, Detection, Person } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { motionColumns, motionRows } from './motion.ts';

const format: BinaryFormat = { what: 'A file of cached frame observations', magic: 'APFO', version: 2 };

const gridValues = motionColumns * motionRows;
const keypointValues = 17 * 3;
const scalarValues = 13;
const headBytes = 1 + 2 + 2;

/**
 * The number of frames (uint32), then for each: flags (bit 0 objects, bit 1 persons, bit 2 cut), counts of both
 * (uint16), time, aspect and the motion scalars (float64), the energy grid, velocities and speeds (float32), per object class (uint16), score
 * and box (float64), per person score and box (float64) and keypoints (float32).
 * `decodeFrames(encodeFrames(frames))` equals `frames` bit by bit.
 * Throws `invalid-argument` for an observation that is not of the documented shape.
 */
export function encodeFrames(frames: readonly FrameObservation[]): Uint8Array {
  const size = frames.reduce((sum, frame) => sum + frameBytes(frame), 4);
  return sealed(format, size, (writer) => {
    writer.uint32(frames.length);
    for (const frame of frames) writeFrame(writer, frame);
  });
}

/** The frames in `bytes`. Throws `integrity-mismatch` where they are damaged, cut off, or of another format version. */
export function decodeFrames(bytes: Uint8Array): FrameObservation[] {
  return unsealed(format, bytes, (reader) => {
    const frames: FrameObservation[] = [];
    for (let left = reader.uint32(); left > 0; left--) frames.push(readFrame(reader));
    return frames;
  });
}

function frameBytes({ objects, persons }: FrameObservation): number {
  const objectBytes = (objects?.length ?? 0) * (2 + 5 * 8);
  const personBytes = (persons?.length ?? 0) * (5 * 8 + keypointValues * 4);
  return headBytes + scalarValues * 8 + 4 * gridValues * 4 + objectBytes + personBytes;
}

function writeFrame(writer: ByteWriter, { time, aspect, motion, objects, persons }: FrameObservation): void {
  const { lag, energy, global, flow, erratic } = motion;
  writer.uint8((objects === null ? 0 : 1) | (persons === null ? 0 : 2) | (global.cut ? 4 : 0));
  writer.uint16(objects?.length ?? 0);
  writer.uint16(persons?.length ?? 0);
  for (const value of [time, aspect, lag, energy, erratic]) writer.float64(value);
  for (const value of [global.light, global.shiftX, global.shiftY]) writer.float64(value);
  for (const value of [flow.speed, flow.peak, flow.x, flow.y, flow.coherence]) writer.float64(value);
  writer.float32s(motion.grid, gridValues);
  writer.float32s(motion.velocity, 2 * gridValues);
  writer.float32s(motion.speed, gridValues);
  for (const object of objects ?? []) {
    writer.uint16(object.class);
    writer.float64(object.score);
    writeBox(writer, object.box);
  }
  for (const person of persons ?? []) {
    writer.float64(person.score);
    writeBox(writer, person.box);
    writer.float32s(person.keypoints, keypointValues);
  }
}

function readFrame(reader: ByteReader): FrameObservation {
  const flags = reader.uint8();
  const objectCount = reader.uint16();
  const personCount = reader.uint16();
  const [time, aspect] = [reader.float64(), reader.float64()];
  const [lag, energy, erratic] = [reader.float64(), reader.float64(), reader.float64()];
  const [light, shiftX, shiftY] = [reader.float64(), reader.float64(), reader.float64()];
  const [mean, peak, x, y] = [reader.float64(), reader.float64(), reader.float64(), reader.float64()];
  const flow = { speed: mean, peak, x, y, coherence: reader.float64() };
  const grid = reader.float32s(gridValues);
  const velocity = reader.float32s(2 * gridValues);
  const speed = reader.float32s(gridValues);
  const objects = Array.from({ length: objectCount }, (): Detection => ({
    class: reader.uint16(),
    score: reader.float64(),
    box: readBox(reader),
  }));
  const persons = Array.from({ length: personCount }, (): Person => ({
    score: reader.float64(),
    box: readBox(reader),
    keypoints: reader.float32s(keypointValues),
  }));
  return {
    time,
    aspect,
    motion: {
      lag,
      energy,
      grid,
      velocity,
      speed,
      global: { light, shiftX, shiftY, cut: (flags & 4) !== 0 },
      flow,
      erratic,
    },
    objects: (flags & 1) === 0 ? null : objects,
    persons: (flags & 2) === 0 ? null : persons,
  };
}

function writeBox(writer: ByteWriter, { x, y, width, height }: Box): void {
  for (const value of [x, y, width, height]) writer.float64(value);
}

function readBox(reader: ByteReader): Box {
  return { x: reader.float64(), y: reader.float64(), width: reader.float64(), height: reader.float64() };
}
