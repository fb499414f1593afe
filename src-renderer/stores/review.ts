/** Verdicts: shown at once and confirmed by the core afterwards, undone and done again in the order of the session. */
import { defineStore } from 'pinia';
import { computed, type Ref, shallowRef, watch } from 'vue';
import type { Flag, Verdict } from '../../src-main/contract/flag.ts';
import { errorWords } from '../i18n/error-words.ts';
import { t } from '../i18n/index.ts';
import { useArchive } from './archive.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';
import { useQueue } from './queue.ts';
import { detailsOf, isSameVerdict, type Decision, type VerdictDetails, verdictFrom } from './verdict.ts';

/** One change of the session: the verdict that held before and the one that it made; null for none. */
interface Change {
  readonly flag: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
}

export const useReview = defineStore('review', () => {
  const { client } = useConnection();
  const notices = useNotices();
  const queue = useQueue();
  const archive = useArchive();

  const flag = computed<Flag | null>(() => (queue.selectedId === null ? null : (queue.row(queue.selectedId) ?? null)));
  const recording = computed(() => (flag.value === null ? null : (archive.row(flag.value.recording) ?? null)));
  watch(
    () => flag.value?.recording,
    (id) => {
      if (id !== undefined) void archive.load([id]);
    },
    { immediate: true },
  );

  /** What was chosen for flags before their verdicts. */
  const drafts = shallowRef<ReadonlyMap<string, VerdictDetails>>(new Map());
  const done = shallowRef<readonly Change[]>([]);
  const undone = shallowRef<readonly Change[]>([]);
  const canUndo = computed(() => done.value.length > 0);
  const canRedo = computed(() => undone.value.length > 0);

  /** Class, bounds and note as they are part of the verdict on the selected flag, or would be. */
  const details = computed(() => (flag.value === null ? null : detailsOf(flag.value, drafts.value.get(flag.value.id))));

  function draft(id: string, given: VerdictDetails | null): void {
    const next = new Map(drafts.value);
    if (given === null) next.delete(id);
    else next.set(id, given);
    drafts.value = next;
  }

  // Calls about one flag go one after the other: an undo must not overtake the verdict that it takes back.
  const lines = new Map<string, Promise<unknown>>();

  async function inLine<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const before = lines.get(id) ?? Promise.resolve();
    const own = before.then(work, work);
    lines.set(id, own);
    try {
      return await own;
    } finally {
      if (lines.get(id) === own) lines.delete(id);
    }
  }

  /** Has the core make `verdict` hold, by taking back what came after it where that is enough. */
  async function enforce(id: string, verdict: Verdict | null, byUndo: boolean): Promise<Flag> {
    if (verdict === null || byUndo) {
      let answer = await client.verdicts.undo({ flag: id });
      while (verdict === null && answer.flag.verdict !== null) answer = await client.verdicts.undo({ flag: id });
      if (verdict === null || isSameVerdict(answer.flag.verdict, verdict)) return answer.flag;
    }
    const { decision, note, class: incidentClass, start, end } = verdict;
    const params = {
      flag: id,
      decision,
      note,
      ...(incidentClass !== null && { class: incidentClass }),
      ...(start !== null && { start }),
      ...(end !== null && { end }),
    };
    return (await client.verdicts.decide(params)).flag;
  }

  /** Shows `verdict` on a flag and has it made so; false, with everything as before and a notice, where it is refused. */
  async function hold(shown: Flag, verdict: Verdict | null, byUndo: boolean): Promise<boolean> {
    const laid: Flag = { ...shown, verdict };
    queue.lay(laid);
    try {
      queue.take(await inLine(shown.id, () => enforce(shown.id, verdict, byUndo)));
      notices.settle('verdict');
      return true;
    } catch (error) {
      notices.show({
        tone: 'bad',
        about: 'verdict',
        text: t('queue.verdict.refused', { reason: errorWords(error) }),
        actionLabel: t('queue.verdict.showFlag'),
        action: () => queue.select(shown.id),
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
    if (lines.has(changed.id)) return;
    const own = done.value.findLast(({ flag: id }) => id === changed.id);
    if (own !== undefined && !isSameVerdict(own.after, changed.verdict)) tellChanged(changed.id);
  });

  const without = (changes: readonly Change[], change: Change) => changes.filter((each) => each !== change);

  /** A change of the reviewer's: it can be undone, and what was undone before it cannot be done again. */
  async function change(shown: Flag, after: Verdict | null): Promise<void> {
    const entry: Change = { flag: shown.id, before: shown.verdict, after };
    done.value = [...done.value, entry];
    undone.value = [];
    if (!(await hold(shown, after, false))) done.value = without(done.value, entry);
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
    const verdict = verdictFrom(shown, decision, { ...details.value, ...extra }, Date.now());
    draft(shown.id, null);
    const changed = isSameVerdict(shown.verdict, verdict) ? Promise.resolve() : change(shown, verdict);
    await Promise.all([changed, advance()]);
  }

  /** Chooses class, bounds or note: for the verdict to come, or as a new one where there is one, without going on. */
  async function revise(extra: VerdictDetails): Promise<void> {
    const shown = flag.value;
    if (shown === null) return;
    if (shown.verdict === null) return draft(shown.id, { ...drafts.value.get(shown.id), ...extra });
    const verdict = verdictFrom(shown, shown.verdict.decision, { ...details.value, ...extra }, Date.now());
    if (!isSameVerdict(shown.verdict, verdict)) await change(shown, verdict);
  }

  /** Makes the selected flag an open one again. */
  async function takeBack(): Promise<void> {
    const shown = flag.value;
    if (shown !== null && shown.verdict !== null) await change(shown, null);
  }

  /** Takes the latest of `from` over to `to`: where what `of` says still holds, its verdict is made to hold instead. */
  async function step(
    from: Ref<readonly Change[]>,
    to: Ref<readonly Change[]>,
    of: (entry: Change) => {
      readonly holds: Verdict | null;
      readonly verdict: Verdict | null;
      readonly byUndo: boolean;
    },
  ): Promise<void> {
    const entry = from.value.at(-1);
    if (entry === undefined) return;
    from.value = without(from.value, entry);
    queue.select(entry.flag);
    await queue.load([entry.flag]);
    const shown = queue.row(entry.flag);
    if (shown === undefined) {
      notices.show({ tone: 'warn', text: t('queue.verdict.flagGone') });
      return;
    }
    const { holds, verdict, byUndo } = of(entry);
    if (!isSameVerdict(shown.verdict, holds)) return tellChanged(entry.flag);
    to.value = [...to.value, entry];
    if (await hold(shown, verdict, byUndo)) return;
    to.value = without(to.value, entry);
    from.value = [...from.value, entry];
  }

  /** Undoes the latest change of the session and shows its flag. */
  const undo = (): Promise<void> =>
    // What took a verdict back is undone by giving it again.
    step(done, undone, ({ before, after }) => ({ holds: after, verdict: before, byUndo: after !== null }));
  const redo = (): Promise<void> =>
    step(undone, done, ({ before, after }) => ({ holds: before, verdict: after, byUndo: false }));

  return { flag, recording, details, canUndo, canRedo, decide, revise, takeBack, undo, redo };
});
