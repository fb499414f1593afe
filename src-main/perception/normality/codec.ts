/** The binary forms of normality: exact, a function of the content alone, and refused as a whole where a bit is wrong. */
import { AppError } from '../../contract/errors.ts';
import { type BinaryFormat, type ByteReader, type ByteWriter, sealed, unsealed } from '../binary.ts';
import type { Box } from '../detection.ts';
import { countsLength, hourlyLength, table } from './counts.ts';
import { cellCount, classCount, type FrameFeatures, postureCount } from './features.ts';
import { fewestFrames } from './merge.ts';
import {
  type Normality,
  type NormalityPart,
  normalityVersion,
  noveltyKinds,
  type NoveltyKind,
  type Pattern,
} from './normality.ts';
import { type Tail, tailPoints } from './tail.ts';

const partFormat: BinaryFormat = {
  what: 'What a recording teaches of its camera',
  magic: 'APNP',
  version: normalityVersion,
};
const wholeFormat: BinaryFormat = { what: 'What a camera usually shows', magic: 'APNO', version: normalityVersion };

const noHour = 255;
const boxBytes = 4 * 8;
const tailBytes = 4 + tailPoints * 4 + 8;

/**
 * Name (uint16 bytes, UTF-8), hour (uint8, 255 for none), the counts that are not 0 (uint32 of them; uint16 place,
 * float64), then the samples (uint16): flags (bit 0 objects, bit 1 postures), cells (uint16; uint8 cell, float32 mass
 * and speed), objects (uint16; uint16 class, float64 score and box), postures (uint16; uint16, float64 box).
 * Throws `invalid-argument` for a name of more than 65,535 bytes.
 */
export function encodeNormalityPart({ recording, hour, counts, samples }: NormalityPart): Uint8Array {
  const name = new TextEncoder().encode(recording);
  const kept = Array.from(counts.keys()).filter((index) => counts[index] !== 0);
  const sampleBytes = samples.reduce((sum, sample) => sum + bytesOfSample(sample), 0);
  return sealed(partFormat, 2 + name.length + 1 + 4 + 10 * kept.length + 2 + sampleBytes, (writer) => {
    writer.uint16(name.length);
    for (const byte of name) writer.uint8(byte);
    writer.uint8(hour ?? noHour);
    writer.uint32(kept.length);
    for (const index of kept) {
      writer.uint16(index);
      writer.float64(counts[index] as number);
    }
    writer.uint16(samples.length);
    for (const sample of samples) writeSample(writer, sample);
  });
}

/** Throws `integrity-mismatch` where the bytes are damaged, cut off, of another version or of no possible part. */
export function decodeNormalityPart(bytes: Uint8Array): NormalityPart {
  return unsealed(partFormat, bytes, (reader) => {
    const length = reader.uint16();
    if (length > reader.left) throw new RangeError('The name ends early.');
    const name = Uint8Array.from({ length }, () => reader.uint8());
    const recording = new TextDecoder().decode(name);
    const hourByte = reader.uint8();
    const hour = hourByte === noHour ? null : below(hourByte, 24, partFormat);
    const counts = new Float64Array(countsLength);
    for (let left = reader.uint32(); left > 0; left--) {
      const index = below(reader.uint16(), countsLength, partFormat);
      const value = reader.float64();
      if (!Number.isSafeInteger(value)) throw impossible(partFormat);
      counts[index] = value;
    }
    const samples = Array.from({ length: reader.uint16() }, () => readSample(reader));
    return { recording, hour, counts, samples };
  });
}

/**
 * Recordings (uint32), then a pattern for all hours and, after a flag (uint8), one for each hour that has one: counts
 * (float32), which kinds have tails (uint8), and the tails (uint32 size, float32 values, float64 excess). At most
 * 220 KB, however much was learned.
 */
export function encodeNormality({ recordings, all, hours }: Normality): Uint8Array {
  const size = hours.reduce((sum, pattern) => sum + 1 + (pattern === null ? 0 : bytesOfPattern(pattern)), 4);
  return sealed(wholeFormat, size + bytesOfPattern(all), (writer) => {
    writer.uint32(recordings);
    writePattern(writer, all);
    for (const pattern of hours) {
      writer.uint8(pattern === null ? 0 : 1);
      if (pattern !== null) writePattern(writer, pattern);
    }
  });
}

/** Throws `integrity-mismatch` where the bytes are damaged, cut off, of another version or of no possible snapshot. */
export function decodeNormality(bytes: Uint8Array): Normality {
  return unsealed(wholeFormat, bytes, (reader) => {
    const recordings = reader.uint32();
    const all = readPattern(reader, countsLength);
    const hours = Array.from({ length: 24 }, () => (reader.uint8() === 0 ? null : readPattern(reader, hourlyLength)));
    return { recordings, enough: (all.counts[table.frames] ?? 0) >= fewestFrames, all, hours };
  });
}

