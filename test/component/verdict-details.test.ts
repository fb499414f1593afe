/** What goes with a verdict, without a pointer: reasons, classes, tags, bounds at the playhead; and the way back from each. */
import { defineComponent, h } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import BoundsKeys from '../../src-renderer/components/timeline/BoundsKeys.vue';
import VerdictBar from '../../src-renderer/components/queue/VerdictBar.vue';
import ShortcutSettings from '../../src-renderer/components/shell/ShortcutSettings.vue';
import ToastStack from '../../src-renderer/components/shell/ToastStack.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { useUndoShortcuts } from '../../src-renderer/composables/use-undo-shortcuts.ts';
import { useHistory } from '../../src-renderer/stores/history.ts';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { useQueue } from '../../src-renderer/stores/queue.ts';
import { useReview } from '../../src-renderer/stores/review.ts';
import { providePictures } from './evidence-fixture.ts';
import { flagArchive, flagId, recordingAt } from './queue-fixture.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService } from './support/window-service.ts';

beforeEach(() => {
  sessionStorage.clear();
  providePictures();
});

async function mount(count = 4) {
  const archive = flagArchive(count);
  const Window = defineComponent(() => {
    listenForShortcuts();
    useUndoShortcuts();
    const review = useReview();
    return () => [
      h(VerdictBar),
      h(BoundsKeys, { flag: review.flag }),
      h(ShortcutSettings, { query: '' }),
      h(ToastStack),
    ];
  });
  const { screen } = await mountWithService(Window, { overrides: archive.overrides });
  const [queue, review, history] = [useQueue(), useReview(), useHistory()];
  await expect.poll(() => review.flag?.id).toBe(flagId(0));
  await expect.poll(() => review.recording).not.toBeNull();
  return { screen, archive, queue, review, history, verdict: (number: number) => archive.flag(flagId(number)).verdict };
}
const undo = () => userEvent.keyboard('{Control>}z{/Control}');
const redo = () => userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');

test('a flag is rejected with a reason of the list by its number, or in words of one’s own', async () => {
  const { screen, queue, verdict } = await mount();
  await userEvent.keyboard('{Shift>}X{/Shift}');
  await expect.element(screen.getByRole('combobox', { name: 'Reject because …' })).toHaveFocus();
  await userEvent.keyboard('4');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'reject', reason: 'animal' });
  await expect.poll(() => queue.selectedId).toBe(flagId(1));
  await userEvent.keyboard('{Shift>}X{/Shift}');
  await expect.element(screen.getByRole('combobox', { name: 'Reject because …' })).toHaveFocus();
  await userEvent.keyboard('the postman{Enter}');
  await expect.poll(() => verdict(1)).toMatchObject({ decision: 'reject', reason: 'the postman' });
  // Why it was rejected does not go with another verdict.
  queue.select(flagId(0));
  await userEvent.keyboard('c');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'confirm' });
  expect(verdict(0)?.reason).toBeUndefined();
});

test('a class of one’s own is made by typing it, and the reviewer’s former ones are offered', async () => {
  const { screen, review, verdict } = await mount();
  await userEvent.keyboard('r');
  await expect.element(screen.getByRole('option', { name: 'Forklift' })).toBeVisible();
  await expectAccessible(document.querySelector('.pick-popover') ?? document.body);
  await userEvent.keyboard('Fork truck{Enter}');
  await expect.poll(() => review.details?.class).toBe('fork-truck');
  await userEvent.keyboard('c');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'confirm', class: 'fork-truck' });
});

test('tags are given one after the other, taken away, and come back', async () => {
  const { screen, archive, history } = await mount();
  const tags = () => archive.flag(flagId(0)).tags ?? [];
  await userEvent.keyboard('#');
  await expect.element(screen.getByRole('combobox', { name: 'Tags of this flag' })).toHaveFocus();
  await userEvent.keyboard('night{Enter}');
  await expect.poll(tags).toEqual(['night']);
  await userEvent.keyboard('back door{Enter}{Escape}');
  await expect.poll(tags).toEqual(['back door', 'night']);
  await screen.getByRole('button', { name: 'Take the tag “night” away' }).click();
  await expect.poll(tags).toEqual(['back door']);
  await undo();
  await expect.poll(tags).toEqual(['back door', 'night']);
  await undo();
  await expect.poll(tags).toEqual(['night']);
  await redo();
  await expect.poll(tags).toEqual(['back door', 'night']);
  expect(history.canRedo).toBe(true);
});

