/** The workbench: the queue, the verdict, what stands beside it. */
import type { Page } from 'playwright-core';

type State = 'Open' | 'Confirmed' | 'Rejected' | 'Unsure';

export function reviewOf(page: Page) {
  const flags = page.getByRole('listbox', { name: 'Flags to review' }).getByRole('option');
  const verdicts = page.getByRole('region', { name: 'Verdict' });
  const filter = page.getByRole('group', { name: 'Which flags are listed' });
  return {
    flags,
    evidence: page.getByRole('region', { name: 'Evidence' }).getByRole('button'),
    path: page.getByRole('tabpanel', { name: /Path/ }),
    undo: verdicts.getByRole('button', { name: 'Undo' }),

    /** What each row says: class, state, camera, score, time, length. */
    rows: () => flags.allTextContents(),

    /** The filter's button of a state; with `count` only where so many flags are in it. */
    state: (state: State, count?: number) =>
      filter.getByRole('button', { name: new RegExp(`^${state}\\s*${String(count ?? '\\d+')}`) }),

    decide: (decision: 'Confirm' | 'Reject' | 'Unsure') =>
      verdicts.getByRole('button', { name: decision, exact: true }).click(),
  };
}
