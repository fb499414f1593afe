/** The settings: their search, the watched folders, from which score on flags are news, what to keep. */
import type { Page } from 'playwright-core';

export function settingsOf(page: Page) {
  /** A part of the page, by its heading. */
  const part = (title: string) => page.getByRole('region', { name: title });
  const watched = part('Watched folders');
  const retention = part('What to keep');
  return {
    search: page.getByRole('searchbox', { name: 'Search settings' }),
    /** Of everything that can be set, what the search leaves. */
    titles: () => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents(),
    field: (name: string) => page.getByRole('textbox', { name, exact: true }),
    newsFrom: part('News of new flags').getByRole('slider', { name: 'From which score on' }),

    /** How the watched folder stands. */
    watching: watched.getByRole('status'),
    async watch(folder: string): Promise<void> {
      await watched.getByRole('textbox', { name: 'Folder to watch' }).fill(folder);
      await watched.getByRole('button', { name: 'Watch it' }).click();
    },

    workOutWhatToKeep: () => retention.getByRole('button', { name: /^Work it out/ }).click(),
    /** The button that lists the recordings of an advice; there to be pressed once there are any. */
    list: (advice: 'Keep' | 'Undecided' | 'May go') => retention.getByRole('button', { name: `${advice}: Show which` }),
    /** A recording that is listed, with its reason. */
    listed: (words: RegExp) => retention.getByRole('listitem').filter({ hasText: words }),
  };
}
