/** Reports as PDF by a Chromium of this machine: printed whole, stopped at once, and said plainly where there is none. */
import { mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findPrinter, printPage } from '../../src-main/app/export/print-page.ts';
import { reportHtml } from '../../src-main/app/export/report-html.ts';
import { findBrowser } from '../support/browser.ts';

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
beforeAll(async () => {
  folder = await mkdtempDisposable(join(tmpdir(), 'anom-pi-print-'));
  await writeFile(join(folder.path, 'report.html'), reportHtml([], Date.UTC(2026, 2, 14)));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});
const at = (name: string) => join(folder.path, name);

test('a report is printed', { timeout: 120_000 }, async () => {
  const { executablePath, env } = await findBrowser();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('ANOM_PI_CHROMIUM', executablePath);
  await printPage(at('report.html'), at('report.pdf'), new AbortController().signal);
  const pdf = await readFile(at('report.pdf'), 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toMatch(/%%EOF\s*$/);
});

test('printing that is stopped leaves nothing', async () => {
  const { executablePath } = await findBrowser();
  vi.stubEnv('ANOM_PI_CHROMIUM', executablePath);
  const printing = printPage(at('report.html'), at('stopped.pdf'), AbortSignal.abort());
  await expect(printing).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(folder.path)).not.toContain('stopped.pdf');
});

test('without a Chromium the way to one is said', async () => {
  expect(findPrinter({ PATH: folder.path }, 'linux')).toBeNull();
  expect(findPrinter({ ANOM_PI_CHROMIUM: at('none') }, 'linux')).toBeNull();
  vi.stubEnv('ANOM_PI_CHROMIUM', at('none'));
  const printing = printPage(at('report.html'), at('none.pdf'), new AbortController().signal);
  await expect(printing).rejects.toMatchObject({ code: 'not-found', message: expect.stringMatching(/HTML report/) });
});
