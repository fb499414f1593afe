/** Zones of a camera: drawn with pointer and keys, changed, undone and saved; and what else is set for the camera. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type CameraSettings, defaultCameraSettings } from '../../src-main/contract/camera.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Zone } from '../../src-main/contract/zone.ts';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import CameraView from '../../src-renderer/views/CameraView.vue';
import { cameraSums } from './queue-fixture.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testJob } from './support/window-service.ts';
import { defineComponent, h } from 'vue';

const street: Zone = {
  ...{ id: 'street', name: 'Street', kind: 'ignore' },
  points: [
    { x: 0.2, y: 0.2 },
    { x: 0.6, y: 0.2 },
    { x: 0.6, y: 0.8 },
    { x: 0.2, y: 0.8 },
  ],
};

/** With the window's keys, as its frame listens for them. */
const View = defineComponent({
  setup() {
    listenForShortcuts();
    return () => h(CameraView);
  },
});

async function mount(settings: Partial<CameraSettings> = {}, refuse: AppError | null = null) {
  let stored: CameraSettings = { ...defaultCameraSettings, ...settings };
  const saved: CameraSettings[] = [];
  const scans: unknown[] = [];
  const mounted = await mountWithService(View, {
    path: '/camera/Gate?tab=look',
    height: 720,
    overrides: {
      archive: { overview: async () => ({ cameras: [cameraSums('Gate', 4, 0)], unreadable: 0 }) },
      recordings: { find: async () => ({ ids: ['r1'] }), rows: async () => ({ items: [] }) },
      scan: {
        start: async (params) => {
          scans.push(params);
          return { job: testJob() };
        },
      },
      cameras: {
        normality: async () => ({ normality: null }),
        settings: async () => ({ settings: stored }),
        configure: async (params) => {
          if (refuse !== null) throw refuse;
          stored = params.settings;
          saved.push(stored);
          return { settings: stored };
        },
      },
    },
  });
  const { screen } = mounted;
  const picture = screen.getByRole('group', { name: 'Picture of Gate with its zones' });
  await expect.element(picture).toBeVisible();
  const save = screen.getByRole('button', { name: /^Save/ });
  const corner = (number: number) => screen.getByRole('button', { name: new RegExp(`^Corner ${String(number)} of`) });
  return { ...mounted, picture, saved, scans, save, corner };
}

test('a zone is drawn with clicks, named, and saved; the recordings may be looked through again', async () => {
  const { screen, picture, save, saved, scans } = await mount();
  await expect.element(screen.getByText('There are no zones: the whole picture counts.').first()).toBeVisible();
  await expect.element(save).toBeDisabled();
  await screen.getByRole('button', { name: 'Draw a zone to ignore' }).click();
  const { width, height } = picture.element().getBoundingClientRect();
  const at = (x: number, y: number) => ({ position: { x: x * width, y: y * height } });
  for (const [x, y] of [
    [0.1, 0.1],
    [0.5, 0.1],
    [0.5, 0.6],
    [0.1, 0.1],
  ] as const)
    await userEvent.click(picture, at(x, y));
  await screen.getByRole('textbox', { name: 'Name of the zone' }).fill('Street');
  await expect
    .element(screen.getByRole('button', { name: /^Corner 1 of 3 of Street: 10 % from the left, 10 % from the top/ }))
    .toBeInTheDocument();
  await save.click();
  await expect.poll(() => saved.length).toBe(1);
  const [zone] = saved[0]?.zones ?? [];
  expect(zone).toMatchObject({ name: 'Street', kind: 'ignore' });
  expect(zone?.points.map(({ x, y }) => [Math.round(x * 10), Math.round(y * 10)])).toEqual([
    [1, 1],
    [5, 1],
    [5, 6],
  ]);
  await expect.element(save).toBeDisabled();
  expect(scans).toEqual([]);
  await expectAccessible(screen.container);
});