function bytesOfSample({ cells, objects, postures }: FrameFeatures): number {
  const objectBytes = (objects?.length ?? 0) * (2 + 8 + boxBytes);
  return 1 + 3 * 2 + cells.length * 9 + objectBytes + (postures?.length ?? 0) * (2 + boxBytes);
}

function writeSample(writer: ByteWriter, { cells, objects, postures }: FrameFeatures): void {
  writer.uint8((objects === null ? 0 : 1) | (postures === null ? 0 : 2));
  writer.uint16(cells.length);
  for (const { cell, mass, speed } of cells) {
    writer.uint8(cell);
    writer.float32s(Float32Array.of(mass, speed), 2);
  }
  writer.uint16(objects?.length ?? 0);
  for (const object of objects ?? []) {
    writer.uint16(object.class);
    writer.float64(object.score);
    writeBox(writer, object.box);
  }
  writer.uint16(postures?.length ?? 0);
  for (const { posture, box } of postures ?? []) {
    writer.uint16(posture);
    writeBox(writer, box);
  }
}

function readSample(reader: ByteReader): FrameFeatures {
  const flags = reader.uint8();
  const cells = Array.from({ length: reader.uint16() }, () => {
    const cell = below(reader.uint8(), cellCount, partFormat);
    const [mass = 0, speed = 0] = reader.float32s(2);
    return { cell, mass: finite(mass, partFormat), speed: finite(speed, partFormat) };
  });
  const objects = Array.from({ length: reader.uint16() }, () => ({
    class: below(reader.uint16(), classCount, partFormat),
    score: finite(reader.float64(), partFormat),
    box: readBox(reader),
  }));
  const postures = Array.from({ length: reader.uint16() }, () => ({
    posture: below(reader.uint16(), postureCount, partFormat),
    box: readBox(reader),
  }));
  return { cells, objects: (flags & 1) === 0 ? null : objects, postures: (flags & 2) === 0 ? null : postures };
}

function writeBox(writer: ByteWriter, { x, y, width, height }: Box): void {
  for (const value of [x, y, width, height]) writer.float64(value);
}

function readBox(reader: ByteReader): Box {
  const side = () => finite(reader.float64(), partFormat);
  return { x: side(), y: side(), width: side(), height: side() };
}

const kindsWithTail = ({ tails }: Pattern) => noveltyKinds.filter((kind) => tails[kind] !== undefined);

const bytesOfPattern = (pattern: Pattern) =>
  4 * pattern.counts.length + 1 + tailBytes * (1 + kindsWithTail(pattern).length);

function writePattern(writer: ByteWriter, pattern: Pattern): void {
  writer.float32s(pattern.counts, pattern.counts.length);
  writer.uint8(kindsWithTail(pattern).reduce((flags, kind) => flags | (1 << noveltyKinds.indexOf(kind)), 0));
  for (const kind of kindsWithTail(pattern)) writeTail(writer, pattern.tails[kind] as Tail);
  writeTail(writer, pattern.together);
}

function readPattern(reader: ByteReader, length: number): Pattern {
  const counts = reader.float32s(length);
  if (!counts.every(Number.isFinite)) throw impossible(wholeFormat);
  const flags = reader.uint8();
  const tails: Partial<Record<NoveltyKind, Tail>> = {};
  for (const [index, kind] of noveltyKinds.entries()) {
    if ((flags & (1 << index)) !== 0) tails[kind] = readTail(reader);
  }
  return { counts, tails, together: readTail(reader) };
}

function writeTail(writer: ByteWriter, { size, values, excess }: Tail): void {
  writer.uint32(size);
  writer.float32s(values, tailPoints);
  writer.float64(excess);
}

function readTail(reader: ByteReader): Tail {
  const tail = { size: reader.uint32(), values: reader.float32s(tailPoints), excess: reader.float64() };
  const rising = tail.values.every((value, index) => index === 0 || value >= (tail.values[index - 1] as number));
  if (!rising || !(tail.excess > 0) || !tail.values.every(Number.isFinite)) throw impossible(wholeFormat);
  return tail;
}

const impossible = ({ what }: BinaryFormat) =>
  new AppError('integrity-mismatch', `${what} cannot be used: the file says what cannot be. It can be made again.`);

function below(value: number, bound: number, format: BinaryFormat): number {
  if (value >= bound) throw impossible(format);
  return value;
}

function finite(value: number, format: BinaryFormat): number {
  if (!Number.isFinite(value)) throw impossible(format);
  return value;
}
