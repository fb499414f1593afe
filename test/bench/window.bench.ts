/**
 * Bench of the window on a large archive, in a real browser before the real server: first paint, scrolling, next flag.
 *
 *     node test/bench/window.bench.ts [--recordings N] [--flags N] [--rounds N] [--data FOLDER]
 *
 * With `--data` the archive is made there once and used again. Milliseconds; "processor" is the main thread's own, which
 * a busy machine lengthens little. The last line is all of it as JSON.
 */
import { execFileSync } from 'node:child_process';
import { copyFile, access, mkdir, symlink } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { entries } from '../../src-main/hosts/entries.ts';
import { openStore } from '../../src-main/store/index.ts';
import { createWorkspace } from '../support/cli.ts';
import { findBrowser } from '../support/browser.ts';
import { addFootage, makeLargeArchive } from '../support/large-archive.ts';
import { makeVideo } from '../support/videos.ts';
import { startProgram } from '../e2e/support/program.ts';
import { type Activity, installProbe, type Response, tasksDuring } from '../e2e/support/window-probe.ts';

const { values } = parseArgs({
  options: {
    recordings: { type: 'string', default: '10000' },
    flags: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '50' },
    data: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
/** Longer than a page takes to show anything on a busy machine. */
const limitMs = 60_000;
/** Flags with a video behind them, at the head of the queue, and the recordings that they are in. */
const footage = { recordings: 6, flags: rounds + 10, seconds: 20, frameRate: 25 };
/** What a reviewer takes at the very least to look at a picture before the next key. */
const lookMs = 500;

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function makeArchive(folder: string): Promise<void> {
  if (await isThere(join(folder, 'anom-pi.db'))) return;
  const begun = performance.now();
  await makeLargeArchive(folder, { recordings: Number(values.recordings), flags: Number(values.flags) });
  const videos = join(folder, 'footage');
  await mkdir(videos);
  const paths = Array.from({ length: footage.recordings }, (_, index) => join(videos, `${String(index)}.mp4`));
  const [first = '', ...others] = paths;
  const frames = footage.seconds * footage.frameRate;
  await makeVideo(first, { width: 1280, height: 720, frameRate: footage.frameRate, frames });
  for (const path of others) await copyFile(first, path);
  using store = openStore(folder);
  await addFootage(store, paths, footage.seconds, footage.flags);
  console.log(`archive made in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

const ofShare = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

const figures: Record<string, Readonly<Record<string, number>>> = {};

/** Prints and keeps how `times` are spread. */
function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const spread = {
    best: ofShare(sorted, 0),
    median: ofShare(sorted, 0.5),
    p95: ofShare(sorted, 0.95),
    worst: ofShare(sorted, 1),
  };
  figures[what] = { count: sorted.length, ...spread };
  const columns = Object.entries(spread).map(([name, ms]) => `${name} ${ms.toFixed(1).padStart(7)}`);
  console.log(`${what.padEnd(46)} ${columns.join('  ')}`);
}

function tellActivity(what: string, { frames, tasks }: Activity): void {
  tell(`${what}: frame to frame`, frames);
  tell(
    `${what}: tasks of a frame or more`,
    tasks.filter(({ wall }) => wall > 16).map(({ wall }) => wall),
  );
  tell(
    `${what}: processor of a task`,
    tasks.map(({ processor }) => processor),
  );
  const total = tasks.reduce((sum, { processor }) => sum + processor, 0);
  tell(`${what}: processor for a frame`, [total / frames.length]);
  const over = frames.filter((ms) => ms > 50).length;
  const longTasks = tasks.filter(({ wall }) => wall > 50).length;
  const longProcessor = tasks.filter(({ processor }) => processor > 50).length;
  figures[`${what}: over 50 ms`] = { frames: over, tasks: longTasks, tasksByProcessor: longProcessor };
  console.log(`${what}: over 50 ms: ${over} frames, ${longTasks} tasks, ${longProcessor} by processor time`);
}

async function openPage(browser: Browser): Promise<Page> {
  // A context of its own has an empty cache: nothing of the window is there before.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.addInitScript(installProbe);
  return page;
}

async function measureFirstPaint(browser: Browser, url: string): Promise<void> {
  const found: { content: number; row: number; processor: number; worst: number }[] = [];
  // The first one warms up the core.
  for (let round = 0; round < 8; round++) {
    const page = await openPage(browser);
    const tasks = await tasksDuring(browser, page, async () => {
      await page.goto(url);
      const paint = await page.evaluate(() => window.probe.firstPaint);
      found.push({ ...paint, processor: 0, worst: 0 });
    });
    Object.assign(found[round] ?? {}, {
      processor: tasks.reduce((sum, { processor }) => sum + processor, 0),
      worst: Math.max(...tasks.map(({ processor }) => processor)),
    });
    await page.context().close();
  }
  const warm = found.slice(1);
  tell(
    'first paint: any content',
    warm.map(({ content }) => content),
  );
  tell(
    'first paint: first row of the queue',
    warm.map(({ row }) => row),
  );
  tell(
    'first paint: processor',
    warm.map(({ processor }) => processor),
  );
  tell(
    'first paint: processor of the worst task',
    warm.map(({ worst }) => worst),
  );
}

async function measureScrolling(browser: Browser, page: Page, what: string, selector: string): Promise<void> {
  const scroll = async (step: number, times: number, every: number) => {
    let frames: number[] = [];
    const tasks = await tasksDuring(browser, page, async () => {
      frames = await page.evaluate(
        async ([query, by, count, pause]) => {
          const list = document.querySelector(query);
          if (list === null) throw new Error(`There is no ${query}.`);
          return window.probe.frames((frame) => {
            if (frame % pause === 0) list.scrollTop = (list.scrollTop + by) % (list.scrollHeight - list.clientHeight);
            return frame < count;
          });
        },
        [selector, step, times, every] as const,
      );
    });
    return { frames, tasks };
  };
  tellActivity(`${what}, 200 px a frame`, await scroll(200, 300, 1));
  // By a length that leads to places not seen before, as who drags the bar.
  tellActivity(`${what}, jumps`, await scroll(1_234_567, 300, 5));
  await page.evaluate((query) => document.querySelector(query)?.scrollTo(0, 0), selector);
}

const nextKeys = ['n', 'ArrowDown', 'c'];

async function measureNext(browser: Browser, page: Page, what: string): Promise<void> {
  const responses: Response[] = [];
  const tasks = await tasksDuring(browser, page, async () => {
    for (let round = 0; round < rounds; round++) {
      const response = page.evaluate(() => window.probe.response());
      await page.evaluate(() => undefined);
      await page.keyboard.press(nextKeys[round % nextKeys.length] ?? '');
      responses.push(await response);
      await page.waitForTimeout(lookMs);
    }
  });
  tell(
    `${what}: list and header`,
    responses.map(({ named }) => named),
  );
  tell(
    `${what}: with its picture`,
    responses.map(({ pictured }) => pictured),
  );
  const total = tasks.reduce((sum, { processor }) => sum + processor, 0);
  tell(`${what}: processor for a flag`, [total / rounds]);
  tell(`${what}: processor of the worst task`, [Math.max(...tasks.map(({ processor }) => processor))]);
}

/** ArrowDown held: a keyboard repeats some thirty times a second. */
async function measureHeld(browser: Browser, page: Page): Promise<void> {
  let frames: number[] = [];
  const tasks = await tasksDuring(browser, page, async () => {
    const counted = page.evaluate(() => {
      const end = performance.now() + 3000;
      return window.probe.frames(() => performance.now() < end);
    });
    for (let press = 0; press < 90; press++) {
      await page.keyboard.down('ArrowDown');
      await page.waitForTimeout(33);
    }
    await page.keyboard.up('ArrowDown');
    frames = await counted;
  });
  tellActivity('key held', { frames, tasks });
}

/** So that the next run finds the same open flags. */
async function takeVerdictsBack(page: Page): Promise<void> {
  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  while (await undo.isEnabled()) {
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(lookMs);
  }
}

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
if (entries.rendererBuild !== null) execFileSync(process.execPath, [entries.rendererBuild], { stdio: 'inherit' });
await using workspace = await createWorkspace();
if (values.data === undefined) await makeArchive(workspace.dataFolder);
else {
  await makeArchive(resolve(values.data));
  await symlink(resolve(values.data), workspace.dataFolder);
}
await using program = await startProgram(workspace);
const browser = await chromium.launch(await findBrowser());
console.log(`Chromium ${browser.version()}, ${values.flags} flags, ${values.recordings} recordings`);

await measureFirstPaint(browser, program.url);
const page = await openPage(browser);
page.setDefaultTimeout(limitMs);
await page.goto(program.url);
await page.evaluate(() => window.probe.firstPaint);
await measureNext(browser, page, 'next flag with a video');
await takeVerdictsBack(page);
await measureHeld(browser, page);
// Behind the flags with a video.
for (let press = 0; press < footage.flags; press++) await page.keyboard.press('ArrowDown');
await page.waitForTimeout(2 * lookMs);
await measureNext(browser, page, 'next flag whose file is gone');
await takeVerdictsBack(page);
await measureScrolling(browser, page, 'queue', '[role=listbox]');
await page.goto(`${new URL(program.url).origin}/#/archive`);
await page.locator('[role=grid] [role=rowgroup] [role=row]').first().waitFor();
await measureScrolling(browser, page, 'archive table', '[role=grid]');
await browser.close();
console.log(JSON.stringify(figures));
