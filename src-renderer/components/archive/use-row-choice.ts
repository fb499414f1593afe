/** Choosing rows of a long list: one by one, a stretch with Shift, all; and the row that the keyboard stands on. */
import { computed, ref, shallowRef, watch } from 'vue';

/** `ids`: the list as it is now; what is chosen and no longer in it is dropped. */
export function useRowChoice(ids: () => readonly string[]) {
  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  /** Place of the row that the keyboard stands on. */
  const active = ref(0);
  /** Where a stretch begins. */
  let anchor = 0;

  watch(ids, (list) => {
    active.value = Math.min(active.value, Math.max(0, list.length - 1));
    if (chosen.value.size === 0) return;
    const there = new Set(list);
    chosen.value = new Set([...chosen.value].filter((id) => there.has(id)));
  });

  function toggle(index: number): void {
    const id = ids()[index];
    if (id === undefined) return;
    const next = new Set(chosen.value);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
    anchor = active.value = index;
  }

  /** Chooses everything from where the last choice was made up to `index`, beside what is chosen. */
  function extend(index: number): void {
    const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)];
    chosen.value = new Set([...chosen.value, ...ids().slice(first, last + 1)]);
    active.value = index;
  }

  const isAll = computed(() => ids().length > 0 && chosen.value.size === ids().length);

  return {
    chosen,
    active,
    isAll,
    /** Moves the keyboard's place, within the list. */
    stand: (index: number) => (active.value = Math.min(ids().length - 1, Math.max(0, index))),
    toggle,
    extend,
    all: () => (chosen.value = new Set(isAll.value ? [] : ids())),
    clear: () => (chosen.value = new Set()),
  };
}
