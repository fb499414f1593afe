/** The report of an evaluation in a real browser: nothing is fetched or run, nothing is cut, and everyone can read it. */
import { createRequire } from 'node:module';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../src-main/evaluation/report/index.ts';
import { evaluationOf, rowOf, someSteps } from '../../src-main/evaluation/report/testing/evaluation.ts';
import { findBrowser } from '../support/browser.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const evil = `"><img src="https://example.invalid/a.png" onerror="document.title='ran'"><script>document.title='ran'</script>`;
const rows = [
  rowOf('rules', { operators: someSteps, operatorEntropy: 0.9 }),
  rowOf('uniform', { operators: { SAMPLE: 9 } }),
  rowOf('blind', { aucMicro: 0.5 }),
  rowOf(evil),
];
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function page(): string {
  const base = evaluationOf(rows, {
    ...{ dataset: evil, command: evil, notes: [evil], missing: [{ name: evil, reason: evil }] },
    differences: [{ first: 'rules', second: 'uniform', difference: 0.1, bounds: [-0.02, 0.2] }],
  });
  const [first, second] = base.recordings;
  const recordings = [first, second].flatMap((each, index) =>
    each === undefined ? [] : [{ ...each, name: index === 0 ? evil : `${'long/'.repeat(40)}.mp4` }],
  );
  return reportHtml({ ...base, recordings }, new Map([[evil, pixel]]));
}

let browser: Browser;
beforeAll(async () => {
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({ executablePath, env, args: [...args, '--no-sandbox'] });
});
afterAll(() => browser.close());

async function open(colorScheme: 'light' | 'dark', width: number, bypassCSP = false) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP });
  const tab = await context.newPage();
  const events: string[] = [];
  tab.on('console', (message) => events.push(message.text()));
  tab.on('pageerror', (error) => events.push(error.message));
  tab.on('request', (request) => {
    if (!request.url().startsWith('data:')) events.push(request.url());
  });
  await tab.setContent(page());
  return { tab, events, [Symbol.asyncDispose]: () => context.close() };
}

describe.each(['light', 'dark'] as const)('the report, %s', (scheme) => {
  test.each([420, 1280, 2560])('fits %d pixels, runs nothing and asks for nothing', async (width) => {
    await using report = await open(scheme, width);
    const { tab } = report;
    expect(await tab.title()).toContain('Evaluation of "><img');
    expect(await tab.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await tab.locator('img').count()).toBe(1);
    expect(await tab.locator('.panel').first().isVisible()).toBe(true);
    expect(report.events).toEqual([]);
  });

  test('breaks no rule of accessibility, contrast among them', async () => {
    await using report = await open(scheme, 1280, true);
    await report.tab.addScriptTag({ path: axe });
    const violations = await report.tab.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const found = await checker.run();
      return found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
  });
});

test('a box of the legend hides that policy and no other', async () => {
  await using report = await open('light', 1280);
  const { tab } = report;
  const lines = (index: number) => tab.locator(`#roc-title ~ .s${index}`);
  expect(await lines(0).first().isVisible()).toBe(true);
  await tab.getByRole('checkbox', { name: 'rules' }).uncheck();
  expect(await lines(0).first().isVisible()).toBe(false);
  expect(await lines(1).first().isVisible()).toBe(true);
});
