/** JSON columns: written by this folder only, checked by SQLite to be JSON, and typed where they are read. */

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

export const jsonOf = (value: JsonValue): string => JSON.stringify(value);

/** `Value` is what the only writer of the column wrote there. */
export const fromJson = <Value>(text: string): Value => JSON.parse(text) as Value;
