/** Finds a Chromium for the tests: the one that is named, one of this machine, or the one that npm brings. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What Playwright's `launch` takes. */
export interface FoundBrowser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** No graphics card, and nothing that a browser does on its own over the network. */
const args = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Where the packaged browser is unpacked once. */
const cache = join(import.meta.dirname, '..', '.cache');

/** @throws Error that says how to get one, where there is none. */
export async function findBrowser(): Promise<FoundBrowser> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
    return { executablePath: named, args, env };
  }
  const found = installed() ?? playwrightsOwn();
  if (found !== null) return { executablePath: found, args, env };
  if (process.platform === 'linux' && process.arch === 'x64') return { ...(await packaged(env)), args };
  throw new Error('No Chromium: install Chrome or Chromium, or name one with CHROMIUM_PATH.');
}

function installed(): string | null {
  return candidates().find((path) => isExecutable(path) && answers(path)) ?? null;
}

function candidates(): string[] {
  const { env, platform } = process;
  if (platform === 'win32') {
    const products = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    // Comes with Windows, and is a Chromium.
    const edge = 'Microsoft/Edge/Application/msedge.exe';
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return [...products, edge].flatMap((product) =>
      folders.flatMap((folder) => (folder === undefined ? [] : [join(folder, product)])),
    );
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/', env['HOME'] ?? '/'].map((home) => join(home, 'Applications', `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Some systems put a script in its place that only tells how to install one. */
function answers(path: string): boolean {
  // Elsewhere the question opens a window.
  if (process.platform !== 'linux') return true;
  try {
    return /\d+\.\d+/.test(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe', timeout: 10_000 }));
  } catch {
    return false;
  }
}

function playwrightsOwn(): string | null {
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}

/** The browser inside an npm package, with the libraries that a bare Linux lacks; needs neither apt nor root. */
async function packaged(env: Record<string, string>): Promise<Omit<FoundBrowser, 'args'>> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(join(home, 'bin'), folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...env,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), folder, env['LD_LIBRARY_PATH'] ?? '']
        .filter((part) => part !== '')
        .join(delimiter),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** Aside and renamed: another run may unpack it at this moment. */
async function unpack(archives: string, folder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const aside = `${folder}-${String(process.pid)}`;
  mkdirSync(aside, { recursive: true });
  const kept = process.env['TMPDIR'];
  // Where the package unpacks to is the folder for temporary files, and nothing else.
  process.env['TMPDIR'] = aside;
  try {
    for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(join(archives, name));
    }
  } finally {
    if (kept === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = kept;
  }
  // The package's own names folders of another machine, and text without any font has no size.
  writeFileSync(
    join(aside, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(aside, { recursive: true });
  }
}
