/** The strip of evidence frames: which frames, what each supports, and the ways along them. */
import { defineComponent, h } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Flag } from '../../src-main/contract/flag.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import { evidenceTimes } from '../../src-renderer/components/evidence/evidence-frames.ts';
import EvidenceStrip from '../../src-renderer/components/evidence/EvidenceStrip.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { foundFlag, providePictures, recordingRow } from './evidence-fixture.ts';
import { mountWithService } from './support/window-service.ts';

beforeEach(providePictures);
afterEach(() => vi.unstubAllGlobals());

/** The strip in a window that hears shortcuts. */
const Window = defineComponent({
  props: { flag: { type: Object as () => Flag, required: true } },
  setup(props) {
    listenForShortcuts();
    return () => h(EvidenceStrip, { flag: props.flag });
  },
});

async function mount(changes: Partial<Flag> = {}) {
  const { flag } = await foundFlag();
  const shown = { ...flag, ...changes };
  const { screen } = await mountWithService(Window, { props: { flag: shown } });
  const player = usePlayer();
  player.recording = recordingRow;
  const frames = screen.getByRole('button');
  await expect
    .poll(() => frames.elements().length)
    .toBe(evidenceTimes(shown.claims).length + (shown.claims.length > 0 ? 2 : 0));
  return { screen, player, flag: shown, frames, times: evidenceTimes(shown.claims) };
}

test('shows the evidence frames in order, between a moment before and one after', async () => {
  const { frames, times, flag } = await mount();
  const names = frames.elements().map((frame) => frame.getAttribute('aria-label') ?? '');
  expect(names[0]).toContain('A moment before');
  expect(names.at(-1)).toContain('A moment after');
  expect(names.slice(1, -1).map((name) => name.split('. ')[0])).toEqual(
    times.map((time) => `Frame at ${englishFor.position(time)}`),
  );
  const who = flag.claims.find(({ kind }) => kind === 'who');
  const supporting = names[1 + times.indexOf(who?.evidence[0] ?? -1)];
  expect(supporting).toContain('2 persons in view.');
});

test('goes to a frame that is pressed and marks it', async () => {
  const { frames, player, times } = await mount();
  await frames.nth(2).click();
  expect(player.time).toBe(times[1]);
  await expect.element(frames.nth(2)).toHaveAttribute('aria-current', 'true');
});

test('marks the frame that the player passed last', async () => {
  const { frames, player, times } = await mount();
  player.time = (times[3] ?? 0) + 0.1;
  await expect.element(frames.nth(4)).toHaveAttribute('aria-current', 'true');
  player.time = 0;
  await expect.element(frames.nth(4)).not.toHaveAttribute('aria-current');
});

test('is walked along with the arrows, one stop for Tab', async () => {
  const { frames, player, flag } = await mount();
  const reachable = () => frames.elements().filter((frame) => (frame as HTMLElement).tabIndex === 0);
  expect(reachable()).toEqual([frames.nth(0).element()]);
  await userEvent.keyboard('{Tab}{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toBe(frames.nth(2).element());
  expect(reachable()).toEqual([frames.nth(2).element()]);
  await userEvent.keyboard('{End}{ArrowRight}');
  expect(document.activeElement).toBe(frames.last().element());
  await userEvent.keyboard('{Enter}');
  expect(player.time).toBe(flag.end + 1);
});

test('tells what the frame under the focus supports', async () => {
  const { screen, frames, times, flag } = await mount();
  const place = 1 + times.indexOf(flag.claims.find(({ kind }) => kind === 'who')?.evidence[0] ?? -1);
  (frames.nth(place).element() as HTMLElement).focus();
  await expect.element(screen.getByText(/2 persons in view/)).toBeVisible();
});

test('E goes to the next evidence frame and Shift+E to the one before', async () => {
  const { player, times } = await mount();
  for (const time of times) {
    await userEvent.keyboard('e');
    expect(player.time).toBe(time);
  }
  await userEvent.keyboard('e');
  expect(player.time).toBe(times.at(-1));
  await userEvent.keyboard('{Shift>}E{/Shift}');
  expect(player.time).toBe(times.at(-2));
});

test('says why a picture is not there', async () => {
  vi.unstubAllGlobals();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })));
  const { screen } = await mount();
  await expect.element(screen.getByText('File not found').first()).toBeVisible();
});

test('says plainly that there is no evidence', async () => {
  const { screen } = await mount({ claims: [] });
  await expect.element(screen.getByText(/No evidence frames/)).toBeVisible();
});
