/** What is usual for a camera, from the archive and from a flag: learned by a scan, shown, forgotten, learned again. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { cameraOf } from './pages/camera.ts';
import { frameOf } from './pages/frame.ts';
import { reviewOf } from './pages/review.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

it(
  'shows what a scan taught, forgets it, and learns it again',
  { timeout: 300_000 },
  async ({ workspace, program, open }) => {
    const folder = join(workspace.root, 'Gate');
    await mkdir(folder);
    await commotion(join(folder, 'gate.mp4'), { seconds: 24, from: 8, to: 16 });
    expect(await workspace.cli(['scan', folder])).toMatchObject({ code: 0 });

    const { page } = await open(program);
    const [frame, camera, review] = [frameOf(page), cameraOf(page), reviewOf(page)];
    await frame.goTo('Archive');
    await camera.openFromArchive('Gate');
    await camera.map.waitFor();
    await camera.map.focus();
    await page.keyboard.press('ArrowRight');
    await camera.reading.waitFor();
    await camera.mode('Which way');
    await takeShots(page, 'camera');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await accessibilityProblems(page)).toEqual([]);

    await frame.goTo('Review');
    await review.flags.first().click();
    await page.getByRole('button', { name: 'More about this flag' }).click();
    await page.getByRole('menuitem', { name: 'What is usual here' }).click();
    await camera.map.waitFor();
    await page.getByRole('button', { name: 'Back to the flag' }).click();
    await review.evidence.first().waitFor();

    await frame.goTo('Archive');
    await camera.openFromArchive('Gate');
    await camera.forget();
    await camera.forgotten.waitFor();
    await page.getByRole('button', { name: 'Look through its recordings again' }).click();
    await camera.map.waitFor({ timeout: 90_000 });
  },
);
