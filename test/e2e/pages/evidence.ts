/** Taking evidence out and checking it: the export dialog, and the view of evidence. */
import type { Download, Page } from 'playwright-core';

/** Longer than an export takes on two busy cores. */
const patient = { timeout: 120_000 };

export function evidenceOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const main = page.getByRole('main');
  return {
    dialog,
    /** From the flag that is open in the review. */
    async openDialog(): Promise<void> {
      await page.keyboard.press('Control+e');
      await dialog.getByText(/^About /).waitFor();
    },
    choose: (format: string) => dialog.getByRole('radio', { name: format }).check(),
    /** Exports what is chosen, and fetches the file with the browser. */
    async fetch(): Promise<Download> {
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      const link = dialog.getByRole('link', { name: 'Download' });
      await link.waitFor(patient);
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      return download;
    },
    showPart: (part: string) => page.getByRole('tab', { name: part }).click(),
    /** Hands a package to the window, as by dropping it. */
    give: (file: string | { name: string; mimeType: string; buffer: Buffer }) =>
      main.locator('input[name="package"]').setInputFiles(file),
    giveKey: (pem: string) => main.getByRole('textbox', { name: /^Public key of the signer/ }).fill(pem),
    answer: main.getByRole('article'),
    exports: main.getByRole('row'),
    log: main.getByRole('table', { name: 'Rows of the audit log' }).getByRole('row'),
    logState: main.getByRole('status'),
  };
}
