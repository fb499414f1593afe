/** Evidence out of the window: exported, fetched, checked, altered and found out; the log names what was done. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commotion } from '../support/commotion.ts';
import { evidenceOf } from './pages/evidence.ts';
import { frameOf } from './pages/frame.ts';
import { reviewOf } from './pages/review.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { takeShots } from './support/shots.ts';
import { it } from './support/test.ts';

const patient = { timeout: 600_000 };

it('exports and checks a package; one changed byte is named', patient, async ({ workspace, program, open }) => {
  const folder = join(workspace.root, 'footage');
  await mkdir(folder);
  await commotion(join(folder, 'Gate_20260314_080000.mp4'), { seconds: 12, from: 4, to: 9 });
  expect(await workspace.cli(['scan', folder, '--policy', 'rules'])).toMatchObject({ code: 0 });

  const { page } = await open(program);
  const [frame, review, evidence] = [frameOf(page), reviewOf(page), evidenceOf(page)];
  await frame.goTo('Review');
  await review.evidence.first().waitFor();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await evidence.openDialog();
  await evidence.choose('Viewing copy');
  expect(await accessibilityProblems(page)).toEqual([]);
  await evidence.choose('Evidence package');
  await takeShots(page, 'export');
  const download = await evidence.fetch();
  expect(download.suggestedFilename()).toBe('Gate_20260314_080000-evidence.zip');
  const path = join(workspace.root, 'fetched.zip');
  await download.saveAs(path);
  await page.keyboard.press('Escape');

  await frame.goTo('Evidence');
  await expect.poll(() => evidence.exports.allTextContents()).toContainEqual(expect.stringContaining('evidence.zip'));
  await evidence.showPart('Check a package');
  await evidence.give(path);
  await evidence.answer.getByText('The package holds').waitFor();
  expect(await evidence.answer.textContent()).toContain('Unaltered since it was signed with the key of this program');
  expect(await accessibilityProblems(page)).toEqual([]);
  // Without any core: what the window gave out is what the command line checks.
  expect(await workspace.cli(['verify', path])).toMatchObject({ code: 0 });

  const bytes = await readFile(path);
  const within = bytes.indexOf('/explanation.txt') + 20;
  bytes[within] = (bytes[within] ?? 0) ^ 1;
  await evidence.give({ name: 'altered.zip', mimeType: 'application/zip', buffer: bytes });
  await evidence.answer.getByText('The package does not hold').waitFor();
  expect(await evidence.answer.textContent()).toMatch(
    /Contents were changed\s*flags\/01-[0-9a-f]{12}\/explanation\.txt/,
  );
  await takeShots(page, 'evidence-altered');

  await evidence.showPart('Audit log');
  await evidence.logState.getByText(/^The log is whole/).waitFor();
  await expect
    .poll(() => evidence.log.nth(1).textContent())
    .toMatch(/Export.*Gate_20260314_080000\.mp4.*format package/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await takeShots(page, 'evidence-log');
});
