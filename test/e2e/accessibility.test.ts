/** Every view in both themes, with something in it: nothing that axe-core finds shuts anybody out. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { frameOf } from './pages/frame.ts';
import { reviewOf } from './pages/review.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { it } from './support/test.ts';

const themes = ['dark', 'light'] as const;

it('shuts nobody out of any view', async ({ workspace, program, open }) => {
  const folder = join(workspace.root, 'footage');
  await mkdir(folder);
  await commotion(join(folder, 'gate.mp4'), { seconds: 8, from: 3, to: 6 });
  expect(await workspace.cli(['scan', folder])).toMatchObject({ code: 0 });

  const { page } = await open(program);
  const [frame, review] = [frameOf(page), reviewOf(page)];
  const found: string[] = [];
  const check = async (view: string) => {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
      const problems = await accessibilityProblems(page);
      found.push(...problems.map((problem) => `${view}, ${theme}: ${problem}`));
    }
  };

  await frame.goTo('Review');
  await review.evidence.first().waitFor();
  await check('Review');
  await page.getByRole('tab', { name: 'Path' }).click();
  await review.path.waitFor();
  await check('Review, path');
  for (const view of ['Archive', 'Evidence', 'Jobs', 'Evaluate', 'Training', 'Doctor', 'Settings'] as const) {
    await frame.goTo(view);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await check(view);
  }
  await page.getByRole('link', { name: 'Welcome' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await check('Welcome');
  for (const part of ['Check a package', 'Audit log', 'Signing key']) {
    await frame.goTo('Evidence');
    await page.getByRole('tab', { name: part }).click();
    await check(part);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await check('Keys');
  expect(found).toEqual([]);
});
