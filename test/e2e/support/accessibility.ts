/** Has axe-core look over a page: WCAG 2.2 AA, as the page stands at that moment. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each element that breaks a rule: the rule, the element, and what is wrong with it. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind: a script element would be refused.
  await page.evaluate(source);
  return page.evaluate(async (values) => {
    // A colour on its way from one theme to the other is neither's.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    const { axe: checker } = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await checker.run({
      runOnly: { type: 'tag', values },
      // Whoever speaks to the machine says what is to be read.
      rules: { 'label-content-name-mismatch': { enabled: true } },
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} (${(node.failureSummary ?? '').replaceAll(/\s+/g, ' ')})`),
    );
  }, standards);
}
