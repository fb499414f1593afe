/** The flags of the queue that are chosen together, and what is done to all of them at once. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { mostAtOnce } from '../../src-main/contract/calls/search.ts';
import { errorWords } from '../i18n/error-words.ts';
import { t } from '../i18n/index.ts';
import { formatNumber } from '../lib/format.ts';
import { useConnection } from './connection.ts';
import { type Outcome, useHistory } from './history.ts';
import { useNotices } from './notices.ts';
import { useQueue } from './queue.ts';
import type { Decision } from './verdict.ts';

export const useQueueChoice = defineStore('queue-choice', () => {
  const { client } = useConnection();
  const notices = useNotices();
  const history = useHistory();
  const queue = useQueue();

  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  const count = computed(() => chosen.value.size);
  const isWorking = ref(false);
  /** Where a range begins. */
  let anchor: string | null = null;

  const isChosen = (id: string): boolean => chosen.value.has(id);

  function clear(): void {
    if (chosen.value.size > 0) chosen.value = new Set();
    anchor = null;
  }
  // What is chosen is chosen by eye: from another list it would be chosen unseen.
  watch(() => [queue.filter, queue.order], clear);

  /** Adds a flag to what is chosen, or takes it away; the selected one is where that begins. */
  function toggle(id: string): void {
    const next = new Set(chosen.value);
    if (next.size === 0 && queue.selectedId !== null && queue.selectedId !== id) next.add(queue.selectedId);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
    anchor = id;
    queue.select(id);
  }

  /** Chooses everything from where the range began to here, and nothing else. */
  function extendTo(index: number): void {
    const to = Math.min(Math.max(index, 0), queue.ids.length - 1);
    anchor ??= queue.selectedId;
    const from = anchor === null ? to : queue.ids.indexOf(anchor);
    const start = from < 0 ? to : from;
    chosen.value = new Set(queue.ids.slice(Math.min(start, to), Math.max(start, to) + 1));
    const id = queue.ids[to];
    if (id !== undefined) queue.select(id);
  }

  function all(): void {
    chosen.value = new Set(queue.ids);
  }

  const parts = (ids: readonly string[]) =>
    Array.from({ length: Math.ceil(ids.length / mostAtOnce) }, (_, part) =>
      ids.slice(part * mostAtOnce, (part + 1) * mostAtOnce),
    );

  /** One call after the other: the core writes each in one go. */
  async function inParts<Answer>(ids: readonly string[], call: (part: string[]) => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const part of parts(ids)) answers.push(await call(part));
    return answers;
  }

  /** Runs calls that belong together; tells a failure, after which nothing further of them is done. */
  async function attempt(work: () => Promise<void>): Promise<Outcome> {
    isWorking.value = true;
    try {
      await work();
      notices.settle('verdict');
      return 'done';
    } catch (error) {
      notices.show({ tone: 'bad', about: 'verdict', text: t('queue.bulk.refused', { reason: errorWords(error) }) });
      return 'refused';
    } finally {
      isWorking.value = false;
    }
  }

  /** Does something to all that is chosen, as one change of the history. */
  async function apply(label: string, redo: () => Promise<Outcome>, undo: () => Promise<Outcome>): Promise<void> {
    if (count.value === 0 || isWorking.value) return;
    if ((await redo()) === 'done') history.add({ label, redo, undo });
  }

  const words = (what: string, number: number) =>
    t('queue.bulk.changed', { what, count: number, number: formatNumber(number) });

  /** One verdict on all; the next open flag is gone to. */
  async function decide(decision: Decision): Promise<void> {
    const ids = [...chosen.value];
    /** What tells the verdicts of this change from others, part by part. */
    let given: readonly { readonly flags: string[]; readonly decidedAtMs: number }[] = [];
    const redo = () =>
      attempt(async () => {
        given = [];
        for (const flags of parts(ids)) {
          const answer = await client.flags.decideAll({ flags, decision });
          given = [...given, answer];
        }
      });
    const undo = () =>
      attempt(async () => {
        for (const { flags, decidedAtMs } of given) await client.flags.undoAll({ flags, decidedAtMs });
      });
    await apply(words(t(`player.history.change.${decision}`), ids.length), redo, undo);
    if (given.length === 0) return;
    clear();
    await queue.selectNextOpen();
  }

  /** A tag on all; what had it already keeps it when that is undone. */
  async function tag(word: string): Promise<void> {
    const ids = [...chosen.value];
    let changed: string[] = [];
    const put = (flags: readonly string[], on: boolean) =>
      attempt(async () => {
        const answers = await inParts(flags, (part) => client.flags.tagAll({ flags: part, tag: word, on }));
        if (on) changed = answers.flatMap((answer) => answer.flags);
      });
    await apply(
      words(t('queue.bulk.tagged', { tag: word }), ids.length),
      () => put(ids, true),
      () => (changed.length === 0 ? Promise.resolve('done') : put(changed, false)),
    );
  }

  return { chosen, count, isWorking, isChosen, toggle, extendTo, all, clear, decide, tag };
});
