/** What was seen in the intervals of flags, as numbers to compare: packed vectors by the flags' numbers. */
import type { WriteDatabase } from '../database.ts';

interface FlagVector {
  readonly number: number;
  /** Null where nothing of what was seen is left. */
  readonly vector: Uint8Array | null;
}

export interface KnownVector extends FlagVector {
  readonly vector: Uint8Array;
}

/** What a vector is made from. */
export interface UnseenFlag {
  readonly id: string;
  readonly number: number;
  readonly recording: string;
  readonly start: number;
  readonly end: number;
  /** Id of the nets that the scan looked with; '' for none. */
  readonly models: string;
}

export interface FlagVectors {
  /** The vector of a flag in this layout; undefined where none was ever made. */
  get(number: number, layout: string): FlagVector | undefined;
  put(number: number, layout: string, vector: Uint8Array | null): void;
  /** Vectors of the layout with numbers in `[from, below)`, ascending; those that are null are left out. */
  between(layout: string, from: number, below: number): KnownVector[];
  /** The numbers of these alone: what takes long is to hand vectors over. */
  numbersBetween(layout: string, from: number, below: number): number[];
  /** The highest number of a flag that has a vector of whatever layout or is known to have none; 0 without any. */
  last(): number;
  /**
   * Of the `limit` newest flags with numbers below `below` those without a vector of this layout, the newest first; `from` is
   * where to go on, null at the end.
   */
  unseen(layout: string, below: number, limit: number): { readonly from: number | null; readonly unseen: UnseenFlag[] };
  /** The same of one flag, whether or not it has a vector. */
  source(id: string): UnseenFlag | undefined;
}

const SOURCE = `f.id, f.number, f.recording, f.starts AS start, f.ends AS "end", s.models`;

const KNOWN = `FROM flag_vectors
    WHERE number >= @from AND number < @below AND layout = @layout AND vector IS NOT NULL ORDER BY number`;

/** Exported for the test of their plans. */
export const vectorQueries = {
  between: `SELECT number, vector ${KNOWN}`,
  numbersBetween: `SELECT number ${KNOWN}`,
  last: 'SELECT max(number) AS number FROM flag_vectors',
  numbers: `SELECT number FROM flags INDEXED BY flags_by_number WHERE number < @below ORDER BY number DESC LIMIT @limit`,
  unseen: `SELECT ${SOURCE} FROM flags f JOIN scans s ON s.id = f.scan
    WHERE f.number IN (SELECT n.number FROM flags n INDEXED BY flags_by_number WHERE n.number >= @from AND n.number < @below
      AND NOT EXISTS (SELECT 1 FROM flag_vectors v WHERE v.number = n.number AND v.layout = @layout))
    ORDER BY f.number DESC`,
} as const;

export function createFlagVectors(database: WriteDatabase): FlagVectors {
  const get = database.query<FlagVector>(
    'SELECT number, vector FROM flag_vectors WHERE number = @number AND layout = @layout',
  );
  const put = database.command(/* sql */ `
    INSERT INTO flag_vectors (number, layout, vector) VALUES (@number, @layout, @vector)
    ON CONFLICT (number) DO UPDATE SET layout = excluded.layout, vector = excluded.vector`);
  const between = database.query<KnownVector>(vectorQueries.between);
  const numbersBetween = database.column<number>(vectorQueries.numbersBetween);
  const last = database.query<{ number: number | null }>(vectorQueries.last);
  const numbers = database.column<number>(vectorQueries.numbers);
  const unseen = database.query<UnseenFlag>(vectorQueries.unseen);
  const source = database.query<UnseenFlag>(
    `SELECT ${SOURCE} FROM flags f JOIN scans s ON s.id = f.scan WHERE f.id = @id`,
  );
  return {
    get: (number, layout) => get.get({ number, layout }),
    put: (number, layout, vector) => void put.run({ number, layout, vector }),
    between: (layout, from, below) => between.all({ layout, from, below }),
    numbersBetween: (layout, from, below) => numbersBetween.all({ layout, from, below }),
    last: () => last.get()?.number ?? 0,
    unseen(layout, below, limit) {
      const from = numbers.all({ below, limit }).at(-1) ?? null;
      return { from, unseen: from === null ? [] : unseen.all({ layout, from, below }) };
    },
    source: (id) => source.get({ id }),
  };
}
