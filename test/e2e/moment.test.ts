/** Several cameras of one moment over the real host and real footage: in step frame by frame, and a clock corrected for good. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openStore } from '../../src-main/store/index.ts';
import type { Workspace } from '../support/cli.ts';
import { addFootage } from '../support/large-archive.ts';
import { makeVideo } from '../support/videos.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { startProgram } from './support/program.ts';
import { it } from './support/test.ts';

const seconds = 24;
const startMs = Date.UTC(2026, 2, 14, 12);
/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 60_000, interval: 50 };

/** Gate from 12:00:00 and yard from 12:00:06 on: frame 150 + n of the one is frame n of the other. */
async function fillArchive({ root, dataFolder }: Workspace): Promise<void> {
  const folder = join(root, 'footage');
  await mkdir(folder);
  const make = (name: string) => makeVideo(join(folder, name), { width: 320, height: 240, frames: seconds * 25 });
  const files = [await make('gate.mp4'), await make('yard.mp4')];
  using store = openStore(dataFolder);
  await addFootage(store, files, seconds, 4, [
    { camera: 'Gate', utcMs: startMs },
    { camera: 'Yard', utcMs: startMs + 6000 },
  ]);
}

/** The number of the frame that a camera's picture shows, read from its pixels as `makeVideo` wrote it; −1 for none. */
const frameOf = (page: Page, camera: string) =>
  page.getByLabel(`Picture of ${camera}`).evaluate((element) => {
    if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0 || element.seeking) return -1;
    const [width, height] = [element.videoWidth, element.videoHeight];
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('There is no canvas.');
    context.drawImage(element, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let number = 0;
    for (let bit = 0; bit < 16; bit++) {
      const x = Math.floor((((bit % 8) + 0.5) / 8) * width);
      const y = Math.floor(((Math.floor(bit / 8) + 0.5) / 4) * height);
      if ((data[(y * width + x) * 4 + 1] ?? 0) > 127) number |= 1 << bit;
    }
    return number;
  });

it('keeps two cameras in step by the wall clock, and corrects a clock with undo', async ({ workspace, open }) => {
  await fillArchive(workspace);
  await using program = await startProgram(workspace);
  const { page, close } = await open(program);
  const list = page.getByRole('listbox', { name: 'Flags to review' });
  await list.getByRole('option').first().waitFor();
  await page.getByRole('group', { name: 'Playback' }).waitFor();
  // From the flag that is shown to its moment, by a key.
  await expect
    .poll(() => page.getByRole('button', { name: 'Other cameras at this moment' }).isEnabled(), patient)
    .toBe(true);
  await page.keyboard.press('y');
  await page.getByRole('heading', { name: 'One moment, several cameras' }).waitFor();
  // It saw nothing of this moment, and is shown where it is asked for.
  await page.getByRole('button', { name: 'Yard', exact: true }).click();
  const frames = async () => [await frameOf(page, 'Gate'), await frameOf(page, 'Yard')] as const;
  /** How far the yard's picture is from where it should be, in frames. */
  const off = async (expected: number) => {
    const [gate, yard] = await frames();
    return gate < 0 || yard < 0 ? Number.NaN : gate - yard - expected;
  };
  const timeline = page.getByRole('slider', { name: 'Moment on the wall clock' });
  await timeline.waitFor();

  // Twelve seconds in, both have footage: the pictures are of the same frame, also after steps.
  const second = async () => Number(((await timeline.getAttribute('aria-valuetext')) ?? '').slice(-2));
  const goTo = async (wanted: number) => {
    for (let now = await second(); now !== wanted; now = await second()) {
      await page.keyboard.press(now < wanted ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
    }
  };
  await goTo(12);
  await expect.poll(() => off(150), patient).toBe(0);
  for (const key of ['.', '.', ',', '.']) await page.keyboard.press(key);
  await expect.poll(() => off(150), patient).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);

  // While both play they stay within two frames of each other.
  const [before] = await frames();
  await page.keyboard.press('l');
  await expect.poll(async () => (await frames())[0], patient).toBeGreaterThan(before + 25);
  await page.keyboard.press('k');
  await expect.poll(() => off(150), patient).toBe(0);

  // Before the yard's footage begins, it says so.
  await goTo(3);
  await page
    .getByRole('region', { name: 'Yard' })
    .getByText(/^No footage at/)
    .waitFor();

  // The yard's clock was two seconds slow: tried by keys, kept, and taken back.
  await goTo(12);
  await page.keyboard.press('Shift+W');
  await page.keyboard.press('Shift+W');
  await expect.poll(() => off(200), patient).toBe(0);
  await page.getByRole('button', { name: 'Clock corrected by +2 s' }).click();
  await page.getByRole('button', { name: 'Keep for all its recordings' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('button', { name: 'Undo: clock of Yard' }).isEnabled(), patient).toBe(true);
  await page.keyboard.press('Control+z');
  await page.getByText('Undone: clock of Yard').waitFor();
  await expect.poll(() => off(150), patient).toBe(0);
  await page.keyboard.press('Control+Shift+Z');
  await page.getByText('Done again: clock of Yard').waitFor();
  // Another window has it from the core.
  await page.reload();
  await page.getByRole('button', { name: 'Clock corrected by +2 s' }).waitFor();
  await close();
});
