/** Footage of a scene in which nothing happens, or one person-sized thing walks, under what disturbs real cameras. */
import { randomFrom } from '../../src-main/math/random.ts';
import { encodeVideo } from '../../src-main/video/index.ts';

export const disturbances = [
  'none',
  'flicker',
  'light-patch',
  'shake',
  'bumps',
  'keyframe-pumping',
  'night-salt',
] as const;
/**
 * flicker: gain and offset of the whole picture swing four times a second. light-patch: a soft bright spot sweeps
 * through, as headlights do. shake: the picture jitters by a pixel. bumps: every second it is knocked aside by up to ten.
 * keyframe-pumping: so few bits that every keyframe looks different from the frames before it. night-salt: a dark
 * picture with strong noise and white specks.
 */
export type Disturbance = (typeof disturbances)[number];

const width = 640;
const height = 360;
const frameRate = 15;
/** The scene is wider than the picture, so that a camera that moves sees more of it. */
const margin = 16;

export interface DisturbedSceneOptions {
  readonly seconds: number;
  readonly disturbance: Disturbance;
  /** Whether something walks from left to right; else nothing moves. */
  readonly walker: boolean;
  readonly seed: number;
}

/** Writes the recording, H.264 at 15 frames a second. */
export async function disturbedScene(path: string, options: DisturbedSceneOptions): Promise<string> {
  const isPumping = options.disturbance === 'keyframe-pumping';
  await encodeVideo(path, frames(options), {
    ...{ width, height, frameRate, codec: 'h264', preset: 'ultrafast' },
    ...(isPumping ? { gop: 15, crf: 42 } : { gop: 30, crf: 23 }),
  });
  return path;
}

function* frames({ seconds, disturbance, walker, seed }: DisturbedSceneOptions): Generator<{ rgb: Uint8Array }> {
  const random = randomFrom(seed);
  const scene = groundOf(seed);
  const sceneWidth = width + 2 * margin;
  const isNight = disturbance === 'night-salt';
  for (let frame = 0; frame < seconds * frameRate; frame++) {
    const time = frame / frameRate;
    const swing = disturbance === 'flicker' ? Math.sin(2 * Math.PI * 4.3 * time) : 0;
    const [gain, offset] = isNight ? [0.15, 0] : [1 + 0.2 * swing, 15 * swing];
    const [dx, dy] = displacement(disturbance, frame, random);
    const [spotX, spotY] = [((time / 4) % 1) * (width + 400) - 200, 0.6 * height];
    const sigma = isNight ? 7 : 2;
    const middle = walkerX(time);
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to += 3) {
        const [sx, sy] = [x + margin + dx, y + margin + dy];
        const isThing = walker && Math.abs(x + dx - middle) < 20 && Math.abs(y + dy - 230) < 55;
        let value = isThing ? 40 + ((y + dy) % 24) * 2 : (scene[sy * sceneWidth + sx] ?? 0);
        value = gain * value + offset;
        if (disturbance === 'light-patch') {
          value += 70 * Math.exp(-((x - spotX) ** 2 / (2 * 110 ** 2) + (y - spotY) ** 2 / (2 * 60 ** 2)));
        }
        // The sum of three even ones is noise enough, and cheap.
        value += sigma * 2 * (random.next() + random.next() + random.next() - 1.5);
        if (isNight && random.next() < 0.004) value = 230;
        rgb[to] = rgb[to + 1] = rgb[to + 2] = Math.min(255, Math.max(0, value));
      }
    }
    yield { rgb };
  }
}

/** Crosses the picture in eight seconds. */
const walkerX = (time: number) => 60 + ((time * 65) % (width - 120));

function displacement(disturbance: Disturbance, frame: number, random: { integer(below: number): number }) {
  if (disturbance === 'shake') return [random.integer(3) - 1, random.integer(3) - 1] as const;
  const sinceBump = frame % frameRate;
  if (disturbance !== 'bumps' || sinceBump >= 5) return [0, 0] as const;
  const swing = [10, -7, 5, -3, 1][sinceBump] ?? 0;
  return [swing, Math.round(swing / 2)] as const;
}

/** `[height + 2 margin, width + 2 margin]`: slopes, walls with hard edges, and fine texture. */
function groundOf(seed: number): Float32Array {
  const random = randomFrom(`ground ${String(seed)}`);
  const [w, h] = [width + 2 * margin, height + 2 * margin];
  const ground = new Float32Array(w * h);
  const walls = Array.from({ length: 26 }, () => ({
    left: random.integer(w),
    top: random.integer(h),
    width: 20 + random.integer(160),
    height: 15 + random.integer(90),
    level: random.between(-45, 45),
  }));
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let value = 115 + 30 * Math.sin(x / 90) + 25 * Math.cos(y / 70) + 6 * random.between(-1, 1);
      for (const wall of walls) {
        const isInside = x >= wall.left && x < wall.left + wall.width && y >= wall.top && y < wall.top + wall.height;
        if (isInside) value += wall.level;
      }
      ground[y * w + x] = Math.min(245, Math.max(10, value));
    }
  }
  return ground;
}
