/** The view of jobs: what runs, how far it is, what it came to. */
import type { Page } from 'playwright-core';

export function jobsOf(page: Page) {
  const scan = page.getByRole('main').getByRole('article', { name: 'Look through recordings' }).first();
  return {
    scan,
    /** How far the scan is, in percent; null before that is known. */
    async scanShare(): Promise<number | null> {
      const value = await scan.getByRole('progressbar').getAttribute('aria-valuenow', { timeout: 5000 });
      return value === null ? null : Number(value);
    },
    scanDone: scan.getByText('Done'),
  };
}
