/** Footage with something to flag: a still scene in which, for a while, many things move fast and every way at once. */
import { randomFrom } from '../../src-main/math/random.ts';
import { encodeVideo, type EncodeOptions } from '../../src-main/video/index.ts';

const width = 320;
const height = 180;
const frameRate = 15;
const blocks = 36;

export interface CommotionOptions extends Pick<EncodeOptions, 'codec'> {
  readonly seconds?: number;
  readonly from?: number;
  readonly to?: number;
  readonly seed?: number;
}

/** Writes `seconds` of a still scene with commotion in `[from, to)`; other seeds give other content. */
export async function commotion(
  path: string,
  { seconds = 40, from = 16, to = 28, seed = 1, codec = 'h264' }: CommotionOptions = {},
): Promise<string> {
  await encodeVideo(path, frames(seconds, from, to, seed), {
    ...{ width, height, frameRate, codec, gop: 30, crf: 23, preset: 'ultrafast' },
  });
  return path;
}

function* frames(seconds: number, from: number, to: number, seed: number): Generator<{ rgb: Uint8Array }> {
  const random = randomFrom(seed);
  const scene = new Uint8Array(width * height * 3);
  for (let at = 0; at < scene.length; at++) {
    const pixel = Math.floor(at / 3);
    scene[at] =
      110 + 40 * Math.sin((pixel % width) / 17) + 30 * Math.cos(Math.floor(pixel / width) / 11) + random.between(-6, 6);
  }
  const things = Array.from({ length: blocks }, () => ({
    x: random.between(0, width),
    y: random.between(0, height),
    side: random.between(14, 34),
    tone: random.pick([20, 60, 200, 240]),
    dx: 0,
    dy: 0,
  }));
  for (let frame = 0; frame < seconds * frameRate; frame++) {
    const time = frame / frameRate;
    const rgb = scene.slice();
    if (time >= from && time < to) {
      for (const thing of things) {
        // A new direction every fifth of a second: nothing goes anywhere together.
        if (frame % 3 === 0) {
          thing.dx = random.between(-9, 9);
          thing.dy = random.between(-9, 9);
        }
        thing.x = (thing.x + thing.dx + width) % width;
        thing.y = (thing.y + thing.dy + height) % height;
        draw(rgb, thing);
      }
    }
    yield { rgb };
  }
}

function draw(rgb: Uint8Array, { x, y, side, tone }: { x: number; y: number; side: number; tone: number }): void {
  for (let row = Math.floor(y); row < Math.min(height, y + side); row++) {
    rgb.fill(tone, (row * width + Math.floor(x)) * 3, (row * width + Math.min(width, Math.floor(x + side))) * 3);
  }
}
