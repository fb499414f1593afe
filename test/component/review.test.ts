/** Verdicts: without a pointer, shown at once, rolled back where they are refused, undone and done again. */
import { defineComponent, h } from 'vue';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Service } from '../../src-main/contract/service.ts';
import MissDialog from '../../src-renderer/components/queue/MissDialog.vue';
import QueuePanel from '../../src-renderer/components/queue/QueuePanel.vue';
import VerdictBar from '../../src-renderer/components/queue/VerdictBar.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import { useUndoShortcuts } from '../../src-renderer/composables/use-undo-shortcuts.ts';
import { useHistory } from '../../src-renderer/stores/history.ts';
import { useNotices } from '../../src-renderer/stores/notices.ts';
import { useQueue } from '../../src-renderer/stores/queue.ts';
import { useReview } from '../../src-renderer/stores/review.ts';
import { providePictures } from './evidence-fixture.ts';
import { type FlagArchive, flagArchive, flagId, recordingAt } from './queue-fixture.ts';
import { mountWithService } from './support/window-service.ts';

beforeEach(() => {
  sessionStorage.clear();
  providePictures();
});

/** The queue and the verdict bar in a window that hears shortcuts. */
const Window = defineComponent({
  setup() {
    listenForShortcuts();
    useUndoShortcuts();
    return () => [h('div', { style: { height: '480px' } }, h(QueuePanel)), h(VerdictBar)];
  },
});

async function mount(archive: FlagArchive) {
  const mounted = await mountWithService(Window, { overrides: archive.overrides });
  const [queue, review] = [useQueue(), useReview()];
  await expect.poll(() => review.flag?.id).toBe(queue.ids[0]);
  await expect.poll(() => review.recording).not.toBeNull();
  const decisionOf = (number: number) => archive.flag(flagId(number)).verdict?.decision ?? null;
  return { ...mounted, archive, queue, review, notices: useNotices(), decisionOf };
}

describe('a verdict', () => {
  test('takes one key, and twenty flags are gone through without a pointer', async () => {
    const { queue, decisionOf, screen } = await mount(flagArchive(40));
    const keys = ['c', 'x', 'u', 'x'] as const;
    for (let number = 0; number < 20; number++) {
      await expect.poll(() => queue.selectedId).toBe(flagId(number));
      await userEvent.keyboard(keys[number % 4] ?? 'c');
    }
    await expect.poll(() => decisionOf(19)).toBe('reject');
    const decisions = Array.from({ length: 20 }, (_, number) => decisionOf(number));
    expect(decisions.slice(0, 4)).toEqual(['confirm', 'reject', 'unsure', 'reject']);
    expect(decisions.filter((decision) => decision === null)).toEqual([]);
    expect(queue.states).toEqual({ open: 20, confirm: 5, reject: 10, unsure: 5 });
    await expect.element(screen.getByText('21 of 40')).toBeVisible();
  });

  test('goes on to the next flag that is open, past decided ones and from the end to the beginning', async () => {
    const { queue } = await mount(flagArchive(6, (number) => number === 3 || number === 4));
    queue.filter = { ...queue.filter, states: [] };
    await expect.poll(() => queue.ids.length).toBe(6);
    queue.select(flagId(2));
    await userEvent.keyboard('c');
    await expect.poll(() => queue.selectedId).toBe(flagId(5));
    await userEvent.keyboard('c');
    await expect.poll(() => queue.selectedId).toBe(flagId(0));
  });

  test('finds the next open flag far beyond the rows that were read', async () => {
    const archive = flagArchive(20_000, (number) => number > 0 && number < 15_000);
    const { queue, core } = await mount(archive);
    queue.filter = { ...queue.filter, states: [] };
    await expect.poll(() => queue.ids.length).toBe(20_000);
    const before = core.calls.length;
    await userEvent.keyboard('x');
    await expect.poll(() => queue.selectedId).toBe(flagId(15_000));
    expect(core.calls.length - before).toBeLessThan(12);
  });

  test('stays at the last one', async () => {
    const { queue, decisionOf } = await mount(flagArchive(1));
    await userEvent.keyboard('c');
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    expect(queue.selectedId).toBe(flagId(0));
    expect(queue.states.open).toBe(0);
  });

  test('is shown before the core has answered', async () => {
    const { archive, queue, screen, decisionOf } = await mount(flagArchive(5));
    const release = archive.holdVerdicts();
    await userEvent.keyboard('c');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    await expect.element(screen.getByRole('button', { name: 'Confirmed 1', exact: true })).toBeVisible();
    expect(decisionOf(0)).toBeNull();
    release();
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    expect(queue.row(flagId(0))?.verdict?.decision).toBe('confirm');
  });

  test('is rolled back and said where the core refuses it', async () => {
    const { archive, queue, notices } = await mount(flagArchive(5));
    archive.refuse(new AppError('disk-full', 'The disk is full.'));
    await userEvent.keyboard('c');
    await expect
      .poll(() => notices.notices.map(({ text }) => text))
      .toEqual(['The verdict was not saved. The disk is full. Free some space and try again.']);
    expect(queue.row(flagId(0))?.verdict).toBeNull();
    expect(queue.states).toEqual({ open: 5, confirm: 0, reject: 0, unsure: 0 });
    expect(useHistory().canUndo).toBe(false);
    notices.notices[0]?.action?.();
    expect(queue.selectedId).toBe(flagId(0));
  });

  test('is not given twice by pressing its key again', async () => {
    const { core, queue, archive } = await mount(flagArchive(3, (number) => number === 0));
    queue.filter = { ...queue.filter, states: [] };
    await expect.poll(() => queue.ids.length).toBe(3);
    queue.select(flagId(0));
    await expect.poll(() => queue.row(flagId(0))?.verdict?.decision).toBe('reject');
    await userEvent.keyboard('x');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    expect(core.calls.filter(({ name }) => name === 'verdicts.decide')).toEqual([]);
    expect(archive.flag(flagId(0)).verdict?.decision).toBe('reject');
  });
});

