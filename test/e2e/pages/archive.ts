/** The archive: its table of recordings. */
import type { Page } from 'playwright-core';

export function archiveOf(page: Page) {
  const table = page.getByRole('grid', { name: 'Recordings' });
  return {
    /** Of every recording that is in view. */
    rows: table.getByRole('row'),
    /** Opens the recording of that file name, as a double click does. */
    open: async (name: string): Promise<void> => {
      await table.getByRole('row').filter({ hasText: name }).dblclick();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    },
  };
}
