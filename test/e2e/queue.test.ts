/** The queue over real footage: found by words, narrowed and linked to, likeness, many at once, the calendar and the recap. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { frameOf } from './pages/frame.ts';
import { jobsOf } from './pages/jobs.ts';
import { reviewOf } from './pages/review.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 90_000, interval: 200 };

it(
  'finds, narrows, decides many at once, and looks back on the day',
  { timeout: 420_000 },
  async ({ program, open }) => {
    const { workspace } = program;
    const folder = join(workspace.root, 'footage');
    await mkdir(folder);
    await commotion(join(folder, 'gate_20260301_080000.mp4'), { seconds: 40, from: 4, to: 36 });
    await commotion(join(folder, 'yard_20260302_200000.mp4'), { seconds: 40, from: 4, to: 36, seed: 2 });
    const window = await open(program);
    const { page } = window;
    const [frame, jobs, review] = [frameOf(page), jobsOf(page), reviewOf(page)];
    await page.getByRole('heading', { level: 1 }).waitFor();
    await frame.openFolder(folder);
    await frame.goTo('Jobs');
    await jobs.scanDone.waitFor({ timeout: 2 * patient.timeout });
    await frame.openFlags(2).waitFor(patient);
    await frame.goTo('Review');
    await review.state('Open', 2).click();
    await expect.poll(() => review.flags.count(), patient).toBe(2);

    // Every explanation of theirs tells of movement; none has a word with these signs in it.
    const search = page.getByRole('searchbox');
    await search.fill('MOV');
    await expect.poll(() => page.locator('mark').count(), patient).toBeGreaterThanOrEqual(2);
    await takeShots(page, 'queue-search');
    await search.fill('" OR NEAR(%');
    await page.getByText('No flag matches').waitFor();
    await search.press('Escape');
    await expect.poll(() => review.flags.count(), patient).toBe(2);

    // A day, as a link restores it.
    await page.goto(`${page.url().split('#')[0] ?? ''}#/review?state=all&day=2026-03-01`);
    await expect.poll(() => review.flags.count(), patient).toBe(1);
    await page.getByRole('button', { name: /^Remove: Days/ }).click();
    await expect.poll(() => review.flags.count(), patient).toBe(2);

    // All of it is the same commotion.
    await review.flags.first().click();
    await page.keyboard.press('Shift+F');
    await page.getByRole('button', { name: /^Remove: Like/ }).waitFor();
    await expect.poll(() => review.flags.count(), patient).toBe(1);
    await page.getByRole('button', { name: /^Remove: Like/ }).click();
    await expect.poll(() => review.flags.count(), patient).toBe(2);

    await review.flags.first().click();
    await review.flags.last().click({ modifiers: ['Shift'] });
    await takeShots(page, 'queue-chosen');
    await page.getByRole('region', { name: 'Chosen flags' }).getByRole('button', { name: 'Reject all' }).click();
    await review.state('Rejected', 2).waitFor(patient);
    await review.undo.click();
    await review.state('Open', 2).waitFor(patient);

    await frame.goTo('Overview');
    await page.getByRole('article', { name: /2 March 2026/ }).waitFor(patient);
    await page.getByRole('button', { name: /1 March 2026: 1 recording, 40 s, 1 open$/ }).click();
    await page.getByRole('article', { name: /1 March 2026/ }).waitFor(patient);
    await takeShots(page, 'overview');
    await page.getByRole('link', { name: 'Review the open ones' }).click();
    await expect.poll(() => review.flags.count(), patient).toBe(1);

    const { lines } = await workspace.cli(['recap', '2026-03-01', '--json']);
    expect(lines[0]).toMatchObject({ type: 'recap', recordings: 1, scanned: 1, flags: { open: 1, reject: 0 } });
    const found = await workspace.cli(['flags', '--search', 'mov', '--day', '2026-03-02', '--json']);
    expect(found.lines).toHaveLength(1);
    const log = await workspace.cli(['audit', '--list', '--json']);
    expect(log.lines.filter(({ kind }) => kind === 'verdict').length).toBeGreaterThanOrEqual(4);
  },
);
