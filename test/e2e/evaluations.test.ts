/** Evaluations from the window: labelled footage to figures and report; labels that are wrong; everything still there later. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { evaluationsOf } from './pages/evaluations.ts';
import { frameOf } from './pages/frame.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 120_000 };

it('measures labelled footage and shows the report', { timeout: 300_000 }, async ({ workspace, program, open }) => {
  const clips = join(workspace.root, 'clips');
  for (const name of ['normal', 'commotion']) await mkdir(join(clips, name), { recursive: true });
  for (const seed of [1, 2]) {
    await commotion(join(clips, 'commotion', `${String(seed)}.mp4`), { seconds: 8, from: 2, to: 6, seed });
    await commotion(join(clips, 'normal', `${String(seed)}.mp4`), { seconds: 8, from: 0, to: 0, seed: seed + 5 });
  }
  const { page } = await open(program);
  const [frame, evaluations] = [frameOf(page), evaluationsOf(page)];
  await frame.goTo('Evaluate');
  await page.getByText('Nothing was measured yet').waitFor();
  await evaluations.start(clips, ['triage', 'blind']);
  await evaluations.table.waitFor(patient);
  const rows = await evaluations.rows();
  expect(rows).toEqual(expect.arrayContaining([expect.stringMatching(/triage/), expect.stringMatching(/blind/)]));
  expect(rows).toHaveLength(2);
  expect(await evaluations.listed.count()).toBe(1);
  await takeShots(page, 'evaluation');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await accessibilityProblems(page)).toEqual([]);

  await evaluations.openReport();
  await evaluations.report.getByRole('heading', { level: 1, name: 'clips' }).waitFor();
  await takeShots(page, 'evaluation-report');
  // Another window, another time: it is read from the data folder.
  const later = await open(program);
  await frameOf(later.page).goTo('Evaluate');
  await evaluationsOf(later.page).listed.first().click();
  await evaluationsOf(later.page).table.waitFor();
});

it('names file, line and reason of labels that are wrong', async ({ workspace, program, open }) => {
  const folder = join(workspace.root, 'wrong');
  await mkdir(folder);
  await commotion(join(folder, 'a.mp4'), { seconds: 4, from: 1, to: 2 });
  await writeFile(join(folder, 'labels.csv'), 'video,start,end,class\na.mp4,1,late,fight\n');
  const { page } = await open(program);
  const [frame, evaluations] = [frameOf(page), evaluationsOf(page)];
  await frame.goTo('Evaluate');
  await evaluations.start(folder, ['triage']);
  await expect.poll(() => evaluations.failed.first().textContent(), patient).toMatch(/labels\.csv, line 2: .*late/);
});
