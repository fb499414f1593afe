/** What disturbs a camera is no motion, and hides none: recordings made for this, decoded and observed as any other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { observeFrames } from '../../src-main/perception/index.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { type Disturbance, disturbances, disturbedScene } from '../support/disturbed-scene.ts';

/** No constant was chosen on the scene of this seed. */
const seed = 3;
const seconds = 4;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-steady-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function motionsOf(disturbance: Disturbance, walker: boolean) {
  const path = await disturbedScene(join(folder, `${disturbance}-${String(walker)}.mp4`), {
    ...{ seconds, disturbance, walker, seed },
  });
  await using reader = await openVideo(path, { threads: 1 });
  const times = Array.from({ length: seconds * 8 }, (_, tick) => tick / 8);
  const frames = await observeFrames({ reader, nets: null, cache: new Map(), times });
  return frames.map(({ motion }) => motion);
}

const meanEnergy = (motions: Awaited<ReturnType<typeof motionsOf>>) =>
  motions.reduce((sum, { energy }) => sum + energy, 0) / motions.length;

describe('where nothing moves', () => {
  test.each(disturbances)('%s', async (disturbance) => {
    const motions = await motionsOf(disturbance, false);
    expect(motions.some(({ global }) => global.cut)).toBe(false);
    // A person who walks through this picture has about .01.
    expect(meanEnergy(motions)).toBeLessThan(0.0005);
    expect(Math.max(...motions.map(({ energy }) => energy))).toBeLessThan(0.005);
  });
});

describe('who walks there is seen as without the disturbance', () => {
  const disturbing = disturbances.filter((each) => each !== 'none' && each !== 'night-salt');
  let undisturbed: number;
  beforeAll(async () => {
    undisturbed = meanEnergy(await motionsOf('none', true));
    expect(undisturbed).toBeGreaterThan(0.005);
  });

  test.each(disturbing)('%s', async (disturbance) => {
    const energy = meanEnergy(await motionsOf(disturbance, true));
    expect(energy).toBeGreaterThan(0.7 * undisturbed);
    expect(energy).toBeLessThan(1.5 * undisturbed);
  });
});
