/** Filters of the queue that somebody named, the same in every window; each change can be undone. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { SavedFilter } from '../../src-main/contract/calls/search.ts';
import { t } from '../i18n/index.ts';
import { useConnection } from './connection.ts';
import { type Outcome, useHistory } from './history.ts';
import { useNotices } from './notices.ts';
import { choiceOf, defaultChoice, type QueueChoice, queryOf } from './queue-filter.ts';

export const useSavedFilters = defineStore('saved-filters', () => {
  const connection = useConnection();
  const { client } = connection;
  const notices = useNotices();
  const history = useHistory();
  const filters = shallowRef<readonly SavedFilter[]>([]);

  const read = () =>
    client.savedFilters.list().then(
      ({ items }) => void (filters.value = items),
      // Without them the queue can be used all the same; a lost connection shows itself.
      () => undefined,
    );
  connection.onReady(() => void read());
  client.on('savedFilters.changed', ({ items }) => void (filters.value = items));

  async function change(call: () => Promise<{ readonly items: readonly SavedFilter[] }>): Promise<Outcome> {
    try {
      filters.value = (await call()).items;
      return 'done';
    } catch (error) {
      if (appErrorFrom(error).code === 'not-found') return 'gone';
      notices.showError(error);
      return 'refused';
    }
  }

  const put = (filter: SavedFilter, place?: number) =>
    change(() => client.savedFilters.put({ filter: copyOf(filter), ...(place !== undefined && { place }) }));
  const drop = (id: string) => change(() => client.savedFilters.remove({ filter: id }));
  const placeOf = (id: string) => filters.value.findIndex((filter) => filter.id === id);

  /** Makes a change and, where it was made, adds it to the history. */
  async function tell(what: string, name: string, redo: () => Promise<Outcome>, undo: () => Promise<Outcome>) {
    if ((await redo()) === 'done') history.add({ label: t('queue.saved.changed', { what, name }), redo, undo });
  }

  /** Saves a choice under a name: anew, or in place of the one of that name. */
  async function save(name: string, choice: QueueChoice): Promise<void> {
    const before = filters.value.find((filter) => filter.name === name);
    const filter = { id: before?.id ?? crypto.randomUUID(), name, query: listsOf(choice) };
    await tell(
      t('queue.saved.didSave'),
      name,
      () => put(filter),
      () => (before === undefined ? drop(filter.id) : put(before)),
    );
  }

  async function rename(filter: SavedFilter, name: string): Promise<void> {
    if (name === '' || name === filter.name) return;
    await tell(
      t('queue.saved.didRename'),
      name,
      () => put({ ...filter, name }),
      () => put(filter),
    );
  }

  async function remove(filter: SavedFilter): Promise<void> {
    const place = placeOf(filter.id);
    await tell(
      t('queue.saved.didRemove'),
      filter.name,
      () => drop(filter.id),
      () => put(filter, place),
    );
  }

  /** One place up (−1) or down (1). */
  async function move(filter: SavedFilter, by: -1 | 1): Promise<void> {
    const place = placeOf(filter.id);
    if (place + by < 0 || place + by >= filters.value.length) return;
    await tell(
      t('queue.saved.didMove'),
      filter.name,
      () => put(filter, place + by),
      () => put(filter, place),
    );
  }

  /** The filter that shows just what is chosen. */
  const named = (choice: QueueChoice): SavedFilter | undefined => {
    const wanted = JSON.stringify(queryOf(choice));
    return filters.value.find((filter) => JSON.stringify(queryOf(choiceFrom(filter))) === wanted);
  };

  return { filters, save, rename, remove, move, named };
});

/** Said in full: the default of today may not be that of another day. */
const listsOf = (choice: QueueChoice): SavedFilter['query'] =>
  Object.fromEntries(
    Object.entries({ state: 'open', ...queryOf(choice) }).map(([name, value]) => [
      name,
      typeof value === 'string' ? [value] : value,
    ]),
  );

/** The order is one value, not a list. */
export const choiceFrom = ({ query }: SavedFilter): QueueChoice =>
  choiceOf({ ...query, order: query['order']?.[0] }) ?? defaultChoice;

const copyOf = ({ id, name, query }: SavedFilter): SavedFilter => ({
  id,
  name,
  query: Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [...value]])),
});