test('bounds are set where the player stands and moved by frames, as one change each', async () => {
  const { review, history, verdict, archive } = await mount();
  const player = usePlayer();
  player.recording = recordingAt(0);
  player.frameTimes = Float64Array.from({ length: 600 }, (_, frame) => frame / 25);
  const { start, end } = archive.flag(flagId(0));
  const shown = () => [review.details?.start, review.details?.end];
  player.time = 12;
  await userEvent.keyboard('s');
  expect(shown()).toEqual([12, end]);
  await userEvent.keyboard('w');
  expect(shown()).toEqual([12.04, end]);
  await userEvent.keyboard('qq');
  expect(shown()).toEqual([11.96, end]);
  // They rest: all of it is one change.
  await expect.poll(() => history.undoLabel).toMatch(/^interval corrected/);
  await undo();
  await expect.poll(shown).toEqual([start, end]);
  await redo();
  await expect.poll(shown).toEqual([11.96, end]);
  // On the move still, they are part of the verdict.
  await userEvent.keyboard('{Shift>}Q{/Shift}');
  await userEvent.keyboard('c');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'confirm', start: 11.96 });
  expect(verdict(0)?.end).toBeCloseTo(end - 0.04, 6);
});

test('everything is undone in its order, and each says what it was', async () => {
  const { screen, history, queue, verdict, review } = await mount();
  await userEvent.keyboard('r');
  await expect.element(screen.getByRole('combobox', { name: 'What happened' })).toHaveFocus();
  await userEvent.keyboard('theft{Enter}');
  await expect.poll(() => review.details?.class).toBe('theft');
  await userEvent.keyboard('m');
  await userEvent.keyboard('by the door{Enter}');
  await userEvent.keyboard('x');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'reject', class: 'theft', note: 'by the door' });
  const labels = history.done.map(({ label }) => label.split(' – ')[0]);
  expect(labels).toEqual(['class changed', 'note', 'rejected']);
  await undo();
  await expect.poll(() => verdict(0)).toBeNull();
  await expect.element(screen.getByText(/^Undone: rejected – Theft/)).toBeVisible();
  expect(queue.selectedId).toBe(flagId(0));
  expect(history.canUndo).toBe(true);
});

test('a shortcut gets another key, which is named where it is taken, and its old one back', async () => {
  const { screen, queue, verdict } = await mount();
  await screen.getByRole('button', { name: 'Change the key of “Confirm and go on”, now C' }).click();
  await userEvent.keyboard('x');
  await expect.element(screen.getByText('X belongs to “Reject and go on”.')).toBeVisible();
  await screen.getByRole('button', { name: 'Use it here; “Reject and go on” is left without a key' }).click();
  await expect
    .element(screen.getByRole('button', { name: 'Change the key of “Confirm and go on”, now X' }))
    .toBeVisible();
  await expect.element(screen.getByRole('button', { name: /“Reject and go on”, now No key/ })).toBeVisible();
  await expectAccessible(screen.container);
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('x');
  await expect.poll(() => verdict(0)).toMatchObject({ decision: 'confirm' });
  await expect.poll(() => queue.selectedId).toBe(flagId(1));
  await userEvent.keyboard('c');
  await screen.getByRole('button', { name: 'All back to the defaults' }).click();
  await expect.element(screen.getByRole('button', { name: /“Reject and go on”, now X/ })).toBeVisible();
  expect(verdict(1)).toBeNull();
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('x');
  await expect.poll(() => verdict(1)).toMatchObject({ decision: 'reject' });
});
