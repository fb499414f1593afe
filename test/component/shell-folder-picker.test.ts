/** Choosing folders: places, typing with completion, going about by keyboard, several at a time, what goes wrong. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { FolderEntry, FolderListing } from '../../src-main/contract/folder.ts';
import FolderPicker from '../../src-renderer/components/shell/FolderPicker.vue';
import { useFolderChoice } from '../../src-renderer/stores/folder-choice.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testJob } from './support/window-service.ts';

const folder = (path: string, kind: FolderEntry['kind'] = 'folder'): FolderEntry => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  kind,
  bytes: kind === 'video' ? 1_500_000 : null,
});

const listings: Readonly<Record<string, Omit<FolderListing, 'truncated'>>> = {
  '': {
    path: null,
    parent: null,
    entries: [folder('/home/ann', 'home'), folder('/', 'root'), folder('/cams/gate', 'recent')],
  },
  '/': { path: '/', parent: null, entries: [folder('/cams'), folder('/home')] },
  '/home': { path: '/home', parent: '/', entries: [folder('/home/ann')] },
  '/home/ann': { path: '/home/ann', parent: '/home', entries: [folder('/home/ann/videos')] },
  '/home/ann/videos': { path: '/home/ann/videos', parent: '/home/ann', entries: [] },
  '/cams': {
    path: '/cams',
    parent: '/',
    entries: [folder('/cams/gate'), folder('/cams/garage'), folder('/cams/yard')],
  },
  '/cams/gate': { path: '/cams/gate', parent: '/cams', entries: [folder('/cams/gate/a.mp4', 'video')] },
};

interface Opening {
  /** The places, and with them home, are told after this. */
  readonly beforePlaces?: Promise<void>;
  /** Chosen before the picker is open. */
  readonly folders?: readonly string[];
}

async function openPicker({ beforePlaces, folders }: Opening = {}) {
  const scans: unknown[] = [];
  const imports: unknown[] = [];
  const mounted = await mountWithService(FolderPicker, {
    overrides: {
      folders: {
        list: async ({ path = '' }) => {
          if (path === '') await beforePlaces;
          const listing = listings[path === '/' ? path : path.replace(/\/$/, '')];
          if (listing === undefined) throw new AppError('not-found', `There is no folder ${path}.`);
          return { ...listing, truncated: false };
        },
      },
      scan: {
        start: async (params) => {
          scans.push(params);
          return { job: testJob() };
        },
      },
      archive: {
        import: async (params) => {
          imports.push(params);
          return { job: testJob({ kind: 'import' }) };
        },
      },
    },
  });
  const { screen, pinia, core } = mounted;
  await expect.poll(() => core.calls.some(({ name }) => name === 'settings.get')).toBe(true);
  const choice = useFolderChoice(pinia);
  if (folders === undefined) await choice.open();
  else choice.openWith(folders);
  const path = screen.getByRole('textbox', { name: 'Path' });
  const begun = beforePlaces === undefined ? (folders?.[0] ?? '/home/ann') : '';
  await expect.element(path).toHaveValue(begun === '' ? '' : `${begun}/`);
  return { ...mounted, path, scans, imports, list: screen.getByRole('listbox') };
}

test('a path is typed with completion, and the folder on screen is opened', async () => {
  const { screen, path, scans } = await openPicker();
  await expect.element(path).toHaveFocus();
  await path.fill('/ca');
  await expect.element(screen.getByRole('option', { name: 'cams' })).toBeVisible();
  await userEvent.keyboard('{Tab}');
  await expect.element(path).toHaveValue('/cams/');
  await expect.element(screen.getByRole('option')).toHaveLength(3);
  await userEvent.keyboard('g{Tab}');
  await expect.element(path).toHaveValue('/cams/ga');
  await expect.element(screen.getByRole('option')).toHaveLength(2);
  await userEvent.keyboard('t{Tab}');
  await expect.element(screen.getByText('1 video file directly in here')).toBeVisible();
  await screen.getByRole('button', { name: 'Open “gate”' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(scans).toEqual([{ folders: ['/cams/gate'], again: false }]);
});

test('a keyboard goes about in the list, chooses several and takes one back', async () => {
  const { screen, path, list, scans } = await openPicker();
  await path.fill('/cams/');
  await expect.element(screen.getByRole('option')).toHaveLength(3);
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(list).toHaveFocus();
  await userEvent.keyboard(' {ArrowDown} {End} ');
  await expect.element(screen.getByRole('button', { name: 'Open 3 folders' })).toBeEnabled();
  await expectAccessible(screen.getByRole('dialog').element());
  await screen.getByRole('button', { name: 'Do not open /cams/garage' }).click();
  list.element().focus();
  await userEvent.keyboard('{Home}{Enter}');
  await expect.element(path).toHaveValue('/cams/gate/');
  await userEvent.keyboard('{Backspace}');
  await expect.element(path).toHaveValue('/cams/');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => scans).toMatchObject([{ folders: ['/cams/gate', '/cams/yard'] }]);
});

test('what cannot be read is told where it was typed, and the rest stays', async () => {
  const { screen, path } = await openPicker();
  await path.fill('/nowhere/');
  await expect.element(path).toHaveAccessibleDescription('There is no folder /nowhere/.');
  await expect.element(screen.getByRole('button', { name: /^Open/ })).toBeDisabled();
  await screen.getByRole('button', { name: 'gate' }).click();
  await expect.element(path).toHaveValue('/cams/gate/');
  await expect.element(path).not.toHaveAccessibleDescription();
});

test('options: only indexing; a number that is none keeps from starting', async () => {
  const { screen, path, imports, scans } = await openPicker();
  await path.fill('/cams/');
  await screen.getByText('Options').click();
  const frames = screen.getByLabelText('Frames per minute of footage');
  await expect.element(frames).toHaveValue('24');
  await frames.fill('many');
  await expect.element(frames).toHaveAccessibleDescription('Give a number above 0, or nothing for the usual value.');
  await expect.element(screen.getByRole('button', { name: 'Open “cams”' })).toBeDisabled();
  await screen.getByText('Only index them for now').click();
  await screen.getByRole('button', { name: 'Open “cams”' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(imports).toEqual([{ folders: ['/cams'] }]);
  expect(scans).toEqual([]);
});

test('a path that is typed before the first folder has come stays, and the places come all the same', async () => {
  const home = Promise.withResolvers<void>();
  const { screen, path } = await openPicker({ beforePlaces: home.promise });
  await path.fill('/cams/g');
  await expect.element(screen.getByRole('option')).toHaveLength(2);
  home.resolve();
  await expect.element(screen.getByRole('button', { name: 'Home' })).toBeVisible();
  await expect.element(path).toHaveValue('/cams/g');
  await expect.element(screen.getByRole('option')).toHaveLength(2);
});

test('a name that is typed before the first folder has come begins one in it', async () => {
  const home = Promise.withResolvers<void>();
  const { screen, path } = await openPicker({ beforePlaces: home.promise });
  await path.fill('vid');
  home.resolve();
  await expect.element(screen.getByRole('option', { name: 'videos' })).toBeVisible();
  await expect.element(path).toHaveValue('vid');
  await userEvent.keyboard('{Tab}');
  await expect.element(path).toHaveValue('/home/ann/videos/');
});

test('folders that were chosen elsewhere are shown with what is in them', async () => {
  const { screen, path } = await openPicker({ folders: ['/cams/gate'] });
  await expect.element(path).toHaveValue('/cams/gate/');
  await expect.element(screen.getByText('1 video file directly in here')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Open 1 folder' })).toBeEnabled();
});
