/** Comparing two versions: choosing them, recording by recording, two paths side by side, and which of them is better. */
import { beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { testJob } from './support/window-service.ts';
import { expectAccessible } from './support/accessible.ts';
import { providePictures } from './evidence-fixture.ts';
import * as given from './training-fixture.ts';
import { callsOf, mountTraining } from './training-window.ts';

beforeEach(providePictures);
afterEach(() => vi.unstubAllGlobals());

const recording = 'ab'.repeat(32);
const path = `/training/compare/${given.comparisonId}`;

async function mount(wish: Parameters<typeof mountTraining>[0] = {}) {
  const { comparison, trajectories } = await given.compared();
  return mountTraining({ path, comparisons: [comparison], trajectories, ...wish });
}

describe('choosing two versions', () => {
  test('begins with the active one, takes other policies too, and refuses one and the same', async () => {
    const { screen, core, router } = await mount({ path: '/training/compare', comparisons: [] });
    await expect.element(screen.getByRole('heading', { name: 'Nothing was compared yet' })).toBeVisible();
    const [first, second] = ['First', 'Second'].map((name) => screen.getByRole('combobox', { name }));
    if (first === undefined || second === undefined) throw new Error('There are two selects.');
    await expect.element(second).toHaveDisplayValue('June (Active)');
    await expectAccessible(screen.container);
    await first.selectOptions('June (Active)');
    const start = screen
      .getByRole('main')
      .or(screen.getByRole('button', { name: 'Compare', exact: true }))
      .last();
    await expect.element(start).toBeDisabled();
    await first.selectOptions('Readable rules');
    await screen.getByRole('button', { name: 'Swap' }).click();
    await expect.element(second).toHaveDisplayValue('Readable rules');
    await start.click();
    await expect.poll(() => router.currentRoute.value.path).toBe(path);
    expect(callsOf(core, 'policies.compare')).toMatchObject([{ first: given.ids.june, second: 'rules' }]);
  });

  test('shows what is done while it goes on', async () => {
    const progress = { done: 2, total: 9, unit: 'files', rate: 1, secondsLeft: 7, label: '', failed: 0 } as const;
    const job = testJob({ id: given.comparisonId, kind: 'compare', progress });
    const { screen } = await mount({ jobs: [job] });
    await expect.element(screen.getByText('Under way. What is done is shown already.')).toBeVisible();
    await expect.element(screen.getByText('2 of 9 files')).toBeVisible();
    await expect.element(screen.getByRole('table', { name: 'All recordings together' })).toBeVisible();
  });

  test('that was never made says so', async () => {
    const { screen } = await mount({ path: '/training/compare/of-another-time' });
    await expect.element(screen.getByText('There is no such comparison')).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'May and June' })).toBeVisible();
  });
});

describe('recording by recording', () => {
  test('tells flags, agreement and frames of both, and what could not be compared', async () => {
    const { screen } = await mount();
    const totals = screen.getByRole('table', { name: 'All recordings together' });
    await expect.element(totals.getByRole('row', { name: 'Agrees with verdicts 0 of 1 better 1 of 1' })).toBeVisible();
    await expect.element(totals.getByRole('row', { name: 'New frames better 48 52' })).toBeVisible();
    await expect.element(totals.getByRole('row', { name: 'Not to be had 0 3' })).toBeVisible();
    const rows = screen.getByRole('region', { name: 'Recordings' }).getByRole('row');
    await expect
      .element(rows.filter({ hasText: 'Yard_2026' }))
      .toMatchTextContent(/June: Fight 0:\d\d – 0:\d\d, score/);
    await expect
      .element(rows.filter({ hasText: 'Yard_2026' }))
      .toMatchTextContent(/Verdicts: Confirmed: Fight 0:40 – 0:52/);
    await expect.element(screen.getByText('The file is gone.')).toBeVisible();
    await expectAccessible(screen.container);
    await screen.getByRole('switch', { name: 'Only where they differ' }).click();
    await expect.element(rows.filter({ hasText: 'Gate_2026' })).not.toBeInTheDocument();
    await expect.element(rows.filter({ hasText: 'Yard_2026' })).toBeVisible();
  });

  test('leads to both paths of a recording, and back', async () => {
    const { screen, router } = await mount();
    await screen.getByRole('link', { name: /^Open Yard_/ }).click();
    await expect.element(screen.getByRole('region', { name: 'May', exact: true })).toBeVisible();
    await expect.element(screen.getByRole('region', { name: 'June', exact: true })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => router.currentRoute.value.query).toEqual({});
    await expect.element(screen.getByRole('table', { name: 'All recordings together' })).toBeVisible();
  });
});

