/** The first day with the program: shown around on the sample archive, then new recordings come by themselves and settings stay. */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openStore } from '../../src-main/store/index.ts';
import { createWorkspace, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';
import { frameOf } from './pages/frame.ts';
import { reviewOf } from './pages/review.ts';
import { settingsOf } from './pages/settings.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { startProgram } from './support/program.ts';
import { it as base } from './support/test.ts';

/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 120_000 };

/** Somebody began the sample archive and was cut off: it goes on by itself, here with the first of its recordings alone. */
function beginSamples({ dataFolder }: Workspace): void {
  using store = openStore(dataFolder);
  const progress = { done: 0, total: 0, unit: 'frames', rate: null, secondsLeft: null, label: '', failed: 0 } as const;
  const params = { framesPerMinute: 24, scenes: 1 };
  store.jobs.create({ id: 'samples', kind: 'samples', params, progress, startedAtMs: Date.now() });
}

const it = base.extend<{ readonly workspace: Workspace }>({
  workspace: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      // How long a file must have rested to be taken for whole: a minute in real life.
      process.env['ANOM_PI_WATCH_REST_MS'] = '300';
      await using workspace = await createWorkspace();
      beginSamples(workspace);
      await use(workspace);
      delete process.env['ANOM_PI_WATCH_REST_MS'];
    },
    { scope: 'file' },
  ],
});

it('shows around who made the sample archive, once', { timeout: 240_000 }, async ({ program, open }) => {
  const { page } = await open(program);
  const tour = page.getByRole('dialog');
  await tour.getByRole('heading', { name: 'What deserves a look' }).waitFor(patient);
  expect(page.url()).toContain('#/review');
  expect(await accessibilityProblems(page)).toEqual([]);
  const titles = ['See it', 'Where in the recording', 'Why it was flagged', 'Decide with one key', 'Your own footage'];
  for (const title of titles) {
    await page.keyboard.press('Enter');
    await tour.getByRole('heading', { name: title }).waitFor();
  }
  await page.keyboard.press('ArrowLeft');
  await tour.getByRole('heading', { name: 'Decide with one key' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await tour.getByRole('heading', { name: 'Your own footage' }).waitFor();
  await page.keyboard.press('Enter');
  await tour.waitFor({ state: 'detached' });
});

it(
  'takes in what comes into a watched folder, rings, says what to keep, and remembers',
  { timeout: 300_000 },
  async ({ workspace, program, open }) => {
    const folder = join(workspace.root, 'cameras');
    await mkdir(folder);
    const bytes = await readFile(await commotion(join(workspace.root, 'made.mp4'), { seconds: 10, from: 3, to: 8 }));
    const window = await open(program);
    const { page } = window;
    const [frame, settings, review] = [frameOf(page), settingsOf(page), reviewOf(page)];
    await frame.goTo('Settings');
    // From any score on.
    await settings.newsFrom.press('Home');
    await settings.watch(folder);
    await settings.watching.filter({ hasText: '0 video files' }).waitFor(patient);

    // It is being written: less is there than what tells that it is a video. Then the rest comes.
    const file = join(folder, 'Gate_20260314_080000.mp4');
    await writeFile(file, bytes.subarray(0, 24));
    await settings.watching.filter({ hasText: '1 video file' }).waitFor(patient);
    await appendFile(file, bytes.subarray(24));
    const bell = page.getByRole('button', { name: /^\d+ new flags?$/ });
    await bell.waitFor(patient);
    await settings.watching.filter({ hasText: '1 taken in since the start' }).waitFor(patient);

    // An undecided flag, then a confirmed one: what is advised follows.
    await settings.workOutWhatToKeep();
    await settings.list('Undecided').click();
    await settings.listed(/Gate_20260314_080000\.mp4.*flags wait for a verdict/).waitFor(patient);
    await bell.click();
    const news = page.getByRole('dialog', { name: 'New flags' }).getByRole('button', { name: /Gate_20260314/ });
    await news.first().click();
    await page.waitForURL(/#\/review\/[0-9a-f]+/);
    await review.decide('Confirm');
    await review.state('Confirmed', 1).waitFor(patient);
    await frame.goTo('Settings');
    await settings.workOutWhatToKeep();
    await settings.list('Keep').click();
    await settings.listed(/Gate_20260314_080000\.mp4.*a confirmed flag/).waitFor(patient);

    // Found by a word of its text, changed, and still so after the core and the program were started anew.
    await settings.search.fill('repeated');
    await expect.poll(settings.titles).toEqual(['Reviewing']);
    await settings.field('Lead-in, in seconds').fill('5');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    await window.close();
    await program.stop();
    await expect.poll(() => workspace.corePid(), patient).toBeNull();

    await using later = await startProgram(workspace);
    const reopened = await open(later);
    const after = settingsOf(reopened.page);
    await frameOf(reopened.page).goTo('Settings');
    await expect.poll(() => after.field('Lead-in, in seconds').inputValue(), patient).toBe('5');
    await expect.poll(() => after.newsFrom.getAttribute('aria-valuenow'), patient).toBe('0');
    await after.watching.filter({ hasText: '1 video file' }).waitFor(patient);
    // What was seen once is not shown again.
    const { lines } = await workspace.cli(['settings', 'tourSeen', '--json']);
    expect(lines).toEqual([{ type: 'setting', name: 'tourSeen', value: true }]);
    await reopened.close();
  },
);
