/** One moment of several cameras: who is shown, what is missing and said, and a clock that is tried, kept and put back. */
import { defineComponent, h } from 'vue';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CameraMoment, Footage } from '../../src-main/contract/footage.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { useUndoShortcuts } from '../../src-renderer/composables/use-undo-shortcuts.ts';
import { useMoment } from '../../src-renderer/stores/moment.ts';
import MomentView from '../../src-renderer/views/MomentView.vue';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService } from './support/window-service.ts';

const startMs = Date.UTC(2026, 2, 14, 12);
const row = (id: string, camera: string, utcMs: number | null): RecordingRow => ({
  ...{ id, path: `/footage/${camera}.mp4`, camera, bytes: 1, status: 'ready', reason: null },
  clock: { utcMs, source: utcMs === null ? 'none' : 'file-name', text: '' },
  video: { seconds: 60, width: 640, height: 360, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' },
  ...{ flags: 0, openFlags: 0, scanned: true },
});
const footage = (id: string, camera: string, utcMs: number): Footage => ({
  ...{ recording: id, path: `/footage/${camera}.mp4`, utcMs, seconds: 60, scanned: true, activity: [], flags: [] },
});

/** Gate from 12:00:00, yard from 12:00:30, roof only at 12:10. */
function archive() {
  const offsets = new Map([
    ['Gate', 0],
    ['Yard', 0],
    ['Roof', 0],
  ]);
  const starts = new Map([
    ['Gate', startMs],
    ['Yard', startMs + 30_000],
    ['Roof', startMs + 600_000],
  ]);
  const startOf = (camera: string) => (starts.get(camera) ?? 0) + (offsets.get(camera) ?? 0);
  const at = (camera: string, utcMs: number): CameraMoment => {
    const begun = startOf(camera);
    const isThere = utcMs >= begun && utcMs < begun + 60_000;
    return {
      ...{ camera, clock: { clockOffsetMs: offsets.get(camera) ?? 0, timeZone: null } },
      recording: isThere ? row(camera.toLowerCase(), camera, begun) : null,
      endedUtcMs: utcMs >= begun + 60_000 ? begun + 60_000 : null,
      beginsUtcMs: utcMs < begun ? begun : null,
    };
  };
  return {
    offsets,
    overrides: {
      recordings: {
        rows: async ({ ids }: { ids: string[] }) => ({ items: ids.map((id) => row(id, 'Gate', startMs)) }),
      },
      cameras: {
        moment: async ({ utcMs }: { utcMs: number }) => ({
          cameras: [...starts.keys()].map((name) => at(name, utcMs)),
        }),
        footage: async ({ camera }: { camera: string }) => ({
          footage: [footage(camera.toLowerCase(), camera, startOf(camera))],
        }),
        setClock: async ({ camera, clockOffsetMs }: { camera: string; clockOffsetMs: number }) => {
          const before = { clockOffsetMs: offsets.get(camera) ?? 0, timeZone: null };
          offsets.set(camera, clockOffsetMs);
          return { before };
        },
      },
    },
  };
}

const Window = defineComponent(() => {
  listenForShortcuts();
  useUndoShortcuts();
  return () => h(MomentView);
});

async function mount(path = '/moment/gate?at=40') {
  const { offsets, overrides } = archive();
  const { screen, router } = await mountWithService(Window, { path, overrides, height: 720 });
  return { screen, router, offsets, moment: useMoment() };
}

test('cameras that saw the moment are beside each other, and who did not says so', async () => {
  const { screen, moment } = await mount();
  await expect.element(screen.getByRole('region', { name: 'Gate' })).toBeVisible();
  await expect.element(screen.getByRole('region', { name: 'Yard' })).toBeVisible();
  expect(moment.shown).toEqual(['Gate', 'Yard']);
  expect(moment.placeOf('Yard', moment.utcMs)?.time).toBeCloseTo(10, 3);
  await screen.getByRole('button', { name: 'Roof', exact: true }).click();
  const roof = screen.getByRole('region', { name: 'Roof' });
  await expect.element(roof.getByText(/^No footage at/)).toBeVisible();
  await roof.getByRole('button', { name: /^Begins/ }).click();
  expect(moment.utcMs).toBe(startMs + 600_000);
  await expect.element(screen.getByRole('region', { name: 'Gate' }).getByText(/^No footage at/)).toBeVisible();
  await expectAccessible(screen.container);
});

test('keys move all of them, and let another camera lead', async () => {
  const { moment } = await mount();
  await expect.poll(() => moment.shown.length).toBe(2);
  await userEvent.keyboard('{ArrowRight}');
  expect(moment.utcMs).toBe(startMs + 45_000);
  await userEvent.keyboard('g');
  expect(moment.leader).toBe('Yard');
  await userEvent.keyboard('l');
  expect(moment.playing).toBe(true);
  await userEvent.keyboard('k');
  expect(moment.playing).toBe(false);
});

test('a clock is moved by keys, kept for all recordings, put back and corrected again', async () => {
  const { screen, moment, offsets } = await mount();
  await expect.poll(() => moment.shown.length).toBe(2);
  expect(moment.corrected).toBe('Yard');
  await userEvent.keyboard('{Shift>}W{/Shift}{Shift>}W{/Shift}w');
  expect(moment.triedMs('Yard')).toBe(2040);
  expect(moment.placeOf('Yard', moment.utcMs)?.time).toBeCloseTo(10 - 2.04, 3);
  const yard = screen.getByRole('region', { name: 'Yard' });
  await yard.getByRole('button', { name: 'Clock corrected by +2.04 s' }).click();
  await screen.getByRole('button', { name: 'Keep for all its recordings' }).click();
  await expect.poll(() => offsets.get('Yard')).toBe(2040);
  expect(moment.triedMs('Yard')).toBe(0);
  await expect.poll(() => moment.placeOf('Yard', moment.utcMs)?.time).toBeCloseTo(10 - 2.04, 3);
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => offsets.get('Yard')).toBe(0);
  await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
  await expect.poll(() => offsets.get('Yard')).toBe(2040);
});

test('the address names who is shown, and Y leads back', async () => {
  const { router, moment } = await mount('/moment/gate?at=40&with=Roof');
  await expect.poll(() => moment.shown).toEqual(['Gate', 'Roof']);
  await userEvent.keyboard('y');
  await expect.poll(() => router.currentRoute.value.name).toBe('recording');
  expect(router.currentRoute.value).toMatchObject({ params: { id: 'gate' }, query: { at: '40.00' } });
});
