import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { encodeVideo, openVideo } from '../video/index.ts';
import { readTriage, writeTriage } from './triage-codec.ts';
import { activityFrom, triage } from './triage.ts';

const frameRate = 10;
const seconds = 40;
const [width, height] = [160, 96];

/** A still, noisy street; from second 20 to 28 something large runs about in it; in second 34 the light changes. */
function* street() {
  const random = randomFrom('street');
  const ground = Uint8Array.from(
    { length: width * height },
    (_, at) => 90 + 40 * Math.sin(at / 7) + random.integer(20),
  );
  for (let frame = 0; frame < seconds * frameRate; frame++) {
    const time = frame / frameRate;
    const busy = time >= 20 && time < 28;
    const [x, y] = [80 + 60 * Math.sin(time * 5), 48 + 30 * Math.cos(time * 3)];
    const light = time >= 34 ? 25 : 0;
    const rgb = new Uint8Array(width * height * 3);
    for (let at = 0; at < width * height; at++) {
      const inside = busy && Math.abs((at % width) - x) < 18 && Math.abs(Math.floor(at / width) - y) < 22;
      rgb.fill(Math.min(255, (inside ? 220 - ((at * 7) % 60) : (ground[at] ?? 0)) + light), at * 3, at * 3 + 3);
    }
    yield { rgb };
  }
}

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-triage-'));
  path = join(folder, 'street.mp4');
  await encodeVideo(path, street(), { width, height, frameRate, codec: 'h264', gop: 20, preset: 'ultrafast' });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('triage', () => {
  test('the busy seconds of a real recording stand out, the change of light does not', async () => {
    await using reader = await openVideo(path);
    const { activity, framesDecoded, frameTimes } = await triage(reader);
    expect(activity.activity).toHaveLength(seconds);
    const busy = mean(activity.activity.subarray(20, 28));
    expect(busy).toBeGreaterThan(mean(activity.activity.subarray(0, 16)) + 0.4);
    expect(busy).toBeGreaterThan(mean(activity.activity.subarray(36)) + 0.4);
    expect(frameTimes).toHaveLength(seconds * frameRate);
    expect(framesDecoded).toBeLessThanOrEqual(seconds / 4 + 1);
  });

  test('progress rises to the whole length', async () => {
    await using reader = await openVideo(path);
    const progress: number[] = [];
    await triage(reader, { onProgress: (done) => progress.push(done) });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeCloseTo(seconds, 0);
  });

  test('can be cancelled', async () => {
    await using reader = await openVideo(path);
    await expect(triage(reader, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('its file gives back the same, and is refused where it is damaged', async () => {
    await using reader = await openVideo(path);
    const made = await triage(reader);
    const bytes = writeTriage(made);
    expect(readTriage(bytes)).toStrictEqual(made);
    for (const at of [0, 5, 20, bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 1;
      expect(() => readTriage(damaged)).toThrow(expect.objectContaining({ code: 'integrity-mismatch' }));
    }
    expect(() => readTriage(bytes.subarray(0, 30))).toThrow('cannot be used');
  });
});

describe('activityFrom', () => {
  const packets = {
    times: new Float64Array([0, 1, 2, 3]),
    bytes: new Uint32Array(4).fill(100),
    keyframe: new Uint8Array([1, 0, 0, 0]),
  };

  test('keyframes raise the seconds between them and no others', () => {
    const without = activityFrom(packets, [], 4).activity;
    const raised = activityFrom(packets, [{ start: 1, end: 2.5, changed: 0.1 }], 4).activity;
    expect(raised.map((value, bin) => (value > (without[bin] ?? 0) ? 1 : 0))).toEqual(new Float32Array([0, 1, 1, 0]));
  });

  test('never leaves [0, 1]', () => {
    const wild = activityFrom(packets, [{ start: 0, end: 4, changed: 1 }], 4).activity;
    expect(wild.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
