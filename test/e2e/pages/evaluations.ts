/** The view of evaluations: starting one, what it came to. */
import { basename, sep } from 'node:path';
import type { Page } from 'playwright-core';

export function evaluationsOf(page: Page) {
  const form = page.getByRole('dialog', { name: 'New evaluation' });
  const picker = page.getByRole('dialog', { name: 'Choose the labelled footage' });
  const main = page.getByRole('main');
  return {
    /** Chooses the folder by typing its path into the picker, and keeps to the policies given. */
    async start(folder: string, policies: readonly string[]): Promise<void> {
      await main.getByRole('button', { name: /^New evaluation/ }).click();
      await form.getByRole('button', { name: 'Choose the labelled footage' }).click();
      // Once it has shown where it begins.
      await picker.getByRole('navigation', { name: 'Path' }).waitFor();
      await picker.getByRole('textbox', { name: 'Path' }).fill(`${folder}${sep}`);
      await picker.getByRole('button', { name: `Choose “${basename(folder)}”` }).click();
      await picker.waitFor({ state: 'detached' });
      for (const box of await form.getByRole('checkbox').all()) {
        const label = (await box.locator('xpath=..').textContent()) ?? '';
        await box.setChecked(policies.some((policy) => label.trim().startsWith(policy)));
      }
      await form.getByRole('button', { name: 'Start', exact: true }).click();
      await form.waitFor({ state: 'detached' });
    },
    table: page.getByRole('table', { name: 'Table of policies' }),
    /** What the table says of each policy. */
    rows: () => page.getByRole('table', { name: 'Table of policies' }).locator('tbody tr').allTextContents(),
    listed: page.getByRole('navigation', { name: 'Evaluations' }).getByRole('link'),
    failed: main.getByRole('article').filter({ hasText: 'Failed' }),
    openReport: () => page.getByRole('tab', { name: 'Report' }).click(),
    report: page.frameLocator('iframe.evaluation-report'),
  };
}