describe('two paths side by side', () => {
  const open = async (wish: Parameters<typeof mountTraining>[0] = {}) => {
    const mounted = await mount({ path: `${path}?recording=${recording}`, ...wish });
    const side = (name: string) => mounted.screen.getByRole('region', { name, exact: true });
    return { ...mounted, may: side('May'), june: side('June') };
  };

  test('tell how each ended and what each looked at, and are gone through with the arrows', async () => {
    const { screen, may, june } = await open();
    await expect.element(june.getByText(/^Belief 8\d % · [\d.]+ frames · \d+ steps$/)).toBeVisible();
    await expect.element(may.getByText(/^Belief 1\d % · [\d.]+ frames · \d+ steps$/)).toBeVisible();
    const along = screen.getByRole('region', { name: 'Both paths along the footage' });
    await expect.element(along.getByRole('img', { name: /June: Highest score 0\.\d\d at 0:[345]\d/ })).toBeVisible();
    await expect.element(along.getByText(/^May: Flags: nothing$/)).toBeInTheDocument();
    const steps = june.getByRole('listbox');
    (steps.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(steps.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
    // What the step saw is told and shown there, and only there.
    await expect.element(steps.getByRole('img', { name: /^Frame at 0:\d\d\.\d$/ }).first()).toBeVisible();
    await expect.element(may.getByRole('option', { selected: true })).not.toBeInTheDocument();
    await expectAccessible(screen.container);
  });

  test('one is called better by a key, then the other, then neither', async () => {
    const { core, may, june } = await open();
    await expect.element(june.getByRole('button', { name: 'This one is better' })).toBeEnabled();
    await userEvent.keyboard('b');
    await expect.element(june.getByText('Preferred by you')).toBeVisible();
    expect(callsOf(core, 'trajectories.prefer')).toEqual([
      { chosen: given.paths.rules, rejected: given.paths.uniform },
    ]);
    await may.getByRole('button', { name: 'This one is better' }).click();
    await expect.element(may.getByText('Preferred by you')).toBeVisible();
    await expect.element(june.getByText('Preferred by you')).not.toBeInTheDocument();
    await may.getByRole('button', { name: 'Take it back' }).click();
    await expect.element(may.getByText('Preferred by you')).not.toBeInTheDocument();
    expect(callsOf(core, 'trajectories.withdraw')).toEqual([{ preference: given.paths.uniform.slice(0, 6) }]);
  });

  test('show what was said of them before', async () => {
    const { rules: chosen, uniform: rejected } = given.paths;
    const { june } = await open({ preferences: [{ id: 'p', recording, chosen, rejected, statedAtMs: 1 }] });
    await expect.element(june.getByText('Preferred by you')).toBeVisible();
  });

  test('that are the same leave nothing to prefer', async () => {
    const { screen } = await mount({ path: `${path}?recording=${'cd'.repeat(32)}` });
    await expect.element(screen.getByText('Both did the same here: there is nothing to prefer.')).toBeVisible();
    for (const button of screen.getByRole('button', { name: 'This one is better' }).all()) {
      await expect.element(button).toBeDisabled();
    }
  });

  test('of which one is gone show the other', async () => {
    const { trajectories } = await given.compared();
    const { may, june } = await open({
      trajectories: { [given.paths.rules]: trajectories[given.paths.rules] as never },
    });
    await expect.element(may.getByText('The path is gone')).toBeVisible();
    await expect.element(june.getByRole('listbox')).toBeVisible();
  });
});
