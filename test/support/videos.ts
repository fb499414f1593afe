/** Makes small videos for tests, each named by what is odd about it, with a frame number to be read from the pixels. */
import { appendFile, copyFile, readFile, rm, truncate as truncateFile, writeFile } from 'node:fs/promises';
import { randomFrom } from '../../src-main/math/random.ts';
import { encodeVideo, type EncodeFrame, type EncodeOptions, type FrameImage } from '../../src-main/video/index.ts';
import { copyTurned } from '../../src-main/video/rotation.ts';

export interface VideoOptions extends Partial<Omit<EncodeOptions, 'width' | 'height'>> {
  /** Displayed size; with a quarter turn the stored picture lies on its side. */
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  /** Time of each frame in seconds, where not evenly spaced. */
  readonly times?: readonly number[];
  /** The number on the first frame. */
  readonly firstNumber?: number;
}

/** The number is drawn as two rows of eight bits in the upper half of the picture. */
const [rows, columns] = [2, 8];

/** Writes a video whose frames carry their numbers over a moving pattern; 160 × 120, 50 frames at 25/s, h264 by default. */
export async function makeVideo(path: string, options: VideoOptions = {}): Promise<string> {
  const { width = 160, height = 120, frames = 50, frameRate = 25, times, firstNumber = 0, ...rest } = options;
  const rotation = options.rotation ?? 0;
  const isUpright = rotation % 180 === 0;
  function* pictures(): Generator<EncodeFrame> {
    for (let index = 0; index < (times?.length ?? frames); index++) {
      const rgb = turnedBack(numberedPicture(width, height, firstNumber + index), width, height, rotation);
      const time = times?.[index];
      yield time === undefined ? { rgb } : { rgb, time };
    }
  }
  const [storedWidth, storedHeight] = isUpright ? [width, height] : [height, width];
  await encodeVideo(path, pictures(), {
    preset: 'ultrafast',
    ...rest,
    width: storedWidth,
    height: storedHeight,
    frameRate,
  });
  return path;
}

/** The number on a frame that makeVideo drew, at any size and inside any letterbox. */
export function numberIn({ rgb, width, picture }: FrameImage): number {
  let number = 0;
  for (let bit = 0; bit < rows * columns; bit++) {
    const x = picture.x + Math.floor((((bit % columns) + 0.5) / columns) * picture.width);
    const y = picture.y + Math.floor(((Math.floor(bit / columns) + 0.5) / rows / 2) * picture.height);
    if ((rgb[(y * width + x) * 3 + 1] ?? 0) > 127) number |= 1 << bit;
  }
  return number;
}

/** [height, width, 3]: the number above, below it a bar that moves by a 32nd of the width each frame. */
export function numberedPicture(width: number, height: number, number: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  const bar = Math.floor(((number % 32) / 32) * width);
  const row = (y: number, color: (x: number) => readonly [number, number, number]) => {
    for (let x = 0; x < width; x++) rgb.set(color(x), (y * width + x) * 3);
  };
  let drawn = '';
  for (let y = 0; y < height; y++) {
    const half = y < height / 2 ? Math.floor((y / height) * 2 * rows) : rows;
    if (drawn === String(half)) {
      rgb.copyWithin(y * width * 3, (y - 1) * width * 3, y * width * 3);
    } else if (half < rows) {
      row(y, (x) =>
        (number >> (half * columns + Math.floor((x / width) * columns))) & 1 ? [235, 235, 235] : [20, 20, 20],
      );
    } else {
      row(y, (x) => (x >= bar && x < bar + width / 8 ? [220, 60, 90] : [Math.floor((x / width) * 200), 100, 160]));
    }
    drawn = String(half);
  }
  return rgb;
}

/** Cuts a file off after `bytes` bytes. */
export async function truncate(path: string, bytes: number): Promise<string> {
  await truncateFile(path, bytes);
  return path;
}

export async function emptyFile(path: string): Promise<string> {
  await writeFile(path, '');
  return path;
}

