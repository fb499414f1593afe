/** Verdicts and what goes with them: shown at once, confirmed by the core afterwards, each a change of the history. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Flag, Verdict } from '../../src-main/contract/flag.ts';
import { errorWords } from '../i18n/error-words.ts';
import { t } from '../i18n/index.ts';
import { changeLabel, type ChangeWord, wordOfChange } from './change-label.ts';
import { createCallLines } from '../lib/call-lines.ts';
import { useArchive } from './archive.ts';
import { useConnection } from './connection.ts';
import { type Change, type Outcome, useHistory } from './history.ts';
import { useNotices } from './notices.ts';
import { useQueue } from './queue.ts';
import { detailsOf, isSameVerdict, type Decision, type VerdictDetails, verdictFrom } from './verdict.ts';

/** After the last of many small corrections of bounds, they count as one change. */
const settleMs = 600;

export const useReview = defineStore('review', () => {
  const { client } = useConnection();
  const notices = useNotices();
  const queue = useQueue();
  const archive = useArchive();
  const history = useHistory();

  const flag = computed<Flag | null>(() => (queue.selectedId === null ? null : (queue.row(queue.selectedId) ?? null)));
  const recording = computed(() => (flag.value === null ? null : (archive.row(flag.value.recording) ?? null)));
  watch(
    () => flag.value?.recording,
    (id) => {
      if (id !== undefined) void archive.load([id]);
    },
    { immediate: true },
  );

  /** What was chosen for flags before their verdicts, and bounds that are being moved. */
  const drafts = shallowRef<ReadonlyMap<string, VerdictDetails>>(new Map());

  /** Class, bounds, note and reason as they are part of the verdict on a flag, or would be. */
  const detailsFor = (of: Flag) => detailsOf(of, drafts.value.get(of.id));
  const details = computed(() => (flag.value === null ? null : detailsFor(flag.value)));

  function draft(id: string, given: VerdictDetails | undefined): void {
    const next = new Map(drafts.value);
    if (given === undefined) next.delete(id);
    else next.set(id, given);
    drafts.value = next;
  }

  // Calls about one flag go one after the other: an undo must not overtake the verdict that it takes back.
  const lines = createCallLines();
  /** The verdicts that this window gave last, by flag. */
  const given = new Map<string, Verdict | null>();

  /** Has the core make `verdict` hold, by taking back what came after it where that is enough. */
  async function enforce(id: string, verdict: Verdict | null, byUndo: boolean): Promise<Flag> {
    if (verdict === null || byUndo) {
      let answer = await client.verdicts.undo({ flag: id });
      while (verdict === null && answer.flag.verdict !== null) answer = await client.verdicts.undo({ flag: id });
      if (verdict === null || isSameVerdict(answer.flag.verdict, verdict)) return answer.flag;
    }
    const { decision, note, reason, class: incidentClass, start, end } = verdict;
    const params = {
      flag: id,
      decision,
      note,
      ...(reason !== undefined && { reason }),
      ...(incidentClass !== null && { class: incidentClass }),
      ...(start !== null && { start }),
      ...(end !== null && { end }),
    };
    return (await client.verdicts.decide(params)).flag;
  }

  /** Shows `laid` in place of a flag and has it made so; false, with everything as before and a notice, where it is refused. */
  async function hold(laid: Flag, make: () => Promise<Flag>): Promise<boolean> {
    queue.lay(laid);
    try {
      queue.take(await lines.run(laid.id, make));
      notices.settle('verdict');
      return true;
    } catch (error) {
      notices.show({
        tone: 'bad',
        about: 'verdict',
        text: t('queue.verdict.refused', { reason: errorWords(error) }),
        actionLabel: t('queue.verdict.showFlag'),
        action: () => queue.select(laid.id),
      });
      return false;
    } finally {
      queue.lift(laid);
    }
  }

  /** Somebody else, or another window, decided on a flag that was decided on here. */
  const tellChanged = (id: string): void =>
    notices.show({
      tone: 'warn',
      text: t('queue.verdict.changedElsewhere'),
      actionLabel: t('queue.verdict.showFlag'),
      action: () => queue.select(id),
    });

  client.on('flag.changed', (changed) => {
    // While calls about it are under way, this is most likely their own echo.
    if (lines.isBusy(changed.id)) return;
    const own = given.get(changed.id);
    if (own !== undefined && !isSameVerdict(own, changed.verdict)) tellChanged(changed.id);
  });

  /** The flag as it is now, selected; undefined, with a notice, where it is gone. */
  async function show(id: string): Promise<Flag | undefined> {
    queue.select(id);
    await queue.load([id]);
    const shown = queue.row(id);
    if (shown === undefined) notices.show({ tone: 'warn', text: t('queue.verdict.flagGone') });
    return shown;
  }

  /** Goes on where the verdict `holds` still stands: `verdict` is made to hold instead. */
  async function replace(
    id: string,
    holds: Verdict | null,
    verdict: Verdict | null,
    byUndo: boolean,
  ): Promise<Outcome> {
    const shown = await show(id);
    if (shown === undefined) return 'gone';
    if (!isSameVerdict(shown.verdict, holds)) {
      tellChanged(id);
      return 'gone';
    }
    if (!(await hold({ ...shown, verdict }, () => enforce(id, verdict, byUndo)))) return 'refused';
    given.set(id, verdict);
    return 'done';
  }

  /** A change of the reviewer's. */
  async function change(shown: Flag, after: Verdict | null, word: ChangeWord): Promise<void> {
    const { id, verdict: before } = shown;
    const entry: Change = {
      label: changeLabel(word, { ...shown, verdict: after }),
      // What took a verdict back is undone by giving it again.
      undo: () => replace(id, after, before, after !== null),
      redo: () => replace(id, before, after, false),
    };
    history.add(entry);
    given.set(id, after);
    if (await hold({ ...shown, verdict: after }, () => enforce(id, after, false))) return;
    history.drop(entry);
    given.delete(id);
  }

  let advancing = false;

  async function advance(): Promise<void> {
    advancing = true;
    try {
      await queue.selectNextOpen();
    } finally {
      advancing = false;
    }
  }

  /** Decides on the selected flag and goes on to the next open one. */
  async function decide(decision: Decision, extra: VerdictDetails = {}): Promise<void> {
    const shown = flag.value;
    // While the next flag is on its way a key was meant for it, and nobody has seen it yet.
    if (shown === null || advancing) return;
    forgetMoving();
    // Why it was rejected does not say why it is confirmed.
    const reason = shown.verdict?.decision === decision ? details.value?.reason : '';
    const verdict = verdictFrom(shown, decision, { ...details.value, reason, ...extra }, Date.now());
    draft(shown.id, undefined);
    const changed = isSameVerdict(shown.verdict, verdict) ? Promise.resolve() : change(shown, verdict, decision);
    await Promise.all([changed, advance()]);
  }

  /** What was chosen for a flag without a verdict is a change of the window's alone. */
  function reviseDraft(shown: Flag, before: VerdictDetails | undefined, after: VerdictDetails | undefined): void {
    const swap = (to: VerdictDetails | undefined) => async (): Promise<Outcome> => {
      const now = await show(shown.id);
      if (now === undefined || now.verdict !== null) return 'gone';
      draft(shown.id, to);
      return 'done';
    };
    draft(shown.id, after);
    const label = changeLabel(wordOfChange(before ?? {}, after ?? {}), shown);
    history.add({ label, undo: swap(before), redo: swap(after) });
  }

  /** Chooses class, bounds, note or reason: for the verdict to come, or as a new one where there is one, without going on. */
  async function revise(extra: VerdictDetails, of: Flag | null = flag.value): Promise<void> {
    if (of === null) return;
    settleBounds();
    const before = drafts.value.get(of.id);
    if (of.verdict === null) return reviseDraft(of, before, { ...before, ...extra });
    const verdict = verdictFrom(of, of.verdict.decision, { ...detailsFor(of), ...extra }, Date.now());
    if (!isSameVerdict(of.verdict, verdict)) await change(of, verdict, wordOfChange(detailsOf(of), extra));
  }

  /** Bounds that are on the move: shown at once, one change when they rest. */
  let moving: { readonly flag: Flag; readonly before: VerdictDetails | undefined } | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;

  function forgetMoving(): void {
    clearTimeout(rest);
    moving = null;
  }

  /** Shows a flag's bounds where they are moved to; they are kept once they rest, or by `settleBounds`. */
  function moveBounds(of: Flag, bounds: { readonly start: number; readonly end: number }): void {
    if (moving !== null && moving.flag.id !== of.id) settleBounds();
    moving ??= { flag: of, before: drafts.value.get(of.id) };
    draft(of.id, { ...drafts.value.get(of.id), start: bounds.start, end: bounds.end });
    clearTimeout(rest);
    rest = setTimeout(settleBounds, settleMs);
  }

  function settleBounds(): void {
    const moved = moving;
    if (moved === null) return;
    forgetMoving();
    const of = queue.row(moved.flag.id) ?? moved.flag;
    const { start, end } = detailsFor(of);
    draft(of.id, moved.before);
    const was = detailsFor(of);
    if (start !== was.start || end !== was.end) void revise({ start, end }, of);
  }

  /** Makes the selected flag an open one again. */
  async function takeBack(): Promise<void> {
    const shown = flag.value;
    if (shown !== null && shown.verdict !== null) await change(shown, null, 'takeBack');
  }

  const sameTags = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n');

  /** Gives a flag exactly these tags. */
  async function setTags(tags: readonly string[], of: Flag | null = flag.value): Promise<void> {
    if (of === null) return;
    const { id } = of;
    const [before, after] = [of.tags ?? [], [...new Set(tags)].toSorted()];
    if (sameTags(before, after)) return;
    const put = (shown: Flag, wanted: readonly string[]) =>
      hold({ ...shown, tags: [...wanted] }, async () => (await client.flags.tag({ flag: id, tags: [...wanted] })).flag);
    const swap = (holds: readonly string[], wanted: readonly string[]) => async (): Promise<Outcome> => {
      const shown = await show(id);
      if (shown === undefined || !sameTags(shown.tags ?? [], holds)) return 'gone';
      return (await put(shown, wanted)) ? 'done' : 'refused';
    };
    const entry: Change = {
      label: changeLabel('tags', of),
      undo: swap(after, before),
      redo: swap(before, after),
    };
    history.add(entry);
    if (!(await put(of, after))) history.drop(entry);
  }

  /** Undo and redo are about what is on screen: what is still on the move counts. */
  async function undo(): Promise<void> {
    settleBounds();
    await history.undo();
  }

  return {
    flag, recording, details, detailsFor, decide, revise, moveBounds, settleBounds, takeBack, setTags, undo, redo: history.redo,
  }; // prettier-ignore
});
