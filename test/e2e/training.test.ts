/** Training from the window: versions put in force and rolled back, two compared, a path preferred, a run to its end. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openStore } from '../../src-main/store/index.ts';
import { createWorkspace, killAndWait, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';
import { tinyNano } from '../support/tiny-nano.ts';
import { frameOf } from './pages/frame.ts';
import { trainingOf } from './pages/training.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { takeShots } from './support/shots.ts';
import { it as base } from './support/test.ts';

/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 240_000 };

/** Footage that was looked through, one flag of it confirmed, and two versions: one that flags nothing, one that flags all. */
async function prepare(workspace: Workspace): Promise<void> {
  const folder = join(workspace.root, 'footage');
  await mkdir(folder);
  await commotion(join(folder, 'gate.mp4'), { seconds: 12, from: 4, to: 9 });
  await commotion(join(folder, 'yard.mp4'), { seconds: 12, from: 0, to: 0, seed: 4 });
  expect(await workspace.cli(['scan', folder])).toMatchObject({ code: 0 });
  const { lines } = await workspace.cli(['flags', '--json']);
  const flag = lines.find(({ type }) => type === 'flag');
  expect(await workspace.cli(['verdict', String(flag?.['id']), 'confirm'])).toMatchObject({ code: 0 });
  const pid = await workspace.corePid();
  if (pid !== null) await killAndWait(pid);
  using store = openStore(workspace.dataFolder);
  const add = async (name: string, alarm: number, parents: readonly string[], createdAtMs: number) => {
    const bytes = tinyNano(name, alarm);
    return store.policyVersions.add({
      ...{ policy: 'nano', origin: 'trained', name, parents: [...parents], seed: 3, gate: null, createdAtMs },
      ...{ settings: { rounds: 1 }, data: { verdicts: [] }, curves: [] },
      ...{ weights: await store.blobs.put(bytes), bytes: bytes.length },
    });
  };
  const calm = await add('calm', -6, [], Date.UTC(2026, 2, 1));
  await add('alarmed', 6, [calm], Date.UTC(2026, 3, 1));
  store.policyVersions.activate(calm, 'activate', Date.UTC(2026, 2, 1));
}

const it = base.extend<{ readonly workspace: Workspace }>({
  workspace: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using workspace = await createWorkspace();
      await prepare(workspace);
      await use(workspace);
    },
    { scope: 'file' },
  ],
});

it(
  'puts versions in force, compares them and learns from what is preferred',
  { timeout: 600_000 },
  async ({ program, open }) => {
    const { page } = await open(program);
    const [frame, training] = [frameOf(page), trainingOf(page)];
    await frame.goTo('Training');
    await training.heading(/^Few verdicts/).waitFor();
    await training.entry(/^calm Active/).waitFor();

    // One press puts another in force, one press goes back.
    await training.entry(/^alarmed/).click();
    await training.version.getByRole('button', { name: 'Activate' }).click();
    await training.entry(/^alarmed Active/).waitFor();
    await training.button('Roll back to calm').click();
    await training.entry(/^calm Active/).waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await takeShots(page, 'training-version');

    await training.version.getByRole('button', { name: 'Compare with calm' }).click();
    await training.totals.waitFor(patient);
    await expect.poll(() => training.totals.textContent(), patient).toMatch(/Agrees with verdicts.*1 of 1/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await takeShots(page, 'training-compared');

    await page.getByRole('link', { name: /^Open gate\.mp4/ }).click();
    await training.side('alarmed').getByRole('option').first().click();
    await training
      .side('alarmed')
      .getByRole('img', { name: /^Frame at/ })
      .first()
      .waitFor();
    await training.side('alarmed').getByRole('button', { name: 'This one is better' }).click();
    await training.side('alarmed').getByText('Preferred by you').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takeShots(page, 'training-paths');

    await training.entry(/^Learn/).click();
    await expect.poll(() => training.count('Better paths')).toBe('11 new');

    // What was said of the paths is still known when they are come back to.
    await page.goBack();
    await training.side('alarmed').getByText('Preferred by you').waitFor();
  },
);

it(
  'trains on the verdicts to a version that says what the gate found',
  { timeout: 600_000 },
  async ({ program, open }) => {
    const { page } = await open(program);
    const [frame, training] = [frameOf(page), trainingOf(page)];
    await frame.goTo('Training');
    await training.main.getByText('Settings', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the new version' }).fill('learned');
    await page.getByRole('textbox', { name: 'Tries for each stretch' }).fill('2');
    await training.button('Train now').click();
    await training.run.waitFor();
    await page.getByRole('link', { name: 'Show the version that came out' }).click(patient);
    await training.version.getByRole('heading', { level: 2, name: 'learned' }).waitFor();
    await training.version.getByRole('heading', { name: 'Too few verdicts to tell' }).waitFor();
    await training.version
      .getByRole('slider', { name: /point by point$/ })
      .first()
      .waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await takeShots(page, 'training-learned');
  },
);
