/** Prints a page of ours to PDF with a Chromium of this machine, in a process of its own that reaches no network. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../contract/errors.ts';

/** Writes the page in the file `html` to the new file `pdf`. Errors: `not-found` where there is no Chromium; `cancelled`. */
export type PrintPage = (html: string, pdf: string, signal: AbortSignal) => Promise<void>;

const patienceMs = 120_000;
/** No graphics card, and nothing that a browser does on its own over the network. */
const args = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** Why there is no PDF, and the way to one. */
export const noPrinter =
  'A PDF needs Chrome, Chromium or Edge, and none was found here; install one, name one with ANOM_PI_CHROMIUM, or take the HTML report, which every browser prints.';

/** The Chromium that is named, or the first that is installed; null where there is none. */
export function findPrinter(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const named = env['ANOM_PI_CHROMIUM'] ?? env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return isProgram(named) ? named : null;
  return candidates(env, platform).find(isProgram) ?? null;
}

function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const products = [
      ...['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'],
      // Comes with Windows, and is a Chromium.
      'Microsoft/Edge/Application/msedge.exe',
    ];
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return products.flatMap((product) =>
      folders.flatMap((folder) => (folder === undefined ? [] : [join(folder, product)])),
    );
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/', env['HOME'] ?? '/'].map((home) => join(home, 'Applications', `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Looks for a Chromium at each call: one may have been installed meanwhile. The page runs no script and loads nothing. */
export const printPage: PrintPage = async (html, pdf, signal) => {
  const program = findPrinter(process.env, process.platform);
  if (program === null) throw new AppError('not-found', noPrinter);
  try {
    await printed(program, html, pdf, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Printing was cancelled.', { cause: error });
    const words = `${program} could not print the report; take the HTML report instead.`;
    throw new AppError('internal', words, { details: { path: program }, cause: error });
  }
};

async function printed(program: string, html: string, pdf: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // Only a report that is printed needs it.
  const { chromium } = await import('playwright-core');
  // How this process ends is not the library's to decide; the browser ends with it all the same.
  const ownEnd = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  // Chromium refuses to sandbox what root starts.
  const chromiumSandbox = process.getuid?.() !== 0;
  const options = { executablePath: program, args, chromiumSandbox, timeout: patienceMs, ...ownEnd };
  const browser = await chromium.launch(options);
  const stop = () => void browser.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const page = await browser.newPage({ javaScriptEnabled: false, offline: true });
    await page.goto(pathToFileURL(html).href, { timeout: patienceMs });
    // Has no limit of its own.
    await page.pdf({ path: pdf, format: 'A4', printBackground: true });
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}
