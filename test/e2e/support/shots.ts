/** Pictures of the window for a person to look at, in a folder that git ignores. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = join(import.meta.dirname, '..', '..', '.cache', 'shots');

/** `name-dark.png` and `name-light.png`; the window is left as it was found. */
export async function takeShots(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}
