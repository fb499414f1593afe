/** `it` with what an end-to-end test needs, set up when asked for: one program and browser a file, windows by the test. */
import type { Browser } from 'playwright-core';
import { it as base } from 'vitest';
import { createWorkspace, type Workspace } from '../../support/cli.ts';
import { type Program, startProgram } from './program.ts';
import { launchBrowser, openWindow, type OpenWindow } from './window.ts';

interface Fixtures {
  readonly workspace: Workspace;
  readonly program: Program;
  readonly browser: Browser;
  /** Opens a window of `program`; all windows are closed, and judged by their problems, when the test ends. */
  readonly open: (program: Program) => Promise<OpenWindow>;
}

export const it = base.extend<Fixtures>({
  workspace: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using workspace = await createWorkspace();
      await use(workspace);
    },
    { scope: 'file' },
  ],
  program: [
    async ({ workspace }, use) => {
      await using program = await startProgram(workspace);
      await use(program);
    },
    { scope: 'file' },
  ],
  browser: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  open: async ({ browser }, use) => {
    const windows: OpenWindow[] = [];
    await use(async (program) => {
      const window = await openWindow(browser, program);
      windows.push(window);
      return window;
    });
    for (const window of windows) await window.close();
    const problems = windows.flatMap((window) => window.unclaimed());
    if (problems.length > 0) throw new Error(`Behind the page:\n${problems.join('\n')}`);
  },
});
