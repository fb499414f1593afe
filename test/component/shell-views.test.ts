/** The views of the frame: settings, doctor, the first start. */
import { expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/errors.ts';
import { settingNames } from '../../src-main/contract/settings.ts';
import { settingFields } from '../../src-renderer/components/shell/setting-fields.ts';
import DoctorView from '../../src-renderer/views/DoctorView.vue';
import SettingsView from '../../src-renderer/views/SettingsView.vue';
import WelcomeView from '../../src-renderer/views/WelcomeView.vue';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testInfo, testJob } from './support/window-service.ts';

test('every setting there is can be set', async () => {
  const { screen } = await mountWithService(SettingsView);
  // Shortcuts and news have sections of their own; the tour is begun from the help.
  const others: readonly string[] = ['shortcutKeys', 'notifications', 'notifyScore', 'tourSeen'];
  const rows = settingNames.filter((name) => !others.includes(name));
  expect(Object.keys(settingFields).toSorted()).toEqual(rows.toSorted());
  await expect.element(screen.getByRole('group')).toHaveLength(rows.length);
  await expectAccessible(screen.container);
});

test('a setting is saved at once, sizes in GiB, and put back to its default', async () => {
  const { screen, core } = await mountWithService(SettingsView);
  const given = () => core.calls.filter(({ name }) => name === 'settings.set').map(({ params }) => params);
  await screen.getByRole('combobox', { name: 'Theme' }).selectOptions('Light');
  await expect.element(screen.getByRole('group', { name: 'Theme' })).toMatchTextContent('Saved');
  expect(document.documentElement.dataset['theme']).toBe('light');
  const cache = screen.getByRole('textbox', { name: 'Cache for playing' });
  await cache.fill('1,5');
  cache.element().blur();
  const row = screen.getByRole('group', { name: 'Cache for playing' });
  await expect.element(row).toMatchTextContent('Saved');
  await row.getByRole('button', { name: 'Back to the default' }).click();
  await expect.element(cache).toHaveValue('2');
  expect(given()).toEqual([
    { settings: { theme: 'light' } },
    { settings: { playbackCacheBytes: 1.5 * 2 ** 30 } },
    { settings: { playbackCacheBytes: null } },
  ]);
});

test('what the core refuses is told at the field, and what was typed stays', async () => {
  const { screen } = await mountWithService(SettingsView, {
    overrides: {
      settings: {
        set: async () => {
          throw new AppError('invalid-argument', 'The settings were not changed: workers: too many.');
        },
      },
    },
  });
  const workers = screen.getByRole('textbox', { name: 'Worker processes' });
  await workers.fill('999');
  workers.element().blur();
  await expect.element(workers).toHaveAccessibleDescription('The settings were not changed: workers: too many.');
  await workers.fill('many');
  workers.element().blur();
  await expect.element(workers).toHaveAccessibleDescription('Give a number.');
  await expect.element(workers).toHaveValue('many');
});

test('settings are found by typing', async () => {
  const { screen } = await mountWithService(SettingsView);
  const search = screen.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('cache play');
  await expect.element(screen.getByRole('group')).toHaveLength(1);
  await search.fill('nothing like it');
  await expect.element(screen.getByText('No setting matches “nothing like it”.')).toBeVisible();
});

test('the doctor puts first what is wrong, with the way out, and runs again', async () => {
  let runs = 0;
  const { screen } = await mountWithService(DoctorView, {
    overrides: {
      doctor: {
        run: async () => {
          runs += 1;
          return {
            checks: [
              { name: 'database', state: 'ok', detail: 'readable' },
              { name: 'models', state: 'degraded', detail: 'none', wayOut: 'Fetch them.' },
              { name: 'data folder', state: runs === 1 ? 'failed' : 'ok', detail: 'full' },
            ],
          };
        },
      },
    },
  });
  const titles = () => screen.container.querySelectorAll('h2');
  await expect
    .poll(() => [...titles()].map(({ textContent }) => textContent))
    .toEqual(['Does not work', 'Works less well', 'Works']);
  await expect.element(screen.getByRole('region', { name: 'Works less well' })).toMatchTextContent('Fetch them.');
  await expectAccessible(screen.container);
  await screen.getByRole('button', { name: 'Run again' }).click();
  await expect.element(screen.getByRole('region', { name: 'Does not work' })).not.toBeInTheDocument();
  expect(runs).toBe(2);
});

test('at the first start the samples are made in front of the person, who is then taken to them', async () => {
  const job = testJob({ id: 'samples', kind: 'samples' });
  const { screen, core, router } = await mountWithService(WelcomeView, {
    path: '/welcome',
    overrides: {
      core: { info: async () => ({ ...testInfo, models: 'none' as const }) },
      samples: { start: async () => ({ job }) },
    },
  });
  await expect.element(screen.getByText('The models are not here yet.', { exact: false })).toBeVisible();
  await expectAccessible(screen.container);
  const start = screen.getByRole('button', { name: /^Try the sample archive/ });
  await start.click();
  await expect
    .element(screen.getByRole('article', { name: 'Prepare the sample archive' }))
    .toMatchTextContent('starting…');
  await expect.element(start).toBeDisabled();
  core.emit('job.changed', { ...job, state: 'done', endedAtMs: 1000 });
  await expect.poll(() => router.currentRoute.value.path).toBe('/review');
});

test('models that are not there are fetched from here', async () => {
  const { screen, core } = await mountWithService(WelcomeView, {
    overrides: {
      core: { info: async () => ({ ...testInfo, models: 'none' as const }) },
      models: { fetch: async () => ({ job: testJob({ kind: 'models', id: 'm' }) }) },
    },
  });
  await screen.getByRole('button', { name: 'Fetch models' }).click();
  await expect.element(screen.getByRole('article', { name: 'Fetch models' })).toBeVisible();
  expect(core.calls.some(({ name }) => name === 'models.fetch')).toBe(true);
});
