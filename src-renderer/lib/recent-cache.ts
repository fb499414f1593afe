/** Keeps what was used last, so that going back and forth between a few things reads none twice. */

export interface RecentCache<T> {
  /** A hit counts as a use. */
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  /** Forgets all but `key`. */
  keepOnly(key: string | null): void;
}

/** `most`: values that are kept; of more, the longest unused goes. */
export function createRecentCache<T>(most: number): RecentCache<T> {
  /** The longest unused first. */
  const values = new Map<string, T>();

  function set(key: string, value: T): void {
    values.delete(key);
    values.set(key, value);
    for (const oldest of values.keys()) {
      if (values.size <= most) break;
      values.delete(oldest);
    }
  }

  return {
    set,
    get(key) {
      const value = values.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    keepOnly(key) {
      for (const other of values.keys()) if (other !== key) values.delete(other);
    },
  };
}
