/** A zone drawn over the camera's picture by keys alone takes flags away; the camera's settings stay when one comes back. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { until } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';
import { cameraOf } from './pages/camera.ts';
import { frameOf } from './pages/frame.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

it(
  'what lies in a zone to ignore is not flagged any more',
  { timeout: 300_000 },
  async ({ workspace, program, open }) => {
    const folder = join(workspace.root, 'Gate');
    await mkdir(folder);
    await commotion(join(folder, 'gate.mp4'), { seconds: 16, from: 5, to: 12 });
    expect(await workspace.cli(['scan', folder])).toMatchObject({ code: 0 });
    const openFlags = async () => (await workspace.cli(['flags', '--state', 'open', '--json'])).lines.length;
    expect(await openFlags()).toBeGreaterThan(0);

    const { page } = await open(program);
    const [frame, camera] = [frameOf(page), cameraOf(page)];
    await frame.goTo('Archive');
    await camera.openFromArchive('Gate');
    await page.getByRole('tab', { name: 'Zones and settings' }).click();
    await page.getByRole('button', { name: 'Draw a zone to ignore' }).press('Enter');
    const picture = page.getByRole('group', { name: 'Picture of Gate with its zones' });
    await picture.and(page.locator(':focus')).waitFor();
    // From the middle to each corner of the picture: an arrow moves two hundredths.
    const press = async (key: string, times: number) => {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    };
    const corners = [
      ['ArrowLeft', 26, 'ArrowUp', 26],
      ['ArrowRight', 51, 'ArrowUp', 1],
      ['ArrowRight', 1, 'ArrowDown', 51],
      ['ArrowLeft', 51, 'ArrowDown', 1],
    ] as const;
    for (const [across, so, down, much] of corners) {
      await press(across, so);
      await press(down, much);
      await page.keyboard.press('Space');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the zone' }).fill('All of it');
    await takeShots(page, 'zones');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('button', { name: 'Look through them again' }).click();
    await until(async () => (await openFlags()) === 0, 90_000);

    await frame.goTo('Archive');
    await camera.openFromArchive('Gate');
    await page.getByRole('tab', { name: 'Zones and settings' }).click();
    await page.getByRole('button', { name: 'Change the corners of All of it' }).waitFor();
  },
);
