/** The larger parts of the settings: watched folders, processors, what to keep, the language. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { WatchedFolder } from '../../src-main/contract/watched-folder.ts';
import SettingsView from '../../src-renderer/views/SettingsView.vue';
import { expectAccessible } from './support/accessible.ts';
import { type CallOverrides, mountWithService } from './support/window-service.ts';

const watched = (path: string, changes: Partial<WatchedFolder> = {}): WatchedFolder => ({
  ...{ path, scan: true, state: 'watching', reason: null, nextTryAtMs: null, lookedAtMs: Date.UTC(2026, 2, 1, 8) },
  ...{ files: 12, beingWritten: 0, underWay: 0, taken: 0 },
  ...changes,
});

function folderCalls(first: readonly WatchedFolder[]): CallOverrides {
  let items = [...first];
  return {
    folders: {
      watched: async () => ({ items }),
      watch: async ({ folders, scan }) => {
        if (folders.includes('/nowhere')) throw new AppError('not-found', 'The folder /nowhere cannot be watched.');
        items = [
          ...items.filter(({ path }) => !folders.includes(path)),
          ...folders.map((path) => watched(path, { scan })),
        ];
        return { items };
      },
      unwatch: async ({ folder }) => ({ items: (items = items.filter(({ path }) => path !== folder)) }),
    },
  };
}

test('a folder is watched, told of as it stands, and watched no more', async () => {
  const { screen, core } = await mountWithService(SettingsView, { overrides: folderCalls([]) });
  await expect.element(screen.getByText('No folder is watched.')).toBeVisible();
  const path = screen.getByRole('textbox', { name: 'Folder to watch' });
  await path.fill('/nowhere');
  await screen.getByRole('button', { name: 'Watch it' }).click();
  await expect.element(path).toHaveAccessibleDescription('The folder /nowhere cannot be watched.');
  await path.fill('/cams');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText(/^12 video files · last looked into at/)).toBeVisible();
  core.emit('folders.watched', { items: [watched('/cams', { beingWritten: 1, underWay: 2, taken: 3 })] });
  await expect
    .element(screen.getByText(/1 still being written · 2 under way · 3 taken in since the start/))
    .toBeVisible();
  core.emit('folders.watched', {
    items: [watched('/cams', { state: 'away', reason: 'It is not there.', nextTryAtMs: Date.UTC(2026, 2, 1, 9) })],
  });
  await expect.element(screen.getByText(/Not reachable: It is not there\. · It is tried again at/)).toBeVisible();
  await expectAccessible(screen.container);
  await screen.getByRole('switch', { name: 'Look through what is new' }).click();
  await expect.poll(() => core.calls.at(-1)?.params).toEqual({ folders: ['/cams'], scan: false });
  await screen.getByRole('button', { name: 'Watch /cams no more' }).click();
  await expect.element(screen.getByText('No folder is watched.')).toBeVisible();
});

test('of processors it is said which is in use and why the others are not', async () => {
  const provider = (name: string, inUse: boolean, msPerRun: number | null) => ({ provider: { name, inUse, msPerRun } });
  const { screen } = await mountWithService(SettingsView, {
    overrides: {
      doctor: {
        run: async () => ({
          checks: [
            { name: 'models', state: 'ok', detail: 'NanoDet and MoveNet' },
            {
              name: 'provider cuda',
              state: 'degraded',
              detail: 'libcudart is missing',
              ...provider('cuda', false, null),
            },
            {
              name: 'provider coreml',
              state: 'absent',
              detail: 'is there on macOS only',
              ...provider('coreml', false, null),
            },
            { name: 'provider cpu', state: 'ok', detail: 'runs, 12 ms', ...provider('cpu', true, 12.34) },
          ],
        }),
      },
    },
  });
  await screen.getByRole('button', { name: 'Try now' }).click();
  const rows = screen.getByRole('region', { name: 'Models and processors' }).getByRole('listitem');
  await expect.element(rows).toHaveLength(3);
  await expect.element(rows.nth(0)).toMatchTextContent(/Processor only In use\s*12\.3 ms per trial run/);
  await expect.element(rows.nth(1)).toMatchTextContent(/CUDA \(NVIDIA\) Does not run here\s*libcudart is missing/);
  await expect.element(rows.nth(2)).toMatchTextContent(/Core ML \(Apple\) Other systems\s*is there on macOS only/);
});

test('what to keep is told by folder, and which recordings they are', async () => {
  const sums = (recordings: number) => ({ recordings, bytes: recordings * 1e9 });
  const parts = { keep: sums(2), undecided: sums(1), 'may-go': sums(4) };
  const { screen } = await mountWithService(SettingsView, {
    overrides: {
      archive: {
        overview: async () => ({ cameras: [], unreadable: 0 }),
        retention: async () => ({ all: parts, folders: [{ path: '/cams/gate', ...parts }] }),
        retentionItems: async ({ advice }) => ({
          items: [
            { recording: 'r', path: '/cams/gate/1.mp4', camera: 'gate', bytes: 1e9, advice, reason: 'nothing-found' },
          ],
          next: null,
        }),
      },
    },
  });
  await screen.getByRole('button', { name: 'Work it out' }).click();
  await expect.element(screen.getByRole('table', { name: 'Disk use by folder' }).getByRole('row')).toHaveLength(2);
  await screen.getByRole('button', { name: 'May go: Show which' }).click();
  await expect.element(screen.getByRole('link', { name: '/cams/gate/1.mp4' })).toBeVisible();
  await expect.element(screen.getByText('nothing was found')).toBeVisible();
  await expectAccessible(screen.container);
});

test('a slip in typing finds the setting all the same', async () => {
  const { screen } = await mountWithService(SettingsView);
  await screen.getByRole('searchbox', { name: 'Search settings' }).fill('wacthed foldres');
  await expect.element(screen.getByRole('region', { name: 'Watched folders' })).toBeVisible();
  await expect.element(screen.getByRole('region', { name: 'Appearance' })).not.toBeInTheDocument();
});

test('the window speaks Chinese once it is chosen, and English again', async () => {
  const { screen } = await mountWithService(SettingsView);
  await screen.getByRole('combobox', { name: 'Language' }).selectOptions('中文');
  await expect.element(screen.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
  expect(document.documentElement.lang).toBe('zh-CN');
  await expectAccessible(screen.container);
  await screen.getByRole('combobox', { name: '语言' }).selectOptions('English');
  await expect.element(screen.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  expect(document.documentElement.lang).toBe('en');
});
