import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVideo, thumbnail, type FrameSize } from '../../src-main/video/index.ts';
import { makeVideo, oneFrame, randomBytes } from '../support/videos.ts';

const size: FrameSize = { width: 416, height: 416, fit: 'letterbox' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

const residentMegabytes = () => process.memoryUsage.rss() / 2 ** 20;

/**
 * Growth of resident memory, in MB, while `work` runs `rounds` times, after as many rounds to warm up in. A leak of one
 * object a round shows as rounds × its size; the limits below are far under that of one picture or context.
 */
async function growthOver(rounds: number, work: (round: number) => Promise<void>): Promise<number> {
  for (let round = 0; round < rounds; round++) await work(round);
  const before = residentMegabytes();
  for (let round = 0; round < rounds; round++) await work(round);
  return residentMegabytes() - before;
}

test('thousands of frames leave nothing behind (a leaked picture would be 0.5 MB)', async () => {
  const path = await makeVideo(join(folder, 'long.mp4'), {
    width: 320,
    height: 240,
    frames: 500,
    gop: 50,
    preset: 'medium',
  });
  await using reader = await openVideo(path);
  let frames = 0;
  const growth = await growthOver(2, async () => {
    for await (const { time } of reader.framesBetween(0, Infinity, size)) frames += time >= 0 ? 1 : 0;
    for await (const { time } of reader.keyframes(size)) frames += time >= 0 ? 1 : 0;
    for (let time = 0; time < 20; time += 0.7) {
      for await (const image of reader.framesAt([time, time + 0.1], size)) frames += image.time >= 0 ? 1 : 0;
    }
  });
  expect(frames).toBeGreaterThan(2000);
  // 1100 frames in the measured half: 550 MB if pictures leaked, 120 MB if decoded frames did.
  expect(growth).toBeLessThan(60);
});

test('hundreds of readers, given up half-way, failed or finished, leave nothing behind', async () => {
  const path = await makeVideo(join(folder, 'short.mp4'), { width: 320, height: 240, frames: 30 });
  const single = await oneFrame(join(folder, 'single.mp4'));
  const broken = await randomBytes(join(folder, 'broken.mp4'));
  const growth = await growthOver(60, async (round) => {
    await using reader = await openVideo(path);
    for await (const { time } of reader.framesBetween(0, Infinity, size)) if (time > 0.2) break;
    await expect(openVideo(broken)).rejects.toMatchObject({ code: 'video-damaged' });
    if (round % 4 === 0) await thumbnail(single, 0, 64);
  });
  // A decoder with two threads and its pictures takes more than 1 MB: 60 MB if they stayed.
  expect(growth).toBeLessThan(40);
});
