/** The workbench as a whole: its address, and what it says where a flag or its recording is gone. */
import { beforeEach, expect, test } from 'vitest';
import ReviewView from '../../src-renderer/views/ReviewView.vue';
import { useQueue } from '../../src-renderer/stores/queue.ts';
import { providePictures } from './evidence-fixture.ts';
import { flagArchive, flagId, recordingAt } from './queue-fixture.ts';
import { type CallOverrides, mountWithService, testJob } from './support/window-service.ts';

beforeEach(() => {
  sessionStorage.clear();
  providePictures();
});

/** Flags whose recordings are no longer in the archive, so that there is nothing to play. */
function withoutRecordings(count: number, decided?: (number: number) => boolean): CallOverrides {
  return {
    ...flagArchive(count, decided).overrides,
    recordings: {
      rows: async () => ({ items: [] }),
      find: async () => ({ ids: [] }),
      timeline: async () => ({ seconds: 600, activity: [], policy: null, episodes: [], looks: [] }),
    },
    trajectories: { get: async () => ({ trajectory: null }) },
  };
}

async function mount(path: string, overrides: CallOverrides) {
  const mounted = await mountWithService(ReviewView, { overrides, path, height: 780 });
  return { ...mounted, queue: useQueue(), address: () => mounted.router.currentRoute.value };
}

test('shows the flag of its address, also one that is not in the list, and keeps the two alike', async () => {
  const { queue, address, screen } = await mount(
    `/review/${flagId(3)}`,
    withoutRecordings(8, (number) => number === 3),
  );
  await expect.poll(() => queue.ids.length).toBe(7);
  expect(queue.selectedId).toBe(flagId(3));
  await expect.element(screen.getByText('Not in this list')).toBeVisible();
  queue.select(flagId(5));
  await expect.poll(() => address().params['flag']).toBe(flagId(5));
});

test('takes the filter of its address and writes what is chosen there', async () => {
  const { queue, address, router, screen } = await mount('/review?state=all&camera=Hall', withoutRecordings(40));
  await expect.poll(() => queue.ids.length).toBe(10);
  await screen.getByRole('button', { name: 'Remove: Camera Hall' }).click();
  await expect.poll(() => address().query).toEqual({ state: 'all' });
  await router.push('/review?camera=Yard');
  await expect.poll(() => queue.filter).toMatchObject({ states: ['open'], cameras: ['Yard'] });
});

test('a flag that a later scan replaced is said to be gone, with the way on', async () => {
  const { queue, screen } = await mount(`/review/${flagId(99)}`, withoutRecordings(3));
  await expect.poll(() => queue.selectedId).toBe(flagId(0));
  queue.select(flagId(77));
  await expect.element(screen.getByText('This flag is no longer there')).toBeVisible();
  await screen.getByRole('button', { name: 'Show the first flag' }).click();
  expect(queue.selectedId).toBe(flagId(0));
});

test('a flag without its recording can be decided, and its folder imported again', async () => {
  const archive = withoutRecordings(3);
  const { queue, screen, core } = await mount('/review', {
    ...archive,
    archive: { ...archive.archive, import: async () => ({ job: testJob({ kind: 'import' }) }) },
  });
  await expect.element(screen.getByText('The recording is no longer in the archive')).toBeVisible();
  await screen.getByRole('button', { name: 'Import its folder again' }).click();
  await expect
    .poll(() => core.calls.filter(({ name }) => name === 'archive.import').map(({ params }) => params))
    .toEqual([{ folders: ['/archive'] }]);
  await screen
    .getByRole('button', { name: /^Confirm/ })
    .first()
    .click();
  await expect.poll(() => queue.states.confirm + queue.states.open).toBe(3);
});

test('says why a recording cannot be played', async () => {
  const archive = withoutRecordings(3);
  const broken = { ...recordingAt(0), status: 'unreadable' as const, reason: 'Its end is missing.', video: null };
  const { screen } = await mount('/review', {
    ...archive,
    recordings: { ...archive.recordings, rows: async () => ({ items: [broken] }) },
  });
  await expect.element(screen.getByText('Its end is missing.')).toBeVisible();
});
