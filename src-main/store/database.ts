/** SQLite behind two types: what may only read, and what may write; its errors leave here in the program's own words. */
import Sqlite from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';

type SqlValue = string | number | null | Uint8Array;
/** Values by name, `@name` in the statement. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;

interface Query<Row> {
  get(parameters?: SqlParameters): Row | undefined;
  all(parameters?: SqlParameters): Row[];
}

interface Column<Value> {
  all(parameters?: SqlParameters): Value[];
}

interface Command {
  /** Runs it and returns the number of rows that it changed. */
  run(parameters?: SqlParameters): number;
}

export interface ReadDatabase {
  readonly path: string;
  /**
   * Prepares a statement that only reads; `Row` is what it selects, checked by STRICT tables and by nothing else.
   * @throws RangeError where the statement would write.
   */
  query<Row extends object>(sql: string): Query<Row>;
  /** The same for a statement that selects one column, and gives its values: a list of ids is too long for a row each. */
  column<Value extends SqlValue>(sql: string): Column<Value>;
  /** The single value of a pragma. */
  pragma(name: string): SqlValue;
  close(): void;
}

export interface WriteDatabase extends ReadDatabase {
  command(sql: string): Command;
  /** All of `work` or nothing of it; `work` is synchronous. Inside another transaction it becomes part of that one. */
  transaction<Result>(work: () => Result): Result;
  /** Runs a script of statements without parameters. */
  script(sql: string): void;
}

/** Long enough for another process that copies the file, short enough not to look like a hang. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens an existing database for reading only. */
export const openReadDatabase = (path: string): ReadDatabase => wrap(path, open(path, true));

/**
 * Opens or creates a database for writing: a write-ahead log, so that readers never wait; `synchronous = FULL`, so that
 * a verdict that was acknowledged survives a power cut.
 */
export function openWriteDatabase(path: string): WriteDatabase {
  const native = open(path, false);
  return closedOnError(native, path, () => {
    native.pragma('journal_mode = WAL');
    native.pragma('synchronous = FULL');
    native.pragma('foreign_keys = ON');
    // A rogue database file must not run functions of its schema (SQLite, "Defense Against The Dark Arts").
    native.pragma('trusted_schema = OFF');
    return wrap(path, native);
  });
}

/** A database in memory, for the generator of schema.sql and for tests of migrations. */
export function openMemoryDatabase(): WriteDatabase {
  const native = new Sqlite(':memory:');
  native.pragma('foreign_keys = ON');
  return wrap(':memory:', native);
}

/** Runs `work` on a database that is closed afterwards, whatever happens. */
export function withReadDatabase<Result>(path: string, work: (database: ReadDatabase) => Result): Result {
  const database = openReadDatabase(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function open(path: string, readonly: boolean): Sqlite.Database {
  try {
    return new Sqlite(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw storeErrorFrom(error, path);
  }
}

function closedOnError<Result>(native: Sqlite.Database, path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    native.close();
    throw storeErrorFrom(error, path);
  }
}

function wrap(path: string, native: Sqlite.Database): WriteDatabase {
  const translated = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw storeErrorFrom(error, path);
    }
  };
  const prepare = <Row>(sql: string) => translated(() => native.prepare<[SqlParameters], Row>(sql));
  const prepareReading = <Row>(sql: string) => {
    const statement = prepare<Row>(sql);
    if (!statement.readonly) throw new RangeError(`a query must not write: ${sql}`);
    return statement;
  };
  return {
    path,
    query<Row extends object>(sql: string): Query<Row> {
      const statement = prepareReading<Row>(sql);
      return {
        get: (parameters = {}) => translated(() => statement.get(parameters)),
        all: (parameters = {}) => translated(() => statement.all(parameters)),
      };
    },
    column<Value extends SqlValue>(sql: string): Column<Value> {
      const statement = prepareReading<Value>(sql).pluck();
      return { all: (parameters = {}) => translated(() => statement.all(parameters)) };
    },
    command(sql) {
      const statement = prepare(sql);
      return { run: (parameters = {}) => translated(() => statement.run(parameters).changes) };
    },
    transaction: (work) => translated(() => native.transaction(work).immediate()),
    script: (sql) => translated(() => void native.exec(sql)),
    pragma: (name) => translated(() => native.pragma(name, { simple: true }) as SqlValue),
    close: () => void native.close(),
  };
}

/** `error` in the program's words: a full disk, a damaged file, a folder that may not be written; others unchanged. */
export function storeErrorFrom(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const options = { details: { path }, cause: error };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', `The disk that holds ${path} is full; free some space and try again.`, options);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError('database-damaged', `The database ${path} is damaged (${error.message}).`, options);
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|EACCES$|EPERM$|EROFS$)/.test(code)) {
    const message = `${path} cannot be written; choose a data folder that you may write.`;
    return new AppError('permission-denied', message, options);
  }
  return error;
}
