/** The program's window in a real Chromium. */
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { findBrowser } from '../../support/browser.ts';
import { collectProblems, type Problems } from './problems.ts';
import type { Program } from './program.ts';

export interface OpenWindow extends Problems {
  readonly page: Page;
  /** What the page came as. */
  readonly answer: Response;
  close(): Promise<void>;
}

/** One browser for a test file: contexts keep windows apart. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch(await findBrowser());

/** Opens the URL that the program printed, as a person does who follows it. */
export async function openWindow(browser: Browser, program: Program): Promise<OpenWindow> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  const problems = collectProblems(page);
  const answer = await page.goto(program.url);
  if (answer === null) throw new Error('The program answered nothing.');
  return { page, answer, ...problems, close: () => context.close() };
}