test('a zone is drawn, changed and taken away by keys alone', async () => {
  const { screen, picture, corner } = await mount();
  const begin = screen.getByRole('button', { name: 'Draw a zone to look at' });
  (begin.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(picture).toHaveFocus();
  await userEvent.keyboard(' {ArrowRight>10/} {ArrowDown>10/} ');
  await expect.element(screen.getByText(/3 corners set/)).toBeVisible();
  await userEvent.keyboard('{Backspace} {Enter}');
  await expect.element(corner(1)).toHaveFocus();
  await expect
    .element(corner(3))
    .toHaveAccessibleName(/^Corner 3 of 3 of Zone 1: 70 % from the left, 70 % from the top/);
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(corner(1)).toHaveAccessibleName(/: 49 % from the left/);
  await userEvent.keyboard('{Insert}');
  await expect.element(corner(2)).toHaveFocus();
  await expect.element(corner(4)).toBeInTheDocument();
  await userEvent.keyboard('{Delete}{Delete}');
  await expect.element(corner(3)).toBeInTheDocument();
  await expect.element(corner(4)).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Remove Zone 1' }).click();
  await expect.element(corner(1)).not.toBeInTheDocument();
});

test('steps are undone and done again, and what is not saved is still there after looking elsewhere', async () => {
  const { screen, corner, router, save } = await mount({ zones: [street] });
  await screen.getByRole('button', { name: 'Change the corners of Street' }).click();
  (corner(1).element() as unknown as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Control>}z{/Control}');
  await expect.element(corner(1)).toHaveAccessibleName(/: 21 % from the left/);
  await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  await expect.element(corner(1)).toHaveAccessibleName(/: 22 % from the left/);
  await router.push('/camera/Yard?tab=look');
  await expect.element(screen.getByText('Not saved yet')).not.toBeInTheDocument();
  await router.push('/camera/Gate?tab=look');
  await expect.element(screen.getByText('Not saved yet')).toBeVisible();
  await screen.getByRole('button', { name: 'Discard changes' }).click();
  await expect.element(save).toBeDisabled();
});

test('corners and whole zones are dragged, each drag one step', async () => {
  const { screen, picture, corner } = await mount({ zones: [street] });
  await screen.getByRole('button', { name: 'Change the corners of Street' }).click();
  const { left, top, width, height } = picture.element().getBoundingClientRect();
  const frame = picture.element();
  const fire = (target: Element, type: string, x: number, y: number) =>
    target.dispatchEvent(
      new PointerEvent(type, {
        ...{ bubbles: true, button: 0, pointerId: 1, clientX: left + x * width, clientY: top + y * height },
      }),
    );
  frame.setPointerCapture = () => {};
  fire(corner(1).element(), 'pointerdown', 0.2, 0.2);
  for (const x of [0.25, 0.28, 0.3]) fire(frame, 'pointermove', x, 0.1);
  fire(frame, 'pointerup', 0.3, 0.1);
  await expect.element(corner(1)).toHaveAccessibleName(/: 30 % from the left, 10 % from the top/);
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(corner(1)).toHaveAccessibleName(/: 20 % from the left, 20 % from the top/);
  const area = frame.querySelector('.grip-area') ?? frame;
  fire(area, 'pointerdown', 0.4, 0.5);
  fire(frame, 'pointermove', 0.9, 0.5);
  fire(frame, 'pointerup', 0.9, 0.5);
  await expect.element(corner(2)).toHaveAccessibleName(/: 100 % from the left/);
  await expect.element(corner(1)).toHaveAccessibleName(/: 60 % from the left/);
});

test('rate, policy, sensitivity and kinds of incidents are set for this camera; a wrong rate is told', async () => {
  const { screen, save, saved } = await mount();
  const rate = screen.getByRole('textbox', { name: 'Frames per minute of footage' });
  await rate.fill('-3');
  await userEvent.keyboard('{Tab}');
  await expect.element(screen.getByText('Give a number above 0, or nothing for the usual value.')).toBeVisible();
  await rate.fill('60');
  await userEvent.keyboard('{Tab}');
  await screen.getByRole('combobox', { name: 'How it looks' }).selectOptions('dense');
  await screen.getByText('Any hint').click();
  await screen.getByRole('checkbox', { name: 'Fall' }).click();
  await save.click();
  await expect
    .poll(() => saved)
    .toEqual([{ zones: [], framesPerMinute: 60, policy: 'dense', sensitivity: 'high', classes: ['fall'] }]);
});

test('what the core refuses stays changed and unsaved', async () => {
  const { screen, save } = await mount({ zones: [street] }, new AppError('disk-full', 'The disk is full.'));
  await screen.getByRole('button', { name: 'Remove Street' }).click();
  await save.click();
  await expect.element(screen.getByText('Not saved yet')).toBeVisible();
  await expect.element(save).toBeEnabled();
});
