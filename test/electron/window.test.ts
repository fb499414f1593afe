/** The desktop program itself, started as a person starts it. Where Electron cannot run it is skipped, and says why. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asProgram, binaryIn } from '../../src-main/hosts/electron/launch/find-electron.ts';
import { obstacleOnMachine, obstacleText } from '../../src-main/hosts/electron/launch/obstacle.ts';
import { desktop } from '../../src-main/hosts/entries.ts';
import { readHolder } from '../../src-main/store/index.ts';
import { killAndWait } from '../support/cli.ts';

const binary = binaryIn(desktop.packageFolder, process.env);
const obstacle = obstacleOnMachine({
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
});
const reason = binary === null ? 'its binary is not there' : obstacle === null ? null : obstacleText(obstacle);

if (reason !== null) console.info(`The desktop window is not tested: Electron cannot run here (${reason}).`);

describe.skipIf(reason !== null)('the window', () => {
  let dataFolder: string;
  let program: ElectronApplication;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [desktop.build]);
    dataFolder = await mkdtemp(join(tmpdir(), 'anom-pi-window-'));
    program = await _electron.launch({
      executablePath: binary ?? '',
      args: [desktop.program],
      env: { ...(asProgram(process.env) as Record<string, string>), ANOM_PI_DATA: dataFolder },
    });
    page = await program.firstWindow();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
  });
  afterAll(async () => {
    await program.close();
    const holder = readHolder(dataFolder);
    if (holder !== null) await killAndWait(holder.pid);
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  it('welcomes, and is connected to the core of the data folder', async () => {
    expect(page.url()).toMatch(/^app:\/\/anom-pi\/#\/welcome/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(dataFolder).waitFor();
  });

  it('has nothing of Node, and of the shell only what is meant for it', async () => {
    const types = await page.evaluate<string>('[typeof require, typeof process, typeof module, typeof Buffer].join()');
    expect(types).toBe('undefined,undefined,undefined,undefined');
    expect(await page.evaluate('Object.keys(anomPi).toSorted().join()')).toBe(
      'mediaBase,onCommand,pathsOf,pickFolders,platform,requestPort',
    );
  });

  it('reaches no network, no file, and no other page', async () => {
    const before = complaints.length;
    const outcome = (url: string) => page.evaluate<string>(`fetch('${url}').then(() => 'reached', () => 'refused')`);
    expect(await outcome('https://example.com/')).toBe('refused');
    expect(await outcome('http://127.0.0.1:1/')).toBe('refused');
    expect(await outcome('file:///etc/hosts')).toBe('refused');
    expect(await page.evaluate(`open('https://example.com/') === null`)).toBe(true);
    await page.evaluate(`void (location.href = 'https://example.com/')`);
    expect(page.url()).toMatch(/^app:\/\/anom-pi\//);
    expect(program.windows()).toHaveLength(1);
    // The policy says each time what it refused.
    complaints.length = before;
  });

  it('makes and opens the sample recordings, and plays one', async () => {
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await page.waitForURL(/#\/review/, { timeout: 300_000 });
    await page.evaluate("location.hash = '#/archive'");
    const picture = page.locator('img[src^="media:"], video').first();
    await picture.waitFor({ timeout: 60_000 });
    expect(complaints).toEqual([]);
  }, 400_000);
});
