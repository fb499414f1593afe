/** The player: its keys and buttons, and what it says when a recording cannot be played. */
import { defineComponent, h } from 'vue';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { PlaybackPlan } from '../../src-main/contract/playback.ts';
import PlayerPanel from '../../src-renderer/components/player/PlayerPanel.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { useFolderChoice } from '../../src-renderer/stores/folder-choice.ts';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { recordingRow } from './evidence-fixture.ts';
import { expectAccessible } from './support/accessible.ts';
import { type CallOverrides, mountWithService } from './support/window-service.ts';

afterEach(() => vi.unstubAllGlobals());

const plan: PlaybackPlan = {
  kind: 'segments',
  ...{ seconds: 90, frames: 2250, width: 640, height: 360, reason: 'codec' },
  ...{ mime: 'video/mp4; codecs="avc1.42c01e"', segmentSeconds: 4, segments: 23 },
  sheets: { count: 0, columns: 8, rows: 8, interval: 1, tileWidth: 160, tileHeight: 90 },
};

/** Media by the kind in their address; what is not here is answered with 404. */
function serveMedia(answers: Readonly<Record<string, () => Response>>) {
  const asked: string[] = [];
  const answer = async (url: string) => {
    asked.push(url);
    return answers[url.split('/')[2] ?? '']?.() ?? new Response('', { status: 404 });
  };
  vi.stubGlobal('fetch', vi.fn(answer));
  return asked;
}
const frameTimes = () => new Response(Float64Array.from({ length: 2250 }, (_, frame) => frame / 25));

async function mount(overrides: CallOverrides) {
  const Window = defineComponent(() => {
    listenForShortcuts();
    return () => h('div', { style: { height: '500px' } }, h(PlayerPanel));
  });
  const { screen } = await mountWithService(Window, { overrides });
  return { screen, player: usePlayer() };
}

// The still of a recording that no server has: the window does without.
const withoutStill = { ...recordingRow };
async function openWithoutStill(player: ReturnType<typeof usePlayer>) {
  const opening = player.open(withoutStill);
  player.poster = null;
  await opening;
}

test('a recording that cannot be planned says why over the picture, and is tried again at a press', async () => {
  serveMedia({});
  const asked = vi.fn<() => Promise<PlaybackPlan>>(async () => {
    throw new AppError('video-damaged', 'The file ends before its first frame.');
  });
  const { screen, player } = await mount({ playback: { plan: asked } });
  await openWithoutStill(player);
  await expect.element(screen.getByText('The file ends before its first frame.')).toBeVisible();
  await expectAccessible(screen.container);
  player.poster = null;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => asked.mock.calls.length).toBe(2);
});

test('a segment that fails twice is an error with its reason; another try asks for it once more', async () => {
  const failure = () => Response.json({ code: 'video-damaged', message: 'Frame 7 is damaged.' }, { status: 500 });
  const asked = serveMedia({ segment: failure, 'frame-times': frameTimes });
  const { screen, player } = await mount({ playback: { plan: async () => plan } });
  await openWithoutStill(player);
  await expect.element(screen.getByText('Frame 7 is damaged.')).toBeVisible();
  const segments = () => asked.filter((url) => url.includes('/segment/'));
  expect(segments().map((url) => url.split('/').at(-1))).toEqual(['0', '0']);
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => segments().length).toBe(4);
});

test('the shuttle keys run faster at each press, turn round, and stop; brackets change the speed', async () => {
  const { player } = await mount({});
  player.recording = recordingRow;
  await userEvent.keyboard('lll');
  expect([player.playing, player.rate]).toEqual([true, 4]);
  await userEvent.keyboard('j');
  expect([player.playing, player.rate]).toEqual([true, -1]);
  await userEvent.keyboard('k');
  expect([player.playing, player.rate]).toEqual([false, 1]);
  // A bracket is typed by two.
  await userEvent.keyboard('[[[[[[');
  await userEvent.keyboard(']');
  expect(player.rate).toBe(0.25);
});

test('the arrows move by seconds and stop at the ends', async () => {
  const { player } = await mount({});
  player.recording = recordingRow;
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowLeft}{/Shift}');
  expect(player.time).toBe(9);
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
  expect(player.time).toBe(0);
});

test('the flagged interval is repeated and left again by one key, and gone to by another', async () => {
  const { screen, player } = await mount({});
  player.recording = recordingRow;
  const repeat = screen.getByRole('button', { name: 'Repeat the flagged interval' });
  await expect.element(repeat).toBeDisabled();
  player.setInterval({ start: 40, end: 52 });
  await userEvent.keyboard('o');
  await expect.element(repeat).toHaveAttribute('aria-pressed', 'true');
  // With what comes before, as the settings have it.
  expect(player.time).toBe(38);
  expect(player.loop).toEqual({ start: 38, end: 52 });
  await userEvent.keyboard('o');
  expect(player.loop).toBeNull();
  player.seek(80);
  await userEvent.keyboard('{Home}');
  expect(player.time).toBe(40);
  await screen.getByRole('button', { name: 'To the end of the flag' }).click();
  // The frame that begins at 52 s is not in it any more.
  expect(player.time).toBeLessThan(52);
  expect(player.time).toBeGreaterThan(51.99);
});

