/** Whether a recording really plays: a picture that is one, of the recording's size, and time that passes. */
import { expect } from 'vitest';
import type { Picture } from '../pages/player.ts';

/** Longer than a transcoded recording takes to begin on two busy cores. */
const patience = { timeout: 90_000, interval: 200 };
/** Luma of a picture with anything to see in it; a black or grey one has next to none. */
const leastContrast = 10;

export async function expectPlaying(picture: () => Promise<Picture>, width: number): Promise<void> {
  await expect
    .poll(async () => (await picture()).contrast, { ...patience, message: 'there is a picture' })
    .toBeGreaterThan(leastContrast);
  const shown = await picture();
  expect(shown.width).toBe(width);
  await expect.poll(async () => (await picture()).time, { ...patience, message: 'time passes' }).not.toBe(shown.time);
}
