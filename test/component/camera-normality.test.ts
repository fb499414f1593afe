/** What is usual for a camera: the maps, read with pointer and keys, what they rest on, forgetting it, nothing learned. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CameraNormality } from '../../src-main/contract/camera.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import CameraView from '../../src-renderer/views/CameraView.vue';
import { cameraSums } from './queue-fixture.ts';
import { expectAccessible } from './support/accessible.ts';
import { type CallOverrides, mountWithService, testJob } from './support/window-service.ts';

const [columns, rows] = [16, 9] as const;
/** Things go to the right along the middle row. */
const inLane = (cell: number) => Math.floor(cell / columns) === 4;
const perCell = <T>(value: (cell: number) => T) => Array.from({ length: columns * rows }, (_, cell) => value(cell));
const learned: CameraNormality = {
  camera: 'Gate',
  ...{ recordings: 3, waiting: 1, frames: 1500, madeAtMs: Date.UTC(2026, 2, 1, 8), id: 'ab'.repeat(32), enough: true },
  hours: Array.from({ length: 24 }, (_, hour) => (hour === 8 ? 900 : hour === 9 ? 450 : 0)),
  ...{ columns, rows },
  presence: perCell((cell) => (inLane(cell) ? 0.25 : 0)),
  speed: perCell((cell) => (inLane(cell) ? 0.4 : 0)),
  direction: perCell((cell) => (inLane(cell) ? [0.4, 0] : [0, 0])).flat(),
};

async function mount(
  normality: CameraNormality | null | AppError,
  { path = '/camera/Gate', ...more }: CallOverrides & { readonly path?: string } = {},
) {
  let known = normality;
  const mounted = await mountWithService(CameraView, {
    path,
    height: 720,
    overrides: {
      archive: { overview: async () => ({ cameras: [cameraSums('Gate', 4, 0)], unreadable: 0 }) },
      // No picture: no server has one here.
      recordings: { find: async () => ({ ids: ['r1', 'r2'] }), rows: async () => ({ items: [] }) },
      cameras: {
        normality: async () => {
          if (known instanceof AppError) throw known;
          return { normality: known };
        },
        resetNormality: async () => {
          known = null;
          return {};
        },
      },
      ...more,
    },
  });
  const map = mounted.screen.getByRole('application', { name: /^Map of what usually moves/ });
  return { ...mounted, map, teach: (next: CameraNormality) => (known = next) };
}

