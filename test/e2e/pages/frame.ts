/** What every view shares: the rail, the folder picker, the banner. */
import { basename, dirname, sep } from 'node:path';
import type { Page } from 'playwright-core';

export type ViewName =
  'Review' | 'Overview' | 'Archive' | 'Evidence' | 'Jobs' | 'Evaluate' | 'Training' | 'Doctor' | 'Settings';

export function frameOf(page: Page) {
  const rail = page.getByRole('navigation', { name: 'Views' });
  const picker = page.getByRole('dialog', { name: 'Open folders' });

  /** The line to type in, once the picker has shown where it begins. */
  async function openPicker() {
    await page.keyboard.press('Control+o');
    await picker.getByRole('navigation', { name: 'Path' }).waitFor();
    return picker.getByRole('textbox', { name: 'Path' });
  }

  return {
    banner: page.getByText('The core stopped.'),

    async goTo(view: ViewName): Promise<void> {
      await rail.getByRole('link', { name: new RegExp(`^${view}`) }).click();
    },

    /** The rail says how many flags are open: the window knows what the scan has found. */
    openFlags: (count: number) => rail.getByText(new RegExp(`^${String(count)} flags? to review`)),

    /** By typing its path into the picker, as a person does who has it in the clipboard. */
    async openFolder(folder: string): Promise<void> {
      await (await openPicker()).fill(`${folder}${sep}`);
      await picker.getByRole('button', { name: `Open “${basename(folder)}”` }).click();
      await picker.waitFor({ state: 'detached' });
    },

    /** Types the folder that `folder` is in, and the beginning of its name; Tab writes the rest. */
    async completePath(folder: string): Promise<string> {
      const line = await openPicker();
      await line.fill(`${dirname(folder)}${sep}`);
      await picker.getByText(basename(folder), { exact: true }).first().waitFor();
      await line.pressSequentially(basename(folder).slice(0, 3));
      await line.press('Tab');
      const typed = await line.inputValue();
      await page.keyboard.press('Escape');
      await picker.waitFor({ state: 'detached' });
      return typed;
    },
  };
}
