/** The archive: cameras in sums, recordings in a table of any length, choosing and looking through, unreadable files. */
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Recording } from '../../src-main/contract/recording.ts';
import ArchiveView from '../../src-renderer/views/ArchiveView.vue';
import { useArchive } from '../../src-renderer/stores/archive.ts';
import { cameraSums, recordingAt, recordingId } from './queue-fixture.ts';
import { type CallOverrides, mountWithService, testJob } from './support/window-service.ts';

beforeEach(() => sessionStorage.clear());

const numberOf = (id: string) => Number.parseInt(id.slice(2), 16);
const idsTo = (count: number) => Array.from({ length: count }, (_, number) => recordingId(number));

/** An archive of `count` recordings over three cameras; none of them looked through. */
function archiveOf(count: number): CallOverrides {
  const camera = (name: string, part: number) => ({ ...cameraSums(name, part, 2), scanned: 0 });
  return {
    archive: {
      overview: async () => ({
        cameras: ['Gate', 'Hall', 'Yard'].map((name) => camera(name, Math.ceil(count / 3))),
        unreadable: 0,
      }),
    },
    recordings: {
      find: async ({ cameras }) => ({
        ids: idsTo(count).filter((id) => cameras === undefined || cameras.includes(recordingAt(numberOf(id)).camera)),
      }),
      rows: async ({ ids }) => ({
        items: ids.map((id) => ({ ...recordingAt(numberOf(id)), scanned: numberOf(id) % 2 === 0, openFlags: 3 })),
      }),
    },
    scan: { start: async () => ({ job: testJob() }) },
  };
}

async function mount(overrides: CallOverrides) {
  const mounted = await mountWithService(ArchiveView, { overrides, height: 700, path: '/archive' });
  const { core, screen } = mounted;
  const paramsOf = (call: string) => core.calls.filter(({ name }) => name === call).map(({ params }) => params);
  return { ...mounted, archive: useArchive(), table: screen.getByRole('grid'), paramsOf };
}

describe('the table', () => {
  test('holds ten thousand recordings and asks only for those in view', async () => {
    const { archive, table, paramsOf } = await mount(archiveOf(10_000));
    await expect.element(table).toHaveAttribute('aria-rowcount', '10001');
    table.element().scrollTop = 6000 * 34;
    await expect.poll(() => archive.row(recordingId(6000))?.path).toBe('/archive/6000.mp4');
    await expect.element(table.getByText('6000.mp4', { exact: true })).toBeVisible();
    expect(table.element().querySelectorAll('[role="row"]').length).toBeLessThan(70);
    expect(paramsOf('recordings.rows').length).toBeLessThan(8);
  });

  test('says where a time was read from', async () => {
    const { table } = await mount(archiveOf(3));
    await expect
      .element(table.getByText('2026-03-01 08:00:00 UTC, from the file name: “2026-03-01”'))
      .toBeInTheDocument();
  });

  test('opens a recording, and the queue of its flags', async () => {
    const { table, router } = await mount(archiveOf(3));
    await table.getByRole('button', { name: '1.mp4' }).click();
    await expect.poll(() => router.currentRoute.value.fullPath).toBe(`/recording/${recordingId(1)}`);
    await table.getByRole('button', { name: '3 open of 10' }).first().click();
    await expect.poll(() => router.currentRoute.value.query).toEqual({ state: 'all', recording: recordingId(0) });
  });

  test('is gone through and chosen from with the keyboard', async () => {
    const { table, screen, router } = await mount(archiveOf(40));
    await expect.element(table.getByText('0.mp4', { exact: true })).toBeVisible();
    (table.element() as HTMLElement).focus();
    await userEvent.keyboard(' {ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}');
    await expect.element(screen.getByText('4 selected')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByText('4 selected')).not.toBeInTheDocument();
    await userEvent.keyboard('{End}{Enter}');
    await expect.poll(() => router.currentRoute.value.fullPath).toBe(`/recording/${recordingId(39)}`);
  });

  test('is ordered and narrowed to a camera', async () => {
    const { archive, screen, paramsOf } = await mount(archiveOf(9));
    await screen.getByRole('button', { name: /^Hall/ }).click();
    await expect.poll(() => archive.ids).toEqual([1, 4, 7].map(recordingId));
    await screen.getByLabelText('Order').selectOptions('length');
    await expect.poll(() => paramsOf('recordings.find').at(-1)).toEqual({ order: 'length', cameras: ['Hall'] });
  });
});

