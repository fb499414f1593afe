/** The queue of flags: a list of ids that stands still while a person works through it, and the rows in view of it. */
import { defineStore } from 'pinia';
import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import { type FlagOrder, type FlagState, flagStates } from '../../src-main/contract/calls/review.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';
import { choiceFromSession, keepInSession, narrowedBy, paramsOf, type QueueFilter, stateOf } from './queue-filter.ts';
import { createRowCache } from './row-cache.ts';
import { useSettings } from './settings.ts';
import { detailsOf } from './verdict.ts';

export type QueueState = 'idle' | 'loading' | 'ready' | { readonly error: string };

interface FoundFlags {
  readonly ids: readonly string[];
  /** Null where they were not counted yet. */
  readonly states: Readonly<Record<FlagState, number>> | null;
}

/** Of a long list so many are shown before all of it is there. */
const headLength = 200;
/** Members of a filter that a flag itself fits or not, whatever else there is. */
const toldHere: readonly string[] = ['cameras', 'classes', 'recording'];
/** Rows around the selected one that are there before they are asked for. */
const neighbours = { before: 10, after: 30 };

export const useQueue = defineStore('queue', () => {
  const connection = useConnection();
  const notices = useNotices();
  const settings = useSettings();
  const { client } = connection;

  const chosen = choiceFromSession(sessionStorage);
  const filter: Ref<QueueFilter> = shallowRef(chosen.filter);
  const order = ref<FlagOrder>(chosen.order);
  const ids = shallowRef<readonly string[]>([]);
  const states = ref<Readonly<Record<FlagState, number>>>({ open: 0, confirm: 0, reject: 0, unsure: 0 });
  const state = shallowRef<QueueState>('idle');
  /** False while only the head of the list is there. */
  const isWhole = ref(true);
  /** False while the counts are those of another filter. */
  const isCounted = ref(true);
  /** How long the list is, or will be when all of it is there, where that is known. */
  const length = computed(() => {
    if (isWhole.value || !isCounted.value) return ids.value.length;
    const listed = filter.value.states.length > 0 ? filter.value.states : flagStates;
    return listed.reduce((sum, each) => sum + states.value[each], 0);
  });
  const selectedId = ref<string | null>(null);
  /** Flags came or went since the list was made. */
  const stale = ref(false);

  const rows = createRowCache<Flag>({
    fetch: async (wanted) => (await client.flags.rows({ ids: [...wanted] })).items,
    onError: showUnlessLost,
    isPinned: (id) => id === selectedId.value,
  });
  const row = (id: string): Flag | undefined => rows.get(id);
  const isGone = (id: string): boolean => rows.isGone(id);
  const ensure = (first: number, last: number): void => rows.ensure(ids.value, first, last);

  /** Place of the selected flag in the list; −1 where it is none of it. */
  const selectedIndex = computed(() => (selectedId.value === null ? -1 : ids.value.indexOf(selectedId.value)));

  /** Lost connections are said once, above everything. */
  function showUnlessLost(error: unknown): void {
    const { code } = appErrorFrom(error);
    if (code !== 'connection-lost' && code !== 'cancelled') notices.showError(error);
  }

  const timeZone = computed(() => settings.values.timeZone || undefined);
  let finding: AbortController | null = null;

  /** Makes the list anew. What is selected stays so, in it or not: a verdict may have taken it out. */
  const refresh = (): Promise<void> => find(() => true);

  /**
   * What is selected stays so where `stays` says it, or where it is in the new list; else the first is. Of another list than
   * before the head is shown as soon as it is there.
   */
  async function find(stays: (id: string) => boolean, isOther = false): Promise<void> {
    finding?.abort();
    const own = new AbortController();
    finding = own;
    if (state.value !== 'ready') state.value = 'loading';
    try {
      const params = { ...paramsOf(filter.value, timeZone.value), order: order.value };
      const options = { signal: own.signal };
      const isFirst = state.value === 'loading';
      // Which ones look alike is found at once or not at all.
      const hasHead = !isFirst && isOther && filter.value.similarTo === null;
      if (isFirst) {
        const head = await client.flags.find({ ...params, limit: headLength }, options);
        if (finding !== own) return;
        const isAll = head.ids.length < headLength;
        rows.age();
        await show(head, isAll, isAll ? stays : () => true, own);
        // The rest is not to be made before what is in view was told of.
        await rows.load(head.ids.slice(0, neighbours.after));
        if (isAll || finding !== own) return;
      } else if (hasHead) {
        const head = await client.flags.head({ ...params, limit: headLength }, options);
        if (finding !== own) return;
        rows.age();
        await show({ ...head, states: null }, false, () => true, own);
        await rows.load(head.ids.slice(0, neighbours.after));
        if (finding !== own) return;
      }
      const all = await client.flags.find(params, options);
      if (finding !== own) return;
      // What was fetched for the head of the list is as new as the rest of it.
      if (!isFirst && !hasHead) rows.age();
      await show(all, true, stays, own);
    } catch (error) {
      if (finding !== own) return;
      const { code } = appErrorFrom(error);
      // After reconnecting it is made again.
      if (code !== 'connection-lost') state.value = { error: errorWords(error) };
    }
  }

  /** Takes over a list, or the head of one. */
  async function show(
    found: FoundFlags,
    isAll: boolean,
    stays: (id: string) => boolean,
    own: AbortController,
  ): Promise<void> {
    isWhole.value = isAll;
    ids.value = found.ids;
    isCounted.value = found.states !== null;
    if (found.states !== null) states.value = found.states;
    stale.value = false;
    state.value = 'ready';
    const before = selectedId.value;
    if (before !== null) await rows.load([before]);
    if (finding !== own) return;
    const isKept = before !== null && (found.ids.includes(before) || (stays(before) && !rows.isGone(before)));
    select(isKept ? before : (found.ids[0] ?? null));
  }

  function select(id: string | null): void {
    selectedId.value = id;
    prefetch();
  }

  function prefetch(): void {
    const id = selectedId.value;
    if (id === null) return;
    const index = selectedIndex.value;
    const { before, after } = neighbours;
    void rows.load(index < 0 ? [id] : ids.value.slice(Math.max(0, index - before), index + after));
  }

  const selectAt = (index: number): void => {
    const id = ids.value[Math.min(Math.max(index, 0), ids.value.length - 1)];
    if (id !== undefined) select(id);
  };
  const selectNext = (): void => selectAt(selectedIndex.value + 1);
  const selectPrevious = (): void => selectAt(Math.max(0, selectedIndex.value - 1));

  /** Id of the open flag after the selected one, from the beginning again where there is none after it; null for none. */
  async function nextOpen(): Promise<string | null> {
    const list = ids.value;
    const from = selectedIndex.value;
    let open: ReadonlySet<string> | null = null;
    for (let step = 1; step <= list.length; step++) {
      const id = list[(from + step) % list.length];
      if (id === undefined || id === selectedId.value || rows.isGone(id)) continue;
      const known = rows.get(id);
      if (known !== undefined) {
        if (stateOf(known) === 'open') return id;
      } else {
        // Among many decided ones: asking once which are open costs less than fetching every row on the way.
        const params = { ...paramsOf(filter.value, timeZone.value), states: ['open' as const] };
        open ??= new Set((await client.flags.find(params)).ids);
        if (open.has(id)) return id;
      }
    }
    return null;
  }

  /** Selects the next open flag; false where no other is open. */
  async function selectNextOpen(): Promise<boolean> {
    try {
      const before = selectedId.value;
      const id = await nextOpen();
      // Somebody went elsewhere meanwhile.
      if (selectedId.value !== before) return true;
      if (id !== null) select(id);
      return id !== null;
    } catch (error) {
      showUnlessLost(error);
      return false;
    }
  }

  const count = (before: Flag | undefined, after: Flag | undefined): void => {
    if (before === undefined || after === undefined || stateOf(before) === stateOf(after)) return;
    const [from, to] = [stateOf(before), stateOf(after)];
    states.value = { ...states.value, [from]: Math.max(0, states.value[from] - 1), [to]: states.value[to] + 1 };
  };

  /** Whether the flag is among those that the counts are of. */
  const isAmongCounted = (flag: Flag): boolean => {
    // What the window cannot tell by itself the core has told: those in the list are.
    if (narrowedBy(filter.value).some((member) => !toldHere.includes(member))) return ids.value.includes(flag.id);
    const { cameras, classes, recording } = filter.value;
    return (
      (cameras.length === 0 || cameras.includes(flag.camera)) &&
      (classes.length === 0 || classes.includes(detailsOf(flag).class)) &&
      (recording === null || recording === flag.recording)
    );
  };

  /** Runs a change of one row and moves the counts by what it did to what is shown. */
  function counted(flag: Flag, change: () => void): void {
    const before = rows.get(flag.id);
    change();
    if (isAmongCounted(flag)) count(before, rows.get(flag.id));
  }

  /** The core's newer state of a flag. */
  const take = (flag: Flag): void => counted(flag, () => rows.put(flag));
  /** Shows `flag` before the core has confirmed it. */
  const lay = (flag: Flag): void => counted(flag, () => rows.lay(flag));
  /** Shows the core's state again in place of `flag`, as a later one may. */
  const lift = (flag: Flag): void => counted(flag, () => rows.lift(flag));

  /** Goes up where rows in view have to be asked for again. */
  const changes = ref(0);

  /** Many were decided on at once, or some came: the list stands, the numbers of the states do not. */
  async function recount(): Promise<void> {
    try {
      const { states: counted } = await client.flags.find({ ...paramsOf(filter.value, timeZone.value), limit: 1 });
      states.value = counted;
    } catch (error) {
      showUnlessLost(error);
    }
  }

  let flagsSeen: number | null = null;

  client.on('flag.changed', take);
  client.on('flags.changed', ({ flags }) => {
    rows.outdate(flags);
    changes.value++;
    void recount();
    prefetch();
  });
  client.on('archive.changed', ({ flags }) => {
    const hasChanged = flags !== flagsSeen;
    flagsSeen = flags;
    if (!hasChanged) return;
    // Nobody is in the middle of an empty list.
    if (ids.value.length === 0) return void refresh();
    stale.value = true;
    void recount();
  });
  connection.onReady(() => {
    if (connection.state.kind === 'ready') flagsSeen = connection.state.info.flags;
    void refresh();
  });
  watch(timeZone, () => {
    if (filter.value.days !== null) void refresh();
  });
  watch([filter, order], () => {
    keepInSession(sessionStorage, { filter: filter.value, order: order.value });
    void find(() => false, true);
  });

  return {
    filter,
    order,
    ids,
    length,
    states,
    state,
    stale,
    changes,
    timeZone,
    selectedId,
    selectedIndex,
    row,
    isGone,
    ensure,
    load: rows.load,
    select,
    selectAt,
    selectNext,
    selectPrevious,
    nextOpen,
    selectNextOpen,
    refresh,
    take,
    lay,
    lift,
  };
});