describe('undo', () => {
  test('takes verdicts back in order, shows their flags, and redo gives them again', async () => {
    const { queue, decisionOf } = await mount(flagArchive(5));
    await userEvent.keyboard('c');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    await userEvent.keyboard('x');
    await expect.poll(() => queue.selectedId).toBe(flagId(2));
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    await expect.poll(() => decisionOf(1)).toBeNull();
    expect(decisionOf(0)).toBe('confirm');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => decisionOf(0)).toBeNull();
    expect(useHistory().canUndo).toBe(false);
    await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
    await expect.poll(() => decisionOf(1)).toBe('reject');
    expect(queue.selectedId).toBe(flagId(1));
    expect(queue.states).toEqual({ open: 3, confirm: 1, reject: 1, unsure: 0 });
  });

  test('waits for the verdict that it takes back', async () => {
    const { archive, queue, decisionOf, core } = await mount(flagArchive(3));
    const release = archive.holdVerdicts();
    await userEvent.keyboard('c');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => queue.selectedId).toBe(flagId(0));
    expect(queue.row(flagId(0))?.verdict).toBeNull();
    release();
    const verdictCalls = () => core.calls.map(({ name }) => name).filter((name) => name.startsWith('verdicts.'));
    await expect.poll(verdictCalls).toEqual(['verdicts.decide', 'verdicts.undo']);
    await expect.poll(() => queue.row(flagId(0))?.verdict ?? null).toBeNull();
    expect(decisionOf(0)).toBeNull();
  });

  test('leaves alone what another window decided since, and says so', async () => {
    const { archive, core, queue, notices, decisionOf } = await mount(flagArchive(3));
    await userEvent.keyboard('c');
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    await expect.poll(() => queue.selectedId).toBe(flagId(1));
    const mine = archive.flag(flagId(0));
    const theirs = { ...mine, verdict: { ...mine.verdict!, decision: 'reject' as const } };
    core.emit('flag.changed', theirs);
    await expect.poll(() => notices.notices.map(({ text }) => text).join()).toContain('another window');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => queue.selectedId).toBe(flagId(0));
    await expect.poll(() => useHistory().canUndo).toBe(false);
    expect(core.calls.map(({ name }) => name)).not.toContain('verdicts.undo');
    expect(queue.row(flagId(0))?.verdict?.decision).toBe('reject');
  });

  test('brings back the verdict that another one replaced', async () => {
    const { queue, review, decisionOf } = await mount(flagArchive(3));
    await userEvent.keyboard('c');
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    queue.select(flagId(0));
    await userEvent.keyboard('x');
    await expect.poll(() => decisionOf(0)).toBe('reject');
    await review.undo();
    expect(decisionOf(0)).toBe('confirm');
    await review.redo();
    expect(decisionOf(0)).toBe('reject');
  });

  test('forgets what was undone once something new is decided', async () => {
    const { queue, review, decisionOf } = await mount(flagArchive(3));
    await userEvent.keyboard('c');
    await expect.poll(() => decisionOf(0)).toBe('confirm');
    await review.undo();
    expect(useHistory().canRedo).toBe(true);
    expect(queue.selectedId).toBe(flagId(0));
    await userEvent.keyboard('u');
    await expect.poll(() => decisionOf(0)).toBe('unsure');
    expect(useHistory().canRedo).toBe(false);
  });

  test('an open flag is what taking back leaves, however many verdicts there were', async () => {
    const { queue, review, screen, decisionOf } = await mount(flagArchive(3));
    await review.decide('confirm');
    queue.select(flagId(0));
    await review.decide('reject');
    queue.select(flagId(0));
    await screen.getByRole('button', { name: 'Take back' }).click();
    await expect.poll(() => decisionOf(0)).toBeNull();
    await review.undo();
    expect(decisionOf(0)).toBe('reject');
  });

  test('says that a flag is gone instead of waiting for it', async () => {
    const { archive, queue, review, notices } = await mount(flagArchive(3));
    await review.decide('confirm');
    archive.remove(flagId(0));
    await queue.refresh();
    await review.undo();
    expect(notices.notices.map(({ text }) => text)).toEqual(['The flag of that verdict is no longer there.']);
    expect(useHistory().canUndo).toBe(false);
  });
});

