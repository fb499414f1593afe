/** A review without a pointer: twenty verdicts and all that goes with them, by keys alone, and what the core has of it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openStore } from '../../src-main/store/index.ts';
import type { Workspace } from '../support/cli.ts';
import { addFootage } from '../support/large-archive.ts';
import { makeVideo } from '../support/videos.ts';
import { startProgram } from './support/program.ts';
import { it } from './support/test.ts';

const [flags, reviewed, seconds] = [26, 20, 20];
/** Longer than anything here takes on two busy cores. */
const patient = { timeout: 60_000, interval: 50 };

/** Three recordings that a browser plays, with flags as a scan leaves them. */
async function fillArchive({ root, dataFolder }: Workspace): Promise<void> {
  const folder = join(root, 'footage');
  await mkdir(folder);
  const files = await Promise.all(
    [0, 1, 2].map((number) =>
      makeVideo(join(folder, `${String(number)}.mp4`), { frames: seconds * 25, firstNumber: 1000 * number }),
    ),
  );
  using store = openStore(dataFolder);
  await addFootage(store, files, seconds, flags);
}

/** What a second client, the command line, hears from the core. */
async function verdictsOf(workspace: Workspace): Promise<Map<unknown, Record<string, unknown> | null>> {
  const { lines } = await workspace.cli(['flags', '--json']);
  return new Map(lines.map(({ id, verdict }) => [id, verdict as Record<string, unknown> | null]));
}

/** What the keys lead to, as it is on screen. */
function screenOf(page: Page) {
  const list = page.getByRole('listbox', { name: 'Flags to review' });
  const clock = page.getByLabel('Position', { exact: true });
  return {
    list,
    /** Which flag the list points at for those who cannot see it: ids of rows end in their flags'. */
    selected: async () => (await list.getAttribute('aria-activedescendant'))?.slice(-64) ?? null,
    length: () => list.getByRole('option').first().getAttribute('aria-setsize'),
    path: page.getByRole('tab', { name: /Path/ }),
    explanation: page.getByRole('tab', { name: /Explanation/ }),
    time: async () => (await clock.textContent()) ?? '',
    note: page.getByRole('textbox', { name: /note/i }),
    focused: () => page.evaluate(() => document.activeElement?.textContent ?? ''),
  };
}

it('reviews twenty flags by one key each, and corrects itself, without a pointer', async ({ workspace, open }) => {
  await fillArchive(workspace);
  await using program = await startProgram(workspace);
  const { page, close } = await open(program);
  const screen = screenOf(page);
  await expect.poll(screen.length, patient).toBe(String(flags));
  await expect.poll(screen.selected, patient).not.toBeNull();
  let pressed = 0;
  const press = async (key: string) => {
    pressed++;
    await page.keyboard.press(key);
  };

  // A verdict is one key: it is kept and the next open flag is there.
  const decisions = { c: 'confirm', x: 'reject', u: 'unsure' } as const;
  const keys = Object.keys(decisions) as (keyof typeof decisions)[];
  const given = new Map<string, string>();
  for (let number = 0; number < reviewed; number++) {
    const flag = (await screen.selected()) ?? '';
    const key = keys[number % keys.length] ?? 'c';
    await press(key);
    await expect.poll(screen.selected, patient).not.toBe(flag);
    given.set(flag, decisions[key]);
  }
  console.log(`${String(reviewed)} verdicts by ${String(pressed)} keys, ${String(pressed / reviewed)} for each`);
  expect(pressed).toBe(reviewed);
  expect(given.size).toBe(reviewed);
  const decided = async () =>
    [...(await verdictsOf(workspace))].flatMap(([id, verdict]) => (verdict ? [[id, verdict['decision']]] : []));
  await expect.poll(async () => new Map((await decided()) as [string, string][]), patient).toEqual(given);

  // The last one is taken back and shown, and given again.
  const [last = '', decision = ''] = [...given].at(-1) ?? [];
  await press('Control+z');
  await expect.poll(screen.selected, patient).toBe(last);
  await expect.poll(async () => (await verdictsOf(workspace)).get(last), patient).toBeNull();
  await press('Control+Shift+z');
  await expect.poll(async () => (await verdictsOf(workspace)).get(last), patient).toMatchObject({ decision });

  // A note on the next one: the field takes keys as text until Enter.
  await press('n');
  await expect.poll(screen.selected, patient).not.toBe(last);
  const noted = (await screen.selected()) ?? '';
  await press('m');
  await expect.poll(() => screen.note.evaluate((field) => field === document.activeElement), patient).toBe(true);
  await page.keyboard.type('cux');
  await press('Enter');
  await press('c');
  const confirmed = { decision: 'confirm', note: 'cux' };
  await expect.poll(async () => (await verdictsOf(workspace)).get(noted), patient).toMatchObject(confirmed);

  // Why it was flagged, and how it was found.
  await press('t');
  await expect.poll(() => screen.path.getAttribute('aria-selected'), patient).toBe('true');
  await press('i');
  await expect.poll(() => screen.explanation.getAttribute('aria-selected'), patient).toBe('true');

  // The picture: frame by frame there and back, then on by itself.
  await page.locator('.player .frame:not(.unknown)').waitFor();
  await press('.');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const still = await screen.time();
  await press('.');
  await expect.poll(screen.time, patient).not.toBe(still);
  await press(',');
  await expect.poll(screen.time, patient).toBe(still);
  await press(' ');
  await expect.poll(screen.time, patient).not.toBe(still);

  // To the search, from there on to the states, and back to the list with what one of them holds.
  await press('/');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), patient).toBe('INPUT');
  for (let tabs = 0; tabs < 12 && !(await screen.focused()).startsWith('Confirmed'); tabs++) await press('Tab');
  expect(await screen.focused()).toMatch(/^Confirmed/);
  await press('Enter');
  const held = [...given.values(), 'confirm'].filter((each) => each === 'confirm').length;
  await expect.poll(screen.length, patient).toBe(String(held));
  const first = await screen.selected();
  await press('ArrowDown');
  await expect.poll(screen.selected, patient).not.toBe(first);

  // Before its host goes.
  await close();
});
