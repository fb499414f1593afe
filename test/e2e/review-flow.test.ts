/** One complete path in the window: folder → scan → flags → play → verdicts → death of the core → still there. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { acquireDataFolderLock } from '../../src-main/store/index.ts';
import { killAndWait } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';
import { frameOf } from './pages/frame.ts';
import { jobsOf } from './pages/jobs.ts';
import { playerOf } from './pages/player.ts';
import { reviewOf } from './pages/review.ts';
import { expectPlaying } from './support/playing.ts';
import { startProgram } from './support/program.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 90_000, interval: 200 };

/** Rows of the list, as far as they tell the state. */
const inStates = (...states: readonly string[]): unknown[] => states.map((state) => expect.stringContaining(state));
const decided = inStates('Confirmed', 'Rejected', 'Open');

/** Of each codec one: a browser plays the first, shows nothing of the second, and refuses the third. */
async function makeFootage(folder: string): Promise<void> {
  await mkdir(folder);
  await commotion(join(folder, 'gate.mp4'), { seconds: 24, from: 8, to: 16 });
  await commotion(join(folder, 'yard.mp4'), { seconds: 24, from: 6, to: 14, seed: 2, codec: 'hevc' });
  await commotion(join(folder, 'dock.avi'), { seconds: 24, from: 10, to: 17, seed: 3, codec: 'mpeg4' });
}

it('leads from a folder to verdicts that outlive the core', { timeout: 300_000 }, async ({ program, open }) => {
  const { workspace } = program;
  const folder = join(workspace.root, 'footage');
  await makeFootage(folder);
  const window = await open(program);
  const { page } = window;
  const [frame, jobs, review, player] = [frameOf(page), jobsOf(page), reviewOf(page), playerOf(page)];
  await page.getByRole('heading', { level: 1 }).waitFor();
  await takeShots(page, 'welcome');

  await frame.openFolder(folder);
  await frame.goTo('Jobs');
  await expect.poll(jobs.scanShare, patient).toBeGreaterThan(0);
  await takeShots(page, 'jobs');
  await jobs.scanDone.waitFor({ timeout: patient.timeout });
  await frame.openFlags(3).waitFor(patient);

  await frame.goTo('Review');
  // Flags of every state: the list for open ones alone would let go of those that are decided at its next reading.
  await review.state('Open', 3).click();
  await expect.poll(review.rows, patient).toEqual(inStates('Open', 'Open', 'Open'));

  for (const flag of await review.flags.all()) {
    await flag.click();
    await expectPlaying(player.picture, 320);
  }
  await expect.poll(() => review.evidence.count(), patient).toBeGreaterThan(0);
  await takeShots(page, 'review');

  // Each decision goes on to the next open flag.
  await review.flags.first().click();
  await review.decide('Confirm');
  await expect.poll(review.rows, patient).toEqual(inStates('Confirmed', 'Open', 'Open'));
  await review.decide('Reject');
  await expect.poll(review.rows, patient).toEqual(inStates('Confirmed', 'Rejected', 'Open'));
  await review.decide('Unsure');
  await expect.poll(review.rows, patient).toEqual(inStates('Confirmed', 'Rejected', 'Unsure'));
  await review.undo.click();
  await expect.poll(review.rows, patient).toEqual(decided);

  const core = await workspace.corePid();
  expect(core).not.toBeNull();
  await killAndWait(core ?? 0);
  {
    // Held for a moment: a core that is back at once is not worth a word, and the window says none.
    using _held = acquireDataFolderLock(workspace.dataFolder);
    await frame.banner.waitFor({ timeout: patient.timeout });
    await takeShots(page, 'core-lost');
  }
  await frame.banner.waitFor({ state: 'detached', timeout: patient.timeout });
  await expect.poll(review.rows, patient).toEqual(decided);
  // The window talks to the new core: it takes a verdict.
  await review.flags.last().click();
  await review.decide('Unsure');
  await expect.poll(review.rows, patient).toEqual(inStates('Confirmed', 'Rejected', 'Unsure'));
  await review.undo.click();
  await expect.poll(review.rows, patient).toEqual(decided);

  await window.close();
  await program.stop();
  await using restarted = await startProgram(workspace);
  const again = await open(restarted);
  const later = reviewOf(again.page);
  await frameOf(again.page).goTo('Review');
  await later.state('Open', 1).click();
  await expect.poll(later.rows, patient).toEqual(decided);
  // Before its host goes.
  await again.close();
});
