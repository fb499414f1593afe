/** The overview: days of the month with what they hold, gone through with keys, and the recap of the one that is shown. */
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Day, Recap } from '../../src-main/contract/overview.ts';
import OverviewView from '../../src-renderer/views/OverviewView.vue';
import { useArchive } from '../../src-renderer/stores/archive.ts';
import { boundsOfDay } from '../../src-renderer/lib/day-name.ts';
import { providePictures } from './evidence-fixture.ts';
import { cameraSums, flagArchive, flagId } from './queue-fixture.ts';
import { type CallOverrides, mountWithService } from './support/window-service.ts';

beforeEach(providePictures);

const noFlags = { open: 0, confirm: 0, reject: 0, unsure: 0 };
const days: readonly Day[] = [
  { day: '2026-03-01', recordings: 3, seconds: 7200, flags: { open: 4, confirm: 1, reject: 0, unsure: 0 } },
  { day: '2026-03-02', recordings: 1, seconds: 600, flags: noFlags },
];
const recapOf = (changes: Partial<Recap> = {}): Recap => ({
  ...{ recordings: 3, seconds: 7200, scanned: 3, flags: { open: 4, confirm: 1, reject: 0, unsure: 0 } },
  cameras: [{ camera: 'Gate', recordings: 3, seconds: 7200, flags: { open: 4, confirm: 1, reject: 0, unsure: 0 } }],
  classes: [{ class: 'fight', flags: { open: 4, confirm: 1, reject: 0, unsure: 0 } }],
  strongest: [flagId(0), flagId(1)],
  ...changes,
});

const overrides = (recap: Recap = recapOf()): CallOverrides => ({
  ...flagArchive(12).overrides,
  archive: { overview: async () => ({ cameras: [cameraSums('Gate', 4, 5), cameraSums('Hall', 2, 0)], unreadable: 0 }) },
  overview: { days: async () => ({ days: [...days], undated: 2 }), recap: async () => recap },
});

async function mount(path: string, answers = overrides()) {
  const mounted = await mountWithService(OverviewView, { overrides: answers, path, height: 780 });
  const asked = (name: string) => mounted.core.calls.filter((call) => call.name === name).at(-1)?.params;
  return { ...mounted, asked, address: () => mounted.router.currentRoute.value };
}

test('says what each day holds, and goes from day to day with keys', async () => {
  const { screen, asked, address } = await mount('/overview/2026-03-01');
  const day = screen.getByRole('button', { name: /March 1, 2026: 3 recordings, 2 h, 4 open, 1 confirmed$/ });
  await expect.element(day).toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: /March 2, 2026: 1 recording, 10 min, no flags$/ }))
    .toBeVisible();
  (day.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => address().params['day']).toBe('2026-03-02');
  await expect.poll(() => document.activeElement?.textContent).toMatch(/March 2, 2026/);
  const { fromMs, toMs } = boundsOfDay('2026-03-02');
  await expect.poll(() => asked('overview.recap')).toEqual({ from: fromMs, until: toMs });
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => address().params['day']).toBe('2026-02-23');
  await expect.element(screen.getByRole('heading', { name: 'February 2026' })).toBeVisible();
  await userEvent.keyboard('{PageDown}');
  await expect.poll(() => address().params['day']).toBe('2026-03-23');
});

test('shows the recap of one camera, and leads to its flags', async () => {
  const { screen, asked, address } = await mount('/overview/2026-03-01?camera=Gate');
  await expect.element(screen.getByRole('article', { name: /March 1, 2026/ })).toBeVisible();
  expect(asked('overview.recap')).toMatchObject({ cameras: ['Gate'] });
  await expect.element(screen.getByRole('link', { name: 'Fight', exact: true })).toBeVisible();
  await expect.element(screen.getByRole('link', { name: /Fight 100 %/ })).toBeVisible();
  await screen.getByRole('link', { name: 'Review the open ones' }).click();
  await expect.poll(() => address().name).toBe('review');
  expect(address().query).toEqual({ state: ['open'], camera: ['Gate'], day: '2026-03-01' });
});

test('opens on the last day with recordings, and says where nothing has a time', async () => {
  const { screen } = await mount('/overview');
  const { lastUtcMs } = cameraSums('Gate', 4, 5);
  expect(lastUtcMs).not.toBeNull();
  await expect.element(screen.getByRole('heading', { name: /March 2, 2026/ })).toBeVisible();
  await expect.element(screen.getByText(/2 flags are of recordings without a known time/)).toBeVisible();
  await screen.unmount();
  const timeless = { ...cameraSums('Gate', 4, 5), firstUtcMs: null, lastUtcMs: null };
  const empty = await mount('/overview', {
    ...overrides(),
    archive: { overview: async () => ({ cameras: [timeless], unreadable: 0 }) },
  });
  await expect.element(empty.screen.getByText('Nothing to look back on yet')).toBeVisible();
});

test('says that a day holds nothing, or that all of it is decided', async () => {
  const nothing = recapOf({ recordings: 0, flags: noFlags, cameras: [], classes: [], strongest: [] });
  const { screen } = await mount('/overview/2026-03-01', overrides(nothing));
  await expect.element(screen.getByText('Nothing was recorded on this day.')).toBeVisible();
  await screen.unmount();
  const decided = recapOf({ flags: { ...noFlags, confirm: 5 }, strongest: [] });
  const again = await mount('/overview/2026-03-01', overrides(decided));
  await expect.element(again.screen.getByText('Everything of this day is decided.')).toBeVisible();
});

test('holds what screen readers need', async () => {
  const { screen } = await mount('/overview/2026-03-01');
  await expect.element(screen.getByRole('link', { name: /Fight 100 %/ })).toBeVisible();
  await expect.poll(() => useArchive().overview.cameras.length).toBe(2);
  const { violations } = await axe.run(screen.container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
