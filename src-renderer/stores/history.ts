/** Everything that a reviewer changed in this session, in its order: undone and done again one by one, with a word each. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { t } from '../i18n/index.ts';
import { useNotices } from './notices.ts';

/**
 * How it went: it is done; it was refused and everything is as before (who refused has said why); or what it was about
 * is gone or was changed by somebody else since, so that it can never be done.
 */
export type Outcome = 'done' | 'refused' | 'gone';

/** A change that was made already. Neither function rejects: failures are told where they are known. */
export interface Change {
  /** What it did, in the reviewer's language, to stand after “Undo:” and “Redo:”. */
  readonly label: string;
  undo(): Promise<Outcome>;
  redo(): Promise<Outcome>;
}

/** More than anyone takes back; each may hold the ids of a bulk action. */
const most = 1000;

export const useHistory = defineStore('history', () => {
  const notices = useNotices();
  const done = shallowRef<readonly Change[]>([]);
  const undone = shallowRef<readonly Change[]>([]);
  const undoLabel = computed(() => done.value.at(-1)?.label ?? null);
  const redoLabel = computed(() => undone.value.at(-1)?.label ?? null);
  const canUndo = computed(() => done.value.length > 0);
  const canRedo = computed(() => undone.value.length > 0);

  /** Adds what was just done: from now on it can be undone, and what was undone before it cannot be done again. */
  function add(change: Change): void {
    done.value = [...done.value, change].slice(-most);
    undone.value = [];
  }

  /** Forgets a change that did not come about after all. */
  function drop(change: Change): void {
    done.value = done.value.filter((each) => each !== change);
    undone.value = undone.value.filter((each) => each !== change);
  }

  /** One after the other: what takes a change back must not overtake the one before it. */
  let line: Promise<unknown> = Promise.resolve();

  function step(direction: 'undo' | 'redo', wanted?: Change): Promise<void> {
    const [from, to] = direction === 'undo' ? [done, undone] : [undone, done];
    const change = wanted ?? from.value.at(-1);
    if (change === undefined || !from.value.includes(change)) return Promise.resolve();
    from.value = from.value.filter((each) => each !== change);
    to.value = [...to.value, change];
    const own = line.then(async () => {
      const outcome = await change[direction]();
      if (outcome === 'done') {
        notices.show({
          ...{ tone: 'neutral', about: 'history' },
          text: t(direction === 'undo' ? 'player.history.undone' : 'player.history.redone', { what: change.label }),
        });
        return;
      }
      to.value = to.value.filter((each) => each !== change);
      if (outcome === 'refused') from.value = [...from.value, change];
    });
    line = own;
    return own;
  }

  return {
    done,
    undoLabel,
    redoLabel,
    canUndo,
    canRedo,
    add,
    drop,
    /** Undoes the latest change, or exactly `change` where it is not undone yet. */
    undo: (change?: Change): Promise<void> => step('undo', change),
    redo: (): Promise<void> => step('redo'),
  };
});
