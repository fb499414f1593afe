/** News of flags behind the bell and through the system, and the tour of the window. */
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defineComponent, h } from 'vue';
import type { EventValue } from '../../src-main/contract/calls.ts';
import NewsBell from '../../src-renderer/components/shell/NewsBell.vue';
import NewsSettings from '../../src-renderer/components/settings/NewsSettings.vue';
import WindowTour from '../../src-renderer/components/tour/WindowTour.vue';
import { useSettings } from '../../src-renderer/stores/settings.ts';
import { useTour } from '../../src-renderer/stores/tour.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, type WindowCore } from './support/window-service.ts';

type Line = EventValue<'scan.line'>['line'];

/** What the system was asked to show. */
const shown: { title: string; body: string | undefined }[] = [];
class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'default';
  static answer: NotificationPermission = 'granted';
  static requestPermission = async () => (FakeNotification.permission = FakeNotification.answer);
  constructor(title: string, options: NotificationOptions = {}) {
    super();
    shown.push({ title, body: options.body });
  }
  close(): void {}
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  shown.length = 0;
});

/** What is told before a window listens is told to nobody. */
async function listening(core: WindowCore): Promise<void> {
  await expect.poll(() => core.calls.some(({ name }) => name === 'settings.get'), { timeout: 15_000 }).toBe(true);
}

const looked = (path: string, status: 'scanned' | 'unchanged'): Line => ({
  type: 'recording',
  path,
  seconds: 60,
  status,
});
const flag = (id: string, path: string, score: number): Line => ({
  ...{ type: 'flag', id, recording: 'r', path, start: 1, end: 4, class: 'fall', score },
  ...{ explanation: '', evidence: [], trajectory: 't', policyVersion: '1' },
});

test('the bell counts new flags above the score, and leads to them; what was found before is no news', async () => {
  const { screen, core, router } = await mountWithService(NewsBell);
  const bell = screen.getByRole('button');
  await expect.element(bell).toHaveAccessibleName('No news');
  await listening(core);
  const tell = (...lines: Line[]) => lines.forEach((line) => core.emit('scan.line', { job: 'j', line }));
  tell(looked('/a.mp4', 'scanned'), flag('f1', '/a.mp4', 0.9), flag('f2', '/a.mp4', 0.4));
  tell(looked('/b.mp4', 'unchanged'), flag('f3', '/b.mp4', 0.95));
  await expect.element(bell).toHaveAccessibleName('1 new flag');
  await bell.click();
  await expect.element(screen.getByRole('dialog', { name: 'New flags' })).toBeVisible();
  await screen.getByRole('button', { name: /Fall.*a\.mp4/ }).click();
  await expect.poll(() => router.currentRoute.value.fullPath).toBe('/review/f1');
  await expect.element(bell).toHaveAccessibleName('New flags');
});

test('the system is asked on the person’s act, and tells while the window is not in front', async () => {
  FakeNotification.permission = 'default';
  vi.stubGlobal('Notification', FakeNotification);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const Both = defineComponent({ render: () => [h(NewsBell), h(NewsSettings)] });
  const { screen, core } = await mountWithService(Both);
  await expectAccessible(screen.container);
  await listening(core);
  const toggle = screen.getByRole('switch', { name: 'Tell through the system' });
  await expect.element(toggle).not.toBeChecked();
  await toggle.click();
  await expect.element(toggle).toBeChecked();
  const tell = (...lines: Line[]) => lines.forEach((line) => core.emit('scan.line', { job: 'j', line }));
  tell(looked('/cams/a.mp4', 'scanned'), flag('f1', '/cams/a.mp4', 0.7), flag('f2', '/cams/a.mp4', 0.9));
  await expect
    .poll(() => shown, { timeout: 15_000 })
    .toEqual([{ title: '2 new flags', body: 'The highest: Fall in a.mp4, 90 %' }]);
});

test('where the system refuses, it is said', async () => {
  FakeNotification.permission = 'denied';
  vi.stubGlobal('Notification', FakeNotification);
  const { screen, core } = await mountWithService(NewsSettings);
  await expect.element(screen.getByText(/does not allow notifications/)).toBeVisible();
  await screen.getByRole('switch', { name: 'Tell through the system' }).click();
  expect(core.calls.filter(({ name }) => name === 'settings.set')).toEqual([]);
});

test('the tour goes on and back by keys, is skipped with Escape, and is not begun again by itself', async () => {
  const { screen, core } = await mountWithService(WindowTour);
  const tour = useTour();
  await expect.poll(() => useSettings().isLoaded).toBe(true);
  tour.begin();
  const card = screen.getByRole('dialog', { name: 'What deserves a look' });
  await expect.element(card).toBeVisible();
  await expect.element(screen.getByText('1 of 6')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Next' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('dialog', { name: 'See it' })).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(card).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  await expect
    .poll(() => core.calls.filter(({ name }) => name === 'settings.set').map(({ params }) => params))
    .toEqual([{ settings: { tourSeen: true } }]);
  tour.begin();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});

test('from the help the tour begins as often as one likes, with the samples first where there is nothing to show', async () => {
  let openFlags = 0;
  const cameras = () => [
    {
      ...{ camera: 'gate', recordings: 1, seconds: 60, bytes: 1, scanned: 1, flags: 1, openFlags },
      ...{ firstUtcMs: null, lastUtcMs: null },
    },
  ];
  const { screen, core, router } = await mountWithService(WindowTour, {
    overrides: { archive: { overview: async () => ({ cameras: cameras(), unreadable: 0 }) } },
  });
  const tour = useTour();
  await tour.start();
  expect(router.currentRoute.value.name).toBe('welcome');
  openFlags = 1;
  core.emit('archive.changed', { recordings: 1, flags: 1 });
  await expect
    .poll(
      async () => {
        await tour.start();
        return router.currentRoute.value.name;
      },
      { timeout: 15_000 },
    )
    .toBe('review');
  for (let step = 0; step < 6; step++) await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});