describe('what a verdict says besides', () => {
  test('class, note and interval chosen before are part of it, and only what differs', async () => {
    const { archive, screen, core } = await mount(flagArchive(3));
    await userEvent.keyboard('r');
    await expect.element(screen.getByRole('combobox', { name: 'What happened' })).toHaveFocus();
    await userEvent.keyboard('vand{Enter}');
    await expect.element(screen.getByRole('button', { name: /Vandalism$/ })).toBeVisible();
    await userEvent.keyboard('m');
    await userEvent.keyboard('broken lamp{Enter}');
    await userEvent.keyboard('c');
    await expect
      .poll(() => archive.flag(flagId(0)).verdict)
      .toMatchObject({
        decision: 'confirm',
        class: 'vandalism',
        note: 'broken lamp',
        start: null,
        end: null,
      });
    expect(core.calls.filter(({ name }) => name === 'verdicts.decide')).toHaveLength(1);
  });

  test('a class chosen afterwards changes the verdict and stays at the flag', async () => {
    const { archive, queue, screen, review } = await mount(flagArchive(3));
    await review.decide('confirm');
    queue.select(flagId(0));
    await screen
      .getByRole('button', { name: /^Class/ })
      .last()
      .click();
    await screen.getByRole('option', { name: 'Fall' }).click();
    await expect.poll(() => archive.flag(flagId(0)).verdict).toMatchObject({ decision: 'confirm', class: 'fall' });
    expect(queue.selectedId).toBe(flagId(0));
    await expect.element(screen.getByText(/Confirmed .* as Fall/)).toBeVisible();
  });

  test('an interval is corrected by its bounds, within the recording', async () => {
    const { archive, screen } = await mount(flagArchive(3));
    await screen.getByRole('button', { name: /^Interval/ }).click();
    const [start, end] = [screen.getByLabelText('Start'), screen.getByLabelText('End')];
    await expect.element(start).toHaveValue('0:10.0');
    await end.fill('10:30');
    await expect.element(screen.getByText('The recording is 10:00.0 long.')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await end.fill('0:09');
    await expect.element(screen.getByText('The end lies before the start.')).toBeVisible();
    await end.fill('soon');
    await expect.element(screen.getByText('Write a time such as 1:05.5.')).toBeVisible();
    await end.fill('0:25.5');
    await start.fill('8');
    await userEvent.keyboard('{Enter}');
    await expect
      .element(screen.getByRole('button', { name: /corrected from 0:10\.0 – 0:18\.0: 0:08\.0/ }))
      .toBeVisible();
    await userEvent.keyboard('c');
    await expect.poll(() => archive.flag(flagId(0)).verdict).toMatchObject({ start: 8, end: 25.5 });
  });

  test('keys are letters while a note is written', async () => {
    const { queue, decisionOf } = await mount(flagArchive(3));
    await userEvent.keyboard('m');
    await userEvent.keyboard('cxu');
    expect(queue.selectedId).toBe(flagId(0));
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('x');
    await expect.poll(() => decisionOf(0)).toBe('reject');
  });
});

describe('a miss', () => {
  test('is added with its interval, class and note', async () => {
    const add = vi.fn<Service['misses']['add']>(async () => ({
      miss: { id: 'm', recording: recordingAt(0).id, start: 3, end: 8, class: 'theft', note: '', addedAtMs: 0 },
    }));
    const closed = vi.fn<(open: boolean) => void>();
    const { screen } = await mountWithService(MissDialog, {
      props: { recording: recordingAt(0), start: 3, end: 8, open: true, 'onUpdate:open': closed },
      overrides: { misses: { add } },
    });
    await screen.getByRole('button', { name: /^Class/ }).click();
    await screen.getByRole('option', { name: 'Theft' }).click();
    await screen.getByLabelText('End').fill('12');
    await screen.getByLabelText('Note').fill('by the door');
    await screen.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => closed.mock.calls).toEqual([[false]]);
    expect(add).toHaveBeenCalledExactlyOnceWith(
      { recording: recordingAt(0).id, start: 3, end: 12, class: 'theft', note: 'by the door' },
      expect.anything(),
    );
    expect(useNotices().notices.map(({ text }) => text)).toEqual(['The miss was added.']);
  });

  test('stays open where it is refused', async () => {
    const closed = vi.fn<(open: boolean) => void>();
    const { screen } = await mountWithService(MissDialog, {
      props: { recording: recordingAt(0), start: 3, end: 8, open: true, 'onUpdate:open': closed },
      overrides: {
        misses: {
          add: async () => {
            throw new AppError('disk-full', 'The disk is full.');
          },
        },
      },
    });
    await screen.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => useNotices().notices.length).toBe(1);
    expect(closed).not.toHaveBeenCalled();
  });
});