test('without a flag, the same keys go to both ends of the recording, and their buttons say so', async () => {
  const { screen, player } = await mount({});
  player.recording = recordingRow;
  player.seek(33);
  await userEvent.keyboard('{End}');
  expect(player.time).toBe(90);
  await userEvent.keyboard('{Home}');
  expect(player.time).toBe(0);
  await screen.getByRole('button', { name: 'To the end of the recording' }).click();
  expect(player.time).toBe(90);
  await screen.getByRole('button', { name: 'To the start of the recording' }).click();
  expect(player.time).toBe(0);
});

test('a clock that is only the time of the file is marked as such; a recorded one is not', async () => {
  const { screen, player } = await mount({});
  const utcMs = Date.UTC(2026, 2, 14, 12);
  player.recording = { ...recordingRow, clock: { utcMs, source: 'file-time', text: '' } };
  const mark = screen.getByText('(Time of the file, not of the recording)');
  await expect.element(mark).toBeInTheDocument();
  await expect
    .element(screen.getByTitle('Time of the file, not of the recording: 2026-03-14 12:00:00 UTC'))
    .toBeVisible();
  player.recording = { ...recordingRow, clock: { utcMs, source: 'file-name', text: '20260314_120000' } };
  await expect.element(screen.getByTitle('Clock of the camera: 2026-03-14 12:00:00 UTC')).toBeVisible();
  await expect.element(mark).not.toBeInTheDocument();
});

test('a file that is gone is named with the way back, which opens the choice of folders', async () => {
  serveMedia({});
  const { screen, player } = await mount({
    playback: {
      plan: async () => {
        throw new AppError('not-found', 'The file is gone; import its new place.');
      },
    },
  });
  await openWithoutStill(player);
  await expect.element(screen.getByText('The file of this recording is not where it was')).toBeVisible();
  await expect.element(screen.getByText(recordingRow.path)).toBeVisible();
  await expectAccessible(screen.container);
  await screen.getByRole('button', { name: 'Import its new place…' }).click();
  expect(useFolderChoice().isOpen).toBe(true);
});

test('an original that is not given says what the program says, not what the element makes of it', async () => {
  const withheld = () =>
    Response.json({ code: 'file-unreadable', message: 'The file changed; import its folder again.' }, { status: 422 });
  serveMedia({ recording: withheld, 'frame-times': frameTimes });
  const { seconds, frames, width, height, sheets } = plan;
  const original = { kind: 'original', seconds, frames, width, height, sheets, startTime: 0 } as const;
  const { screen, player } = await mount({ playback: { plan: async () => original } });
  await openWithoutStill(player);
  await expect.element(screen.getByText('The file changed; import its folder again.')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Import its folder again…' })).toBeVisible();
});

test('a segment that cannot be had is left behind by a seek to another one', async () => {
  const damaged = () => Response.json({ code: 'video-damaged', message: 'Frame 7 is damaged.' }, { status: 500 });
  const asked = serveMedia({ segment: damaged, 'frame-times': frameTimes });
  const { screen, player } = await mount({ playback: { plan: async () => plan } });
  await openWithoutStill(player);
  await expect.element(screen.getByText('Frame 7 is damaged.')).toBeVisible();
  player.seek(42);
  await expect.poll(() => asked.filter((url) => url.includes('/segment/') && url.endsWith('/10')).length).toBe(2);
});

test('the speed is chosen from a menu, backwards too', async () => {
  const { screen, player } = await mount({});
  player.recording = recordingRow;
  await screen.getByRole('button', { name: 'Speed 1×' }).click();
  await screen.getByRole('menuitem', { name: '−8×' }).click();
  expect(player.rate).toBe(-8);
});

test('the times stay where they are while they count', async () => {
  const { screen, player } = await mount({});
  player.recording = recordingRow;
  const length = screen.getByText('/ 1:30.00');
  await expect.element(length).toBeVisible();
  const before = length.element().getBoundingClientRect().x;
  for (const time of [1.11, 8.88, 59.99, 80.08]) {
    player.time = time;
    await expect.poll(() => length.element().parentElement?.textContent).toContain(String(time % 60).slice(-2));
    expect(length.element().getBoundingClientRect().x).toBeCloseTo(before, 5);
  }
});