test('the map is read place by place with keys and pointer, and as a table by those who do not see it', async () => {
  const { screen, map } = await mount(learned);
  await expect.element(map).toBeVisible();
  await expectAccessible(screen.container);
  (map.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect
    .element(
      screen.getByText(
        'Row 5, column 9: something moves in 25 % of the frames, usually at 0.4 picture heights a second, to the right.',
      ),
    )
    .toBeVisible();
  await userEvent.keyboard('{ArrowUp}{ArrowRight}');
  await expect.element(screen.getByText('Row 4, column 10: nothing was seen to move here.')).toBeVisible();
  await userEvent.click(map, { position: { x: 2, y: 2 } });
  await expect.element(screen.getByText('Row 1, column 1: nothing was seen to move here.')).toBeVisible();
  const table = screen.getByRole('table', { name: 'The map in nine parts' });
  await expect.element(table.getByRole('row', { name: /^Centre something moves in 25 %/ })).toBeInTheDocument();
  await expect
    .element(table.getByRole('row', { name: 'Upper left nothing was seen to move here' }))
    .toBeInTheDocument();
});

test('each map says what its colours stand for; arrows are drawn where things go one way', async () => {
  const { screen } = await mount(learned);
  await expect.element(screen.getByRole('img', { name: 'From 0 % to 25 %' })).toBeVisible();
  expect(screen.container.querySelectorAll('polyline')).toHaveLength(0);
  await screen.getByText('How fast').click();
  await expect.element(screen.getByRole('img', { name: 'From 0 to 0.4 picture heights a second' })).toBeVisible();
  await screen.getByText('Which way').click();
  // Each twice: dark below light.
  await expect.poll(() => screen.container.querySelectorAll('polyline').length).toBe(2 * columns);
});

test('it is told on how much it rests, and which hours are known', async () => {
  const { screen } = await mount(learned);
  await expect.element(screen.getByText('Enough to say what is unusual here.')).toBeVisible();
  await expect.element(screen.getByText('3 of 4')).toBeVisible();
  await expect.element(screen.getByText('1,500')).toBeVisible();
  await expect.element(screen.getByText('1 recording, not in it yet')).toBeVisible();
  await expect.element(screen.getByText('8 o’clock: 900 frames')).toBeInTheDocument();
  await expect.element(screen.getByText('7 o’clock: not known')).toBeInTheDocument();
  await expect.element(screen.getByText(/^2 of 24 hours have enough footage/)).toBeVisible();
});

test('it is forgotten only once that was confirmed, and comes back by looking again', async () => {
  const scans: unknown[] = [];
  const { screen, core, teach } = await mount(learned, {
    scan: {
      start: async (params) => {
        scans.push(params);
        return { job: testJob() };
      },
    },
  });
  const resets = () => core.calls.filter(({ name }) => name === 'cameras.resetNormality').map(({ params }) => params);
  const forget = screen.getByRole('button', { name: 'Forget what was learned…' });
  await forget.click();
  const dialog = screen.getByRole('dialog', { name: 'Forget what is usual for Gate?' });
  await expect.element(dialog).toMatchTextContent('It comes back by itself');
  await expectAccessible(dialog.element());
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(resets()).toEqual([]);

  await forget.click();
  await dialog.getByRole('button', { name: 'Forget it' }).click();
  await expect.element(screen.getByText('Nothing was learned of this camera yet')).toBeVisible();
  expect(resets()).toEqual([{ camera: 'Gate' }]);
  await expectAccessible(screen.container);

  await screen.getByRole('button', { name: 'Look through its recordings again' }).click();
  await expect.poll(() => scans).toMatchObject([{ recordings: ['r1', 'r2'], again: true }]);
  teach(learned);
  core.emit('archive.changed', { recordings: 4, flags: 0 });
  await expect.element(screen.getByText('Enough to say what is unusual here.')).toBeVisible();
});

test('too little footage is told, and so is a picture in which nothing moves', async () => {
  const still = perCell(() => 0);
  const { screen } = await mount({
    ...learned,
    ...{ enough: false, hours: learned.hours.map(() => 0) },
    ...{ presence: still, speed: still, direction: [...still, ...still] },
  });
  await expect.element(screen.getByText(/^Too little to say what is unusual here/)).toBeVisible();
  await expect.element(screen.getByText('Nothing was seen to move in this footage.')).toBeVisible();
  await expect.element(screen.getByText(/^No hour has enough footage/)).toBeVisible();
});

test('a camera that is not there leads to the archive; what fails can be tried again', async () => {
  const gone = await mount(new AppError('not-found', 'There is no camera Gate.'));
  await gone.screen.getByRole('button', { name: 'To the archive' }).click();
  await expect.poll(() => gone.router.currentRoute.value.name).toBe('archive');
});

test('what cannot be read is told and tried again', async () => {
  const { screen, teach } = await mount(new AppError('internal', 'The snapshot is damaged.'));
  await expect.element(screen.getByText('The snapshot is damaged.')).toBeVisible();
  teach(learned);
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText('3 of 4')).toBeVisible();
});

test('whoever came from a flag goes back to it', async () => {
  const { screen, router } = await mount(learned, { path: '/camera/Gate?flag=f1' });
  await screen.getByRole('button', { name: 'Back to the flag' }).click();
  await expect.poll(() => router.currentRoute.value.fullPath).toBe('/review/f1');
});
