/** The jobs, in the pop-over that is reachable from everywhere and in their own view. */
import { expect, test } from 'vitest';
import JobsPanel from '../../src-renderer/components/shell/JobsPanel.vue';
import JobsView from '../../src-renderer/views/JobsView.vue';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testJob } from './support/window-service.ts';

const running = testJob({
  id: 'one',
  progress: {
    done: 190,
    total: 760,
    unit: 'seconds',
    rate: 12.4,
    secondsLeft: 46,
    label: '/videos/gate 1.mp4',
    failed: 0,
  },
});
const failed = testJob({
  id: 'two',
  kind: 'models',
  state: 'failed',
  startedAtMs: 0,
  endedAtMs: 5000,
  reason: 'The registry did not answer.',
});

test('the pop-over tells progress, pace and time left as they change, and stops a job', async () => {
  const cancelled: string[] = [];
  const { screen, core } = await mountWithService(JobsPanel, {
    overrides: {
      jobs: {
        list: async () => ({ items: [running] }),
        cancel: async ({ job }) => {
          cancelled.push(job);
          return { job: { ...running, state: 'paused' } };
        },
      },
    },
  });
  await screen.getByRole('button', { name: '1 job running' }).click();
  const row = screen.getByRole('article', { name: 'Look through recordings' });
  await expect.element(row).toBeInViewport({ ratio: 1 });
  await expect.element(row.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
  for (const fact of ['25%', '3:10 of 12:40 of footage', '12× real time', '46 s left', 'gate 1.mp4']) {
    await expect.element(row).toMatchTextContent(fact);
  }
  expect(row.getByRole('progressbar').element().getBoundingClientRect().height).toBeGreaterThan(2);
  core.emit('job.changed', { ...running, progress: { ...running.progress, done: 380, secondsLeft: 30 } });
  await expect.element(row).toMatchTextContent('30 s left');
  await expectAccessible(row.element());
  await row.getByRole('button', { name: 'Stop' }).click();
  await expect.element(row).toMatchTextContent('Stopped');
  expect(cancelled).toEqual(['one']);
});

test('the view sorts them into under way, stopped and ended, gives reasons and resumes', async () => {
  const resumed: string[] = [];
  const { screen } = await mountWithService(JobsView, {
    overrides: {
      jobs: {
        list: async () => ({ items: [running, { ...running, id: 'three', state: 'paused' }, failed] }),
        resume: async ({ job }) => {
          resumed.push(job);
          return { job: { ...failed, state: 'waiting', reason: null, endedAtMs: null } };
        },
      },
    },
  });
  const ended = screen.getByRole('region', { name: 'Ended' });
  await expect.element(ended).toMatchTextContent('The registry did not answer.');
  await expect.element(ended).toMatchTextContent('took 5 s');
  await expect.element(screen.getByRole('region', { name: 'Stopped' })).toBeVisible();
  await expectAccessible(screen.container);
  await ended.getByRole('button', { name: 'Go on' }).click();
  await expect.element(screen.getByRole('region', { name: 'Under way' })).toMatchTextContent('waits for its turn');
  await expect.element(ended).not.toBeInTheDocument();
  expect(resumed).toEqual(['two']);
});

test('without jobs the view says so, and how to have some', async () => {
  const { screen } = await mountWithService(JobsView);
  await expect.element(screen.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Open a folder…' })).toBeEnabled();
});
