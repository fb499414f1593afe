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
  ...{ explanation: '', claims: [], trajectory: 'cd'.repeat(32), policy: 'rules', verdict },
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
  expect(legend).toContain('1 looks at 8 frames');
  await expectAccessible(track.closest('section') as Element);
});
