/** Rows of a long list by id: fetched around what is in view, kept up to a limit, with unconfirmed changes laid over them. */
import { shallowRef } from 'vue';

export interface RowCache<Row> {
  /** The row as it is shown, with what is laid over it; undefined until it was fetched. Reactive. */
  get(id: string): Row | undefined;
  /** The core was asked for it and has none. Reactive. */
  isGone(id: string): boolean;
  /** Fetches what is missing of `ids` in the pages that hold `first` to `last`; only the latest wish counts. */
  ensure(ids: readonly string[], first: number, last: number): void;
  /** Fetches what is missing of `ids`, whether or not it is in view. Never rejects. */
  load(ids: readonly string[]): Promise<void>;
  /** Takes the core's newer state of a row; one that nobody asked for is not kept. */
  put(row: Row): void;
  /** Shows `row` in place of the core's until it is lifted or another is laid over it. */
  lay(row: Row): void;
  /** Ends the laying over of exactly this row; a later one stays. */
  lift(row: Row): void;
  /** Shows what is there until it was fetched anew. */
  age(): void;
  /** The same of some rows alone. */
  outdate(ids: readonly string[]): void;
}

interface Options<Row> {
  readonly fetch: (ids: readonly string[]) => Promise<readonly Row[]>;
  readonly onError: (error: unknown) => void;
  /** Never dropped for lack of room. */
  readonly isPinned?: (id: string) => boolean;
  readonly pageLength?: number;
  /** Rows kept. */
  readonly limit?: number;
}

interface Kept<Row> {
  readonly row: Row | null;
  readonly age: number;
}

/** Two, so that the page after the one on its way does not wait for a round trip. */
const requestsAtOnce = 2;

export function createRowCache<Row extends { readonly id: string }>(options: Options<Row>): RowCache<Row> {
  const { fetch, onError, isPinned = () => false, pageLength = 100, limit = 5000 } = options;
  // Least lately wished for first. Null stands for a row that is gone.
  const rows = new Map<string, Kept<Row>>();
  const over = new Map<string, Row>();
  const underWay = new Map<string, Promise<void>>();
  // One number for all rows instead of one dependency each: a list shows some twenty, and there may be 100,000.
  const version = shallowRef(0);
  let age = 0;
  let requests = 0;
  let wish: { readonly ids: readonly string[]; readonly first: number; readonly last: number } | null = null;

  const isMissing = (id: string) => rows.get(id)?.age !== age && !underWay.has(id);

  function keep(id: string, row: Row | null, rowAge = age): void {
    rows.delete(id);
    rows.set(id, { row, age: rowAge });
  }

  function dropOldest(): void {
    for (const id of rows.keys()) {
      if (rows.size <= limit) return;
      if (!isPinned(id) && !over.has(id)) rows.delete(id);
    }
  }

  async function request(ids: readonly string[]): Promise<void> {
    const asked = age;
    requests++;
    try {
      const found = new Map((await fetch(ids)).map((row) => [row.id, row]));
      for (const id of ids) keep(id, found.get(id) ?? null, asked);
      dropOldest();
      version.value++;
    } finally {
      requests--;
      for (const id of ids) underWay.delete(id);
    }
  }

  function start(ids: readonly string[]): Promise<void> {
    const done = request(ids).then(pump, onError);
    for (const id of ids) underWay.set(id, done);
    return done;
  }

  /** Takes up the latest wish while there is room; pages that were scrolled past meanwhile are never asked for. */
  function pump(): void {
    while (wish !== null && requests < requestsAtOnce) {
      const page = nextPage(wish);
      if (page === null) {
        wish = null;
        return;
      }
      void start(page);
    }
  }

  function nextPage({ ids, first, last }: NonNullable<typeof wish>): readonly string[] | null {
    for (let from = Math.floor(first / pageLength) * pageLength; from <= last; from += pageLength) {
      const missing = ids.slice(from, from + pageLength).filter(isMissing);
      if (missing.length > 0) return missing;
    }
    return null;
  }

  return {
    get(id) {
      void version.value;
      return over.get(id) ?? rows.get(id)?.row ?? undefined;
    },
    isGone(id) {
      void version.value;
      return rows.get(id)?.row === null;
    },
    ensure(ids, first, last) {
      wish = { ids, first: Math.max(0, first), last: Math.min(ids.length - 1, last) };
      pump();
    },
    async load(ids) {
      const missing = ids.filter(isMissing);
      for (let from = 0; from < missing.length; from += pageLength) {
        void start(missing.slice(from, from + pageLength));
      }
      await Promise.all(ids.flatMap((id) => underWay.get(id) ?? []));
    },
    put(row) {
      if (!rows.has(row.id)) return;
      keep(row.id, row);
      version.value++;
    },
    lay(row) {
      over.set(row.id, row);
      version.value++;
    },
    lift(row) {
      if (over.get(row.id) !== row) return;
      over.delete(row.id);
      version.value++;
    },
    age() {
      age++;
    },
    outdate(ids) {
      for (const id of ids) {
        const kept = rows.get(id);
        if (kept !== undefined) rows.set(id, { ...kept, age: age - 1 });
      }
      version.value++;
    },
  };
}
