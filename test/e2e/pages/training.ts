/** The view of training: what there is to learn from, runs, versions, two of them compared. */
import type { Page } from 'playwright-core';

export function trainingOf(page: Page) {
  const main = page.getByRole('main');
  const parts = main.getByRole('navigation', { name: 'Training and versions' });
  return {
    main,
    heading: (name: string | RegExp) => main.getByRole('heading', { name }),
    /** An entry of the list at the left. */
    entry: (name: RegExp) => parts.getByRole('link', { name }),
    version: main.getByRole('article', { name: 'Policy version' }),
    run: main.getByRole('article', { name: 'Training run' }),
    button: (name: string | RegExp) => main.getByRole('button', { name }),
    /** Of what there is to learn from: the number, and what is new of it. */
    count: (label: string) =>
      main
        .locator('dl > div')
        .filter({ has: page.getByRole('term').filter({ hasText: label }) })
        .getByRole('definition')
        .allTextContents()
        .then((texts) => texts.join('')),
    totals: main.getByRole('table', { name: 'All recordings together' }),
    /** One of two paths side by side. */
    side: (name: string) => main.getByRole('region', { name, exact: true }),
  };
}
