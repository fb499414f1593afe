/** The timeline: where a click leads, what zooming keeps in place, and that playing draws nothing anew. */
import { defineComponent, h, ref } from 'vue';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { RecordingRow } from '../../src-main/contract/recording.ts';
import type { Timeline } from '../../src-main/contract/timeline.ts';
import TimelinePanel from '../../src-renderer/components/timeline/TimelinePanel.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { useTimeline } from '../../src-renderer/stores/timeline.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService } from './support/window-service.ts';

const seconds = 100;
const id = 'ab'.repeat(32);
const recording: RecordingRow = {
  id,
  path: '/footage/yard.mp4',
  camera: 'yard',
  clock: { utcMs: null, source: 'none', text: '' },
  bytes: 1,
  status: 'ready',
  reason: null,
  video: { seconds, width: 640, height: 360, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' },
  flags: 2,
  openFlags: 1,
  scanned: true,
};
const flag = (flagId: string, start: number, end: number, verdict: Flag['verdict'] = null): Flag => ({
  ...{ id: flagId, recording: id, path: recording.path, camera: 'yard', start, end, class: 'fight', score: 0.9 },
  ...{ explanation: '', claims: [], trajectory: 'cd'.repeat(32), policy: 'rules', policyVersion: '1', verdict },
});
const confirmed = { decision: 'confirm', class: null, start: null, end: null, note: '', decidedAtMs: 1 } as const;
const flags = [flag('early', 10, 20), flag('late', 60, 70, confirmed)];
const timeline: Timeline = {
  seconds,
  activity: Array.from({ length: seconds }, (_, second) => (second % 10) / 20),
  policy: 'rules',
  episodes: [{ start: 0, end: 80, trajectory: 'cd'.repeat(32), scores: Array.from({ length: 80 }, () => 0.3) }],
  looks: [{ start: 0, end: 80, density: 0.1, purpose: 'opening-look', times: [5, 15, 25, 35, 45, 55, 65, 75] }],
};

afterEach(() => vi.restoreAllMocks());

async function mount() {
  const chosen: string[] = [];
  const selected = ref<string | null>(null);
  const Window = defineComponent(() => {
    listenForShortcuts();
    return () =>
      h('div', { style: { width: '1000px' } }, [
        h(TimelinePanel, { flags, selected: selected.value, onSelect: (one: string) => chosen.push(one) }),
      ]);
  });
  const { screen } = await mountWithService(Window, {
    overrides: { recordings: { timeline: async () => timeline } },
  });
  const player = usePlayer();
  player.recording = recording;
  await useTimeline().load(id);
  const slider = screen.getByRole('slider', { name: 'Position in the recording' });
  await expect.element(slider).toHaveAttribute('aria-valuemax', String(seconds));
  const track = slider.element() as HTMLElement;
  await expect.poll(() => track.getBoundingClientRect().width).toBeGreaterThan(900);
  /** Clicks at a share of the width, `y` pixels from the top. */
  const click = (share: number, y = 80) => slider.click({ position: { x: share * track.clientWidth, y } });
  return { screen, player, slider, track, chosen, selected, click };
}

/** Two pictures of the page: whatever was to be drawn is drawn. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

test('a click goes to the instant under it', async () => {
  const { player, click } = await mount();
  await click(0.5);
  expect(player.time).toBeCloseTo(50, 0);
});

test('zooming by the wheel keeps the instant under the pointer, and the key 0 shows everything again', async () => {
  const { player, track, click } = await mount();
  const { left, width } = track.getBoundingClientRect();
  const wheel = { deltaY: -600, clientX: left + 0.8 * width, clientY: 0, bubbles: true, cancelable: true };
  track.dispatchEvent(new WheelEvent('wheel', wheel));
  await click(0.8);
  expect(player.time).toBeCloseTo(80, 0);
  await click(0.7);
  // exp(0.0022 · 600) times closer: a tenth of the width is 10 s no more.
  expect(player.time).toBeCloseTo(80 - 10 / Math.exp(1.32), 0);
  await userEvent.keyboard('0');
  await click(0.7);
  expect(player.time).toBeCloseTo(70, 0);
});

test('a wheel with Shift, and the ruler under a pointer that drags it, move a timeline that is zoomed', async () => {
  const { player, track, screen, click } = await mount();
  await click(0.5);
  await screen.getByRole('button', { name: 'Zoom in' }).click();
  await click(0);
  expect(player.time).toBeCloseTo(25, 0);
  track.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, shiftKey: true, bubbles: true, cancelable: true }));
  await click(0);
  expect(player.time).toBeCloseTo(25 + (100 / track.clientWidth) * 50, 0);
});

test('a playhead that leaves what is shown takes the timeline with it; one that was left alone does not', async () => {
  const { player, track, screen, click } = await mount();
  await click(0.5);
  await screen.getByRole('button', { name: 'Zoom in' }).click();
  player.seek(90);
  await drawn();
  await click(0);
  // The page has 50 s; the last one ends with the recording.
  expect(player.time).toBeCloseTo(50, 0);
  player.seek(80);
  await drawn();
  track.dispatchEvent(new WheelEvent('wheel', { deltaX: -2000, bubbles: true, cancelable: true }));
  player.seek(81);
  await drawn();
  await click(0);
  expect(player.time).toBeCloseTo(0, 0);
});

test('a click on a flag chooses it and leaves the playhead where it is', async () => {
  const { player, chosen, click } = await mount();
  await click(0.65, 30);
  expect(chosen).toEqual(['late']);
  expect(player.time).toBe(0);
  await click(0.4, 30);
  expect(chosen).toEqual(['late']);
  expect(player.time).toBeCloseTo(40, 0);
});

test('the chosen flag is what the player repeats', async () => {
  const { player, selected } = await mount();
  selected.value = 'late';
  await expect.poll(() => player.interval).toEqual({ start: 60, end: 70 });
});

test('under the focus the arrows move, Home and End go to the ends, and the value is said in words', async () => {
  const { player, slider, track } = await mount();
  track.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(player.time).toBe(15);
  await expect.element(slider).toHaveAttribute('aria-valuetext', '0:15 of 1:40, in the flag “Fight”');
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  expect(player.time).toBe(14);
  await userEvent.keyboard('{End}');
  expect(player.time).toBe(seconds);
  await userEvent.keyboard('{Home}');
  expect(player.time).toBe(0);
});

test('while it plays only the playhead moves; another theme is drawn anew', async () => {
  const { player, track } = await mount();
  const clears = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect');
  await expect
    .poll(async () => {
      clears.mockClear();
      await drawn();
      return clears.mock.calls.length;
    })
    .toBe(0);
  const playhead = track.querySelector('.playhead') as HTMLElement;
  const before = playhead.getBoundingClientRect().x;
  for (let step = 1; step <= 5; step++) {
    player.time = step * 2;
    await drawn();
  }
  expect(playhead.getBoundingClientRect().x - before).toBeCloseTo(track.clientWidth / 10, 0);
  expect(clears).not.toHaveBeenCalled();
  document.documentElement.dataset['theme'] = 'light';
  await expect.poll(() => clears.mock.calls.length).toBeGreaterThan(0);
  delete document.documentElement.dataset['theme'];
});

test('the legend says in words what the drawing shows', async () => {
  const { screen, track } = await mount();
  const legend = screen.getByRole('list').element().textContent;
  expect(legend).toContain('1 open, 1 confirmed, 0 rejected, 0 unsure');
  expect(legend).toContain('1 look at 8 frames');
  await expectAccessible(track.closest('section') as Element);
});

/** A recording of 100 s at ten in the morning (UTC), with another of its camera an hour before. */
const morningMs = Date.UTC(2026, 2, 14, 10);
const other = {
  ...{ recording: 'cd'.repeat(32), path: '/footage/before.mp4', utcMs: morningMs - 3_600_000, seconds: 600 },
  ...{ scanned: true, activity: Array.from({ length: 600 }, () => 0.5) },
  flags: [{ id: 'earlier', start: 60, end: 120, class: 'fall', score: 0.7, state: 'open' as const }],
};
const clocked: RecordingRow = { ...recording, clock: { utcMs: morningMs, source: 'file-name', text: '10:00' } };

async function mountDay() {
  const selected = ref<string | null>('early');
  const Window = defineComponent(() => {
    listenForShortcuts();
    return () =>
      h('div', { style: { width: '1000px' } }, [
        h(TimelinePanel, { flags, selected: selected.value, onSelect: (one: string) => (selected.value = one) }),
      ]);
  });
  const open = { ...other, recording: id, path: recording.path, utcMs: morningMs, seconds, activity: [], flags: [] };
  const { screen, core, router } = await mountWithService(Window, {
    overrides: {
      recordings: { timeline: async () => timeline },
      cameras: { footage: async () => ({ footage: [other, open] }) },
      playback: {
        groundTruth: async () => ({
          truth: { source: '/footage/ground-truth.json', intervals: [{ start: 12, end: 18, class: 'fall' }] },
        }),
      },
      settings: { get: async () => ({ settings: { timeZone: 'UTC' } }) },
    },
  });
  const player = usePlayer();
  player.recording = clocked;
  await useTimeline().load(id);
  const slider = screen.getByRole('slider', { name: 'Position in the recording' });
  await expect.element(slider).toHaveAttribute('aria-valuemax', String(seconds));
  const track = slider.element() as HTMLElement;
  await expect.poll(() => core.calls.filter(({ name }) => name === 'cameras.footage').length).toBeGreaterThan(0);
  return { screen, core, router, player, slider, track, selected };
}

test('a recording with a clock is shown in its camera’s day, and another one of the day is opened from it', async () => {
  const { screen, core, router, player, slider, track } = await mountDay();
  const asked = core.calls.findLast(({ name }) => name === 'cameras.footage')?.params;
  expect(asked).toEqual({ camera: 'yard', fromUtcMs: Date.UTC(2026, 2, 14), toUtcMs: Date.UTC(2026, 2, 15) });
  await screen.getByRole('button', { name: 'Show the whole day of this camera' }).click();
  // At 9:05 of 24 hours.
  await slider.click({ position: { x: ((9 + 5 / 60) / 24) * track.clientWidth, y: 80 } });
  await expect.poll(() => router.currentRoute.value.params['id']).toBe(other.recording);
  expect(Number(router.currentRoute.value.query['at'])).toBeGreaterThan(250);
  expect(Number(router.currentRoute.value.query['at'])).toBeLessThan(350);
  // Where there is no footage, nothing happens.
  await slider.click({ position: { x: 0.1 * track.clientWidth, y: 80 } });
  expect(player.time).toBe(0);
  expect(player.recording?.id).toBe(id);
});

test('the ends of the chosen flag are dragged and moved by frames', async () => {
  const { screen, player, track } = await mountDay();
  player.frameTimes = Float64Array.from({ length: seconds * 25 }, (_, frame) => frame / 25);
  const start = screen.getByRole('slider', { name: 'Beginning of the flagged interval' });
  await expect.element(start).toHaveAttribute('aria-valuenow', '10');
  const handle = start.element() as HTMLElement;
  const { left, width, top } = track.getBoundingClientRect();
  const at = (second: number) => ({
    ...{ clientX: left + (second / seconds) * width, clientY: top + 30, pointerId: 1, button: 0, bubbles: true },
    pointerType: 'mouse',
  });
  vi.spyOn(handle, 'setPointerCapture').mockImplementation(() => undefined);
  handle.dispatchEvent(new PointerEvent('pointerdown', at(10)));
  handle.dispatchEvent(new PointerEvent('pointermove', at(13.015)));
  handle.dispatchEvent(new PointerEvent('pointerup', at(13.015)));
  // At a frame, which is shown.
  await expect.element(start).toHaveAttribute('aria-valuenow', '13');
  expect(player.time).toBe(13);
  handle.focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(start).toHaveAttribute('aria-valuenow', '13.04');
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  await expect.element(start).toHaveAttribute('aria-valuenow', '12.64');
  await expectAccessible(track.closest('section') as Element);
});

test('the next flag of the recording is a key away, and what is known to be true is told', async () => {
  const { screen, selected } = await mountDay();
  await userEvent.keyboard('{Control>}{ArrowRight}{/Control}');
  expect(selected.value).toBe('late');
  await userEvent.keyboard('{Control>}{ArrowLeft}{/Control}');
  expect(selected.value).toBe('early');
  await expect.element(screen.getByText('Ground truth 1')).toBeVisible();
});

test('the small picture of all there is moves what the timeline shows', async () => {
  const { screen, player, track, click } = await mount();
  await screen.getByRole('button', { name: 'Zoom in' }).click();
  const map = track.closest('section')?.querySelector('.minimap') as HTMLElement;
  vi.spyOn(map, 'setPointerCapture').mockImplementation(() => undefined);
  const { left, width } = map.getBoundingClientRect();
  const press = (type: string, share: number) =>
    map.dispatchEvent(
      new PointerEvent(type, { clientX: left + share * width, button: 0, pointerId: 1, bubbles: true }),
    );
  // The first half is shown; what is pressed beside it comes to the middle, as far as there is anything.
  press('pointerdown', 0.8);
  press('pointerup', 0.8);
  await click(0.3);
  expect(player.time).toBeCloseTo(50 + 0.3 * 50, 0);
  // Taken hold of, it goes along.
  press('pointerdown', 0.6);
  press('pointermove', 0.4);
  press('pointerup', 0.4);
  await click(0);
  expect(player.time).toBeCloseTo(30, 0);
});
