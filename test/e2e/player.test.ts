/** The player on the real program: every step shows the frame that it names, whatever the file is played from. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { randomFrom } from '../../src-main/math/random.ts';
import { irregularTimes, makeVideo, variableFrameRate } from '../support/videos.ts';
import { it } from './support/test.ts';

/** The number that `makeVideo` drew on the frame in the video element, and what the player says it is. */
const onScreen = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector('video');
    const frame = Number(/\d+/.exec(document.querySelector('.player .frame')?.textContent ?? '')?.[0] ?? -1);
    if (video === null || video.videoWidth === 0) return { drawn: -1, frame };
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('There is no canvas.');
    context.drawImage(video, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let bit = 0; bit < 16; bit++) {
      const x = Math.floor((((bit % 8) + 0.5) / 8) * width);
      const y = Math.floor(((Math.floor(bit / 8) + 0.5) / 4) * height);
      if ((data[(y * width + x) * 4 + 1] ?? 0) > 127) drawn |= 1 << bit;
    }
    return { drawn, frame };
  });
async function expectFrame(page: Page, number: number): Promise<void> {
  await expect.poll(() => onScreen(page), { timeout: 20_000, interval: 20 }).toEqual({ drawn: number, frame: number });
}

/** The number of the frame that stays on screen, once the player says the same number as the frame itself. */
async function standsExactly(page: Page): Promise<number> {
  const seen: { drawn: number; frame: number }[] = [];
  await expect
    .poll(
      async () => {
        seen.push(await onScreen(page));
        const [before, now] = [seen.at(-2), seen.at(-1)];
        return now !== undefined && now.frame >= 0 && now.frame === before?.frame && now.drawn === now.frame;
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  return seen.at(-1)?.frame ?? -1;
}

async function openRecording(page: Page, recording: unknown): Promise<void> {
  // The window goes to its first view by itself; only then does it stay where it is sent.
  await page.waitForURL(/#\/\w/);
  await page.goto(new URL(`/#/recording/${String(recording)}`, page.url()).href);
  await expectFrame(page, 0);
}

const kinds = [
  {
    what: 'an H.264 file, played as it is',
    name: 'h264.mp4',
    make: (path: string) => makeVideo(path, { frames: 300 }),
  },
  {
    what: 'an MPEG-4 file, played from segments',
    name: 'mpeg4.avi',
    make: (path: string) => makeVideo(path, { frames: 300, codec: 'mpeg4' }),
  },
] as const;

for (const { what, name, make } of kinds) {
  it(`steps through ${what}, frame by frame`, async ({ workspace, program, open }) => {
    await make(join(workspace.root, name));
    const imported = await workspace.cli(['import', workspace.root, '--json']);
    const { id } = imported.lines.find(({ path }) => String(path).endsWith(name)) ?? {};
    const { page } = await open(program);
    await openRecording(page, id);

    for (const number of [1, 2, 3]) {
      await page.keyboard.press('.');
      await expectFrame(page, number);
    }
    await page.keyboard.press(',');
    await expectFrame(page, 2);
    // Into the next segment and over its edge at 4 s, which is frame 100.
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expectFrame(page, 77);
    for (let press = 0; press < 24; press++) await page.keyboard.press('.');
    await expectFrame(page, 101);
    for (const number of [100, 99, 98]) {
      await page.keyboard.press(',');
      await expectFrame(page, number);
    }
    await page.getByRole('slider').focus();
    await page.keyboard.press('End');
    await expectFrame(page, 299);
    await page.keyboard.press('Home');
    await expectFrame(page, 0);
  });
}

it('steps through a variable frame rate in which a frame lasts over the edge of a segment', async ({
  workspace,
  program,
  open,
}) => {
  await variableFrameRate(join(workspace.root, 'vfr.avi'), { codec: 'mpeg4' });
  const imported = await workspace.cli(['import', workspace.root, '--json']);
  const { id } = imported.lines.find(({ path }) => String(path).endsWith('vfr.avi')) ?? {};
  const { page } = await open(program);
  await openRecording(page, id);
  for (let number = 1; number < irregularTimes.length; number++) {
    await page.keyboard.press('.');
    await expectFrame(page, number);
  }
});

it('runs forwards, backwards and fast, and stands on an exact frame when it stops', async ({
  workspace,
  program,
  open,
}) => {
  await makeVideo(join(workspace.root, 'long.avi'), { frames: 1500, codec: 'mpeg4' });
  const imported = await workspace.cli(['import', workspace.root, '--json']);
  const { id } = imported.lines.find(({ path }) => String(path).endsWith('long.avi')) ?? {};
  const { page } = await open(program);
  await openRecording(page, id);
  const slider = page.getByRole('slider');
  const second = async () => Number(await slider.getAttribute('aria-valuenow'));

  await page.keyboard.press('Space');
  await expect.poll(second, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  await page.keyboard.press('Space');
  expect(await standsExactly(page)).toBeGreaterThanOrEqual(50);

  // Sixteen times as fast: the pictures come from sheets.
  for (let press = 0; press < 5; press++) await page.keyboard.press('l');
  await expect.poll(second, { timeout: 20_000 }).toBeGreaterThanOrEqual(30);
  await page.keyboard.press('k');
  const far = await standsExactly(page);
  expect(far).toBeGreaterThanOrEqual(750);

  await page.keyboard.press('j');
  await expect.poll(second, { timeout: 20_000 }).toBeLessThanOrEqual(Math.floor(far / 25) - 2);
  await page.keyboard.press('k');
  expect(await standsExactly(page)).toBeLessThan(far - 25);
});

it('shows the frame of the last wish, however many come however fast', async ({ workspace, program, open }) => {
  const frames = 1600;
  await makeVideo(join(workspace.root, 'wishes.avi'), { frames, codec: 'mpeg4' });
  const imported = await workspace.cli(['import', workspace.root, '--json']);
  const { id } = imported.lines.find(({ path }) => String(path).endsWith('wishes.avi')) ?? {};
  const { page } = await open(program);
  await openRecording(page, id);
  const box = await page.getByRole('slider').boundingBox();
  if (box === null) throw new Error('There is no timeline.');
  const random = randomFrom('wishes');

  /** Clicks somewhere on the timeline, held for `delay` ms each; the frame of the last. */
  const click = async (count: number, delay: number) => {
    let frame = -1;
    for (let each = 0; each < count; each++) {
      const x = Math.round(random.between(box.x + 2, box.x + box.width - 2));
      await page.mouse.click(x, box.y + box.height - 30, { delay });
      // A time stamp that was rounded still names its frame.
      frame = Math.floor((((x - box.x) / box.width) * (frames / 25) + 0.001) * 25);
    }
    return frame;
  };

  for (const count of [4, 8, 15]) {
    for (const delay of [0, 30, 100]) await expectFrame(page, await click(count, delay));
  }

  // A held arrow key, there and back.
  await page.keyboard.press('Home');
  await page.getByRole('slider').focus();
  for (let repeat = 0; repeat < 9; repeat++) await page.keyboard.down('ArrowRight');
  await page.keyboard.up('ArrowRight');
  await expectFrame(page, 9 * 5 * 25);
  for (let repeat = 0; repeat < 6; repeat++) await page.keyboard.down('ArrowLeft');
  await page.keyboard.up('ArrowLeft');
  await expectFrame(page, 3 * 5 * 25);

  // While it runs, at one rate after the other: it goes on from the last wish.
  for (const rate of ['l', 'll', 'l]]', 'l[[', 'llll']) {
    await page.keyboard.type(rate);
    const wished = await click(6, 20);
    await page.keyboard.type('k');
    expect(await standsExactly(page)).toBeGreaterThanOrEqual(wished);
  }

  // The shuttle keys all at once, then a wish.
  for (const keys of ['lllljjjjk', 'jjlk', 'ljljljljk']) {
    await page.keyboard.type(keys);
    await expectFrame(page, await click(3, 0));
  }
});

it('says that a file is gone or is another one now, and how to go on', async ({ workspace, program, open }) => {
  const path = join(workspace.root, 'moved.mp4');
  await makeVideo(path, { frames: 100 });
  const imported = await workspace.cli(['import', workspace.root, '--json']);
  const { id } = imported.lines.find((line) => line['path'] === path) ?? {};
  await rm(path);
  const { page, expectError } = await open(program);
  expectError(/404/);
  await page.waitForURL(/#\/\w/);
  await page.goto(new URL(`/#/recording/${String(id)}`, page.url()).href);
  await page.getByText('The file of this recording is not where it was').waitFor();
  await page.getByRole('button', { name: 'Import its new place…' }).click();
  await page.getByRole('dialog', { name: 'Open folders' }).waitFor();
  await page.keyboard.press('Escape');

  await makeVideo(path, { frames: 120 });
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The file of this recording cannot be read').waitFor();
  await page.getByText('The file changed since it was imported').waitFor();
  await page.getByRole('button', { name: 'Import its folder again…' }).waitFor();
});
