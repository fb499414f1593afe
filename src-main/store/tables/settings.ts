/** Settings by name, as JSON. */
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';

export interface Settings {
  /** The stored value as it is, for its reader to check; undefined where there is none. */
  get(key: string): unknown;
  set(key: string, value: JsonValue): void;
  remove(key: string): void;
  all(): Readonly<Record<string, unknown>>;
}

export function createSettings(database: WriteDatabase, audit: Pick<Audit, 'append'>): Settings {
  const byKey = database.query<{ value: string }>('SELECT value FROM settings WHERE key = @key');
  const every = database.query<{ key: string; value: string }>('SELECT key, value FROM settings ORDER BY key');
  const put = database.command('INSERT OR REPLACE INTO settings (key, value) VALUES (@key, @value)');
  const remove = database.command('DELETE FROM settings WHERE key = @key');
  /** `text` is the new value as JSON, null for none. A value that is there already is no change. */
  const change = (key: string, text: string | null) =>
    database.transaction(() => {
      const before = byKey.get({ key })?.value ?? null;
      if (before === text) return;
      if (text === null) remove.run({ key });
      else put.run({ key, value: text });
      const valueOf = (json: string | null) => (json === null ? null : fromJson<JsonValue>(json));
      audit.append({ kind: 'setting', subject: key, details: { before: valueOf(before), value: valueOf(text) } });
    });
  return {
    get(key) {
      const row = byKey.get({ key });
      return row === undefined ? undefined : fromJson<unknown>(row.value);
    },
    set: (key, value) => change(key, jsonOf(value)),
    remove: (key) => change(key, null),
    all: () => Object.fromEntries(every.all().map((row) => [row.key, fromJson<unknown>(row.value)])),
  };
}
