/** The view of one camera: what is usual there. */
import type { Page } from 'playwright-core';

export function cameraOf(page: Page) {
  const main = page.getByRole('main');
  return {
    map: main.getByRole('application', { name: /^Map of what usually moves/ }),
    /** What is told of the place that the keys stand on. */
    reading: main.getByText(/^Row \d+, column \d+:/),
    mode: (name: 'Where things move' | 'How fast' | 'Which way') => main.getByText(name, { exact: true }).click(),
    forgotten: main.getByText('Nothing was learned of this camera yet'),

    /** From the archive, by the camera's own link. */
    openFromArchive: (camera: string) => main.getByRole('link', { name: `${camera}: what is usual here` }).click(),

    async forget(): Promise<void> {
      await main.getByRole('button', { name: 'Forget what was learned…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
    },
  };
}