describe('looking through', () => {
  test('starts for everything, for a camera, and again for what is chosen', async () => {
    const { screen, archive, table, paramsOf } = await mount(archiveOf(9));
    await screen.getByRole('button', { name: 'Look through all' }).click();
    await expect.poll(() => paramsOf('scan.start')).toHaveLength(1);
    expect(paramsOf('scan.start')[0]).toMatchObject({ again: false });
    expect(paramsOf('scan.start')[0]).not.toHaveProperty('recordings');
    await screen.getByRole('button', { name: /^Yard/ }).click();
    await expect.poll(() => archive.ids.length).toBe(3);
    await screen.getByRole('button', { name: 'Look through this camera' }).click();
    await expect.poll(() => paramsOf('scan.start')[1]).toMatchObject({ recordings: [2, 5, 8].map(recordingId) });
    await table.getByRole('checkbox', { name: 'Select 5.mp4' }).click();
    await screen.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => paramsOf('scan.start')[2]).toMatchObject({ recordings: [recordingId(5)], again: true });
  });

  test('shows what runs', async () => {
    const running = testJob({ progress: { ...testJob().progress, done: 1, total: 4 } });
    const { screen } = await mount({ ...archiveOf(3), jobs: { list: async () => ({ items: [running] }) } });
    await expect.element(screen.getByText(/^25 ?%$/)).toBeVisible();
  });

  test('brings new recordings as they come', async () => {
    let count = 3;
    const { archive, core } = await mount({
      ...archiveOf(3),
      recordings: { ...archiveOf(9).recordings, find: async () => ({ ids: idsTo(count) }) },
    });
    await expect.poll(() => archive.ids.length).toBe(3);
    count = 5;
    core.emit('archive.changed', { recordings: 5, flags: 0 });
    await expect.poll(() => archive.ids.length, { timeout: 5000 }).toBe(5);
  });
});

describe('unreadable files', () => {
  const fileAt = (number: number): Recording => ({
    ...recordingAt(number),
    id: `/archive/bad ${String(number)}.mp4`,
    path: `/archive/bad ${String(number)}.mp4`,
    status: 'unreadable',
    reason: 'The file ends in the middle of a frame.',
    video: null,
  });

  test('are listed with their reasons, page by page, and tried again', async () => {
    const overrides = archiveOf(3);
    const { screen, paramsOf } = await mount({
      ...overrides,
      archive: {
        overview: async () => ({ cameras: [cameraSums('Gate', 3, 0)], unreadable: 3 }),
        unreadable: async ({ after }) =>
          after === undefined
            ? { items: [fileAt(0), fileAt(1)], next: fileAt(1).id }
            : { items: [{ ...fileAt(2), id: recordingId(2), status: 'quarantined' as const }], next: null },
      },
    });
    await screen.getByRole('tab', { name: /Not readable/ }).click();
    await expect.element(screen.getByText('The file ends in the middle of a frame.').first()).toBeVisible();
    await screen.getByRole('button', { name: 'Show more' }).click();
    await expect.element(screen.getByTitle('/archive/bad 2.mp4')).toBeVisible();
    await screen.getByRole('button', { name: 'Try again' }).nth(1).click();
    await expect.poll(() => paramsOf('scan.start')).toHaveLength(1);
    expect(paramsOf('scan.start')[0]).toMatchObject({ folders: [fileAt(1).path], again: true });
    await screen.getByRole('button', { name: 'Try again' }).nth(2).click();
    await expect.poll(() => paramsOf('scan.start')).toHaveLength(2);
    expect(paramsOf('scan.start')[1]).toMatchObject({ recordings: [recordingId(2)], again: true });
  });
});

test('an empty archive leads to a folder and to samples', async () => {
  const { screen, paramsOf } = await mount({
    samples: { start: async () => ({ job: testJob({ kind: 'samples' }) }) },
  });
  await expect.element(screen.getByRole('button', { name: 'Open folder' })).toBeVisible();
  await screen.getByRole('button', { name: 'Try it with samples' }).click();
  await expect.poll(() => paramsOf('samples.start')).toHaveLength(1);
});

test('says what went wrong and tries again', async () => {
  let fails = true;
  const overrides = archiveOf(3);
  const { screen, archive } = await mount({
    ...overrides,
    archive: {
      overview: async () => {
        if (fails) throw new Error('The database is damaged.');
        return { cameras: [cameraSums('Gate', 3, 0)], unreadable: 0 };
      },
    },
  });
  await expect.element(screen.getByText('The archive could not be read')).toBeVisible();
  fails = false;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => archive.ids.length).toBe(3);
});

test('holds what screen readers need', async () => {
  const { screen, table } = await mount(archiveOf(12));
  await expect.element(table.getByText('0.mp4', { exact: true })).toBeVisible();
  const { violations } = await axe.run(screen.container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