export async function randomBytes(path: string, bytes = 100_000, seed: number | string = 1): Promise<string> {
  const random = randomFrom(seed);
  await writeFile(
    path,
    Uint8Array.from({ length: bytes }, () => random.integer(256)),
  );
  return path;
}

/** One second of a tone and no picture (a WAV file, whatever its name). */
export async function audioOnly(path: string): Promise<string> {
  const rate = 8000;
  const file = Buffer.alloc(44 + rate * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + rate * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(rate * 2, 40);
  for (let sample = 0; sample < rate; sample++) {
    file.writeInt16LE(Math.round(9000 * Math.sin((sample / rate) * 2 * Math.PI * 440)), 44 + sample * 2);
  }
  await writeFile(path, file);
  return path;
}

/** Subtitles only. */
export async function noVideoStream(path: string): Promise<string> {
  await writeFile(
    path,
    '1\n00:00:00,000 --> 00:00:02,000\nNothing to see\n\n2\n00:00:03,000 --> 00:00:04,000\nhere\n\n',
  );
  return path;
}

export function oneFrame(path: string): Promise<string> {
  return makeVideo(path, { frames: 1 });
}

/** 161 × 97 pixels. */
export function oddDimensions(path: string): Promise<string> {
  return makeVideo(path, { width: 161, height: 97, codec: 'mpeg4' });
}

/** Stored on its side or head; upright once turned clockwise by `degrees`. */
export function rotated(path: string, degrees: 90 | 180 | 270, options: VideoOptions = {}): Promise<string> {
  return makeVideo(path, { ...options, rotation: degrees });
}

/** 7680 × 4320 pixels, two frames. */
export function eightK(path: string): Promise<string> {
  return makeVideo(path, { width: 7680, height: 4320, frames: 2, codec: 'mjpeg' });
}

/** Frames 10 to 400 ms apart; `irregularTimes` are their times. */
export function variableFrameRate(path: string, options: VideoOptions = {}): Promise<string> {
  return makeVideo(path, { gop: 10, times: irregularTimes, ...options });
}
export const irregularTimes: readonly number[] = (() => {
  const random = randomFrom('variable frame rate');
  let time = 0;
  return Array.from({ length: 60 }, () => {
    const now = time;
    time += Math.round(random.between(10, 400)) / 1000;
    return now;
  });
})();

/**
 * A transport stream whose clock starts over half-way: two recordings of `frames` frames each in one file, as recorders
 * leave them. Numbers run through; the second half has the timestamps of the first.
 */
export async function backwardTimestamps(path: string, options: VideoOptions = {}): Promise<string> {
  const { frames = 50 } = options;
  const [first, second] = [`${path}.first.ts`, `${path}.second.ts`];
  await makeVideo(first, { gop: 10, ...options, frames });
  await makeVideo(second, { gop: 10, ...options, frames, firstNumber: frames });
  await copyFile(first, path);
  await appendFile(path, await readFile(second));
  await Promise.all([rm(first), rm(second)]);
  return path;
}

/** An mp4 in which all frames have the same time: the sample durations are patched to zero. */
export async function zeroDuration(path: string): Promise<string> {
  await makeVideo(path, { codec: 'mpeg4', frames: 10 });
  const file = await readFile(path);
  const table = file.indexOf('stts', 0, 'latin1');
  // Box type, version and flags, number of entries, then (samples, duration) each.
  const entries = file.readUInt32BE(table + 8);
  for (let entry = 0; entry < entries; entry++) file.writeUInt32BE(0, table + 12 + entry * 8 + 4);
  await writeFile(path, file);
  return path;
}

/** The stored picture that a player turns upright by a clockwise turn of `rotation`. */
function turnedBack(rgb: Uint8Array, width: number, height: number, rotation: 0 | 90 | 180 | 270): Uint8Array {
  if (rotation === 0) return rgb;
  const back = ((360 - rotation) % 360) as 90 | 180 | 270;
  const turned = new Uint8Array(rgb.length);
  copyTurned(rgb, width, height, width * 3, back, turned, (rotation === 180 ? width : height) * 3, 0);
  return turned;
}
