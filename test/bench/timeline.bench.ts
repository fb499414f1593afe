/**
 * What a timeline of 100,000 seconds costs for one picture: thinning and the looks, against drawing every point; and, in a
 * real browser before the real server, a whole redraw while it is zoomed and moved, by the wall and by the processor.
 */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { openStore } from '../../src-main/store/index.ts';
import { startProgram } from '../e2e/support/program.ts';
import { findBrowser } from '../support/browser.ts';
import { createWorkspace } from '../support/cli.ts';
import { addLongRecording } from '../support/large-archive.ts';
import { activityCurve, scoreCurve, thinned } from '../../src-renderer/lib/curve.ts';
import { lookLane, lookSkyline, seenColumns } from '../../src-renderer/lib/look-lane.ts';
import { rulerTicks } from '../../src-renderer/lib/ruler-ticks.ts';
import { randomFrom } from '../../src-main/math/random.ts';

const [seconds, columns, rounds] = [100_000, 2400, 60];
const random = randomFrom('timeline');
const episode = 100;
const starts = Array.from({ length: seconds / episode }, (_, index) => index * episode);

const activity = activityCurve(Array.from({ length: seconds }, () => random.between(0, 1)));
const score = scoreCurve(
  starts.map((start) => ({
    ...{ start, end: start + episode, trajectory: '' },
    scores: Array.from({ length: episode }, () => random.between(0, 1)),
  })),
);
const looks = lookLane(
  starts.flatMap((start) =>
    Array.from({ length: 10 }, (_, look) => {
      const [from, length] = [start + look * 8, 2 ** (1 + random.integer(6))];
      const times = Array.from({ length: 8 }, (_each, frame) => from + (frame / 8) * length);
      return { start: from, end: from + length, density: 8 / length, purpose: 'opening-look' as const, times };
    }),
  ),
);

function measured(name: string, work: () => unknown): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  const [median, worst] = [times[rounds >> 1] ?? 0, times.at(-1) ?? 0];
  console.log(`${name.padEnd(28)} ${median.toFixed(2)} ms, ${worst.toFixed(2)} ms at worst`);
  return median;
}

for (const [what, view] of [
  ['the whole recording', { start: 0, end: seconds }],
  ['an hour of it', { start: 50_000, end: 53_600 }],
] as const) {
  console.log(`${what}, ${String(columns)} columns:`);
  const all = measured('  one picture', () => [
    thinned(score, view, columns),
    thinned(activity, view, columns),
    lookSkyline(looks, view, columns),
    seenColumns(looks.times, view, columns),
    rulerTicks(view, columns),
  ]);
  const points = thinned(score, view, columns).x.length + thinned(activity, view, columns).x.length;
  const inView = 2 * (view.end - view.start);
  console.log(
    `  ${String(points)} points to draw instead of ${String(inView)}; ${((all / 8) * 100).toFixed(0)} % of 8 ms`,
  );
}

/** Milliseconds from the beginning of a picture of the page to the end of all that it drew, of those that drew something. */
function measureRedraws(): void {
  const times: number[] = [];
  Object.assign(window, { redraws: times });
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const began = performance.now();
      callback(now);
      // Curves are put on their canvas by a microtask of their own.
      void Promise.resolve()
        .then(() => undefined)
        .then(() => times.push(performance.now() - began));
    });
}

await using workspace = await createWorkspace();
await mkdir(workspace.dataFolder, { recursive: true });
let recording: string;
{
  using store = openStore(workspace.dataFolder);
  recording = await addLongRecording(store, seconds);
}
await using program = await startProgram(workspace);
const browser = await chromium.launch(await findBrowser());
const page = await (await browser.newContext({ viewport: { width: 2560, height: 1440 } })).newPage();
await page.addInitScript(measureRedraws);
await page.goto(program.url);
await page.locator('main').waitFor();
await page.evaluate((id) => (location.hash = `#/recording/${id}`), recording);
const track = page.getByRole('slider', { name: 'Position in the recording' });
await track.waitFor();
await page.getByText(/^Looks [1-9]/).waitFor();
const box = await track.boundingBox();
if (box === null) throw new Error('There is no timeline.');
await page.mouse.move(box.x + box.width / 2, box.y + 60);
const taken = async (what: string, wheel: () => Promise<void>) => {
  await page.evaluate(() => (window as unknown as { redraws: number[] }).redraws.splice(0));
  for (let round = 0; round < rounds; round++) {
    await wheel();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
  }
  const all = await page.evaluate(() => (window as unknown as { redraws: number[] }).redraws);
  // The page's own waiting above counts as well and draws nothing.
  const drawn = all.filter((ms) => ms > 0.3).toSorted((a, b) => a - b);
  const at = (share: number) => (drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))] ?? NaN).toFixed(2);
  console.log(
    `${what.padEnd(44)} ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms of ${String(drawn.length)} redraws (8 ms)`,
  );
};
console.log(`in the window, ${String(Math.round(box.width))} px, ${String(2 * seconds)} points in sight at first:`);
let direction = 1;
await taken('  zooming a little in and out, all in sight', async () => {
  direction = -direction;
  await page.mouse.wheel(0, direction * 4);
});
await page.mouse.wheel(0, -300);
await taken('  moving over half of it', async () => page.mouse.wheel(8, 0));
await browser.close();
