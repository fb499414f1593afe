/** Filters of the queue that somebody named, in the order that all windows share. */
import type { SavedFilter } from '../../contract/calls/search.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson, jsonOf } from './json.ts';

export interface SavedFilters {
  /** In order. */
  list(): SavedFilter[];
  /** Saves a filter or replaces the one of its id; it comes to stand at `place`, a new one at the end where none is given. */
  put(filter: SavedFilter, atMs: number, place?: number): void;
  /** False where there is none. */
  remove(id: string): boolean;
}

export function createSavedFilters(database: WriteDatabase): SavedFilters {
  const all = database.query<{ id: string; name: string; query: string }>(
    'SELECT id, name, query FROM saved_filters ORDER BY place, saved_at_ms, id',
  );
  const put = database.command(/* sql */ `
    INSERT INTO saved_filters (id, name, query, place, saved_at_ms)
    VALUES (@id, @name, @query, (SELECT coalesce(max(place), -1) + 1 FROM saved_filters), @atMs)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query`);
  const move = database.command('UPDATE saved_filters SET place = @place WHERE id = @id');
  const remove = database.command('DELETE FROM saved_filters WHERE id = @id');
  return {
    list: () => all.all().map(({ query, ...filter }) => ({ ...filter, query: fromJson<SavedFilter['query']>(query) })),
    put({ id, name, query }, atMs, place) {
      database.transaction(() => {
        put.run({ id, name, query: jsonOf(query), atMs });
        if (place === undefined) return;
        const others = all
          .all()
          .map((row) => row.id)
          .filter((other) => other !== id);
        [...others.slice(0, place), id, ...others.slice(place)].forEach((each, at) =>
          move.run({ id: each, place: at }),
        );
      });
    },
    remove: (id) => remove.run({ id }) > 0,
  };
}
