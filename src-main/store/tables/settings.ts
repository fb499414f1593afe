/** Settings by name, as JSON. */
import type { WriteDatabase } from '../database.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';

export interface Settings {
  /** The stored value as it is, for its reader to check; undefined where there is none. */
  get(key: string): unknown;
  set(key: string, value: JsonValue): void;
  remove(key: string): void;
  all(): Readonly<Record<string, unknown>>;
}

export function createSettings(database: WriteDatabase): Settings {
  const byKey = database.query<{ value: string }>('SELECT value FROM settings WHERE key = @key');
  const every = database.query<{ key: string; value: string }>('SELECT key, value FROM settings ORDER BY key');
  const put = database.command('INSERT OR REPLACE INTO settings (key, value) VALUES (@key, @value)');
  const remove = database.command('DELETE FROM settings WHERE key = @key');
  return {
    get(key) {
      const row = byKey.get({ key });
      return row === undefined ? undefined : fromJson<unknown>(row.value);
    },
    set: (key, value) => void put.run({ key, value: jsonOf(value) }),
    remove: (key) => void remove.run({ key }),
    all: () => Object.fromEntries(every.all().map((row) => [row.key, fromJson<unknown>(row.value)])),
  };
}
