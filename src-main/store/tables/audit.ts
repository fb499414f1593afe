/** The audit log: rows are appended within the transaction of the change that they tell of, and never change. */
import type { AuditHead, AuditKind, AuditRow } from '../../contract/audit.ts';
import { auditDigest, beforeFirstRow, chainedHash } from '../audit-chain.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson, type JsonValue } from './json.ts';
import { canonicalJson } from './scan-id.ts';

export interface AuditEntry {
  readonly kind: AuditKind;
  /** Id of the flag, miss or camera, or the name of the setting. */
  readonly subject: string;
  readonly details: Readonly<Record<string, JsonValue>>;
}

export interface Audit {
  /** Appends a row; inside a transaction it becomes part of that one. */
  append(entry: AuditEntry): AuditRow;
  head(): AuditHead & { readonly atMs: number };
  /** How many rows were ever written, whatever happened to them since. */
  written(): number;
  /** Every row in order. */
  all(): AuditRow[];
  /** All rows about `subject`, in order. */
  about(subject: string): AuditRow[];
  /** Rows before number `before`, the latest first; of those kinds, and with those words in them, where they are given. */
  page(before: number, limit: number, filter?: AuditFilter): AuditRow[];
  /** The versions of the program that wrote the log, each with the row from which on it did, in order. */
  programs(): { readonly number: number; readonly version: string }[];
}

interface AuditFilter {
  readonly kinds?: readonly string[] | undefined;
  /** In kind, subject or details, whatever their case. */
  readonly words?: string | undefined;
}

interface StoredRow extends Omit<AuditRow, 'details'> {
  details: string;
}

const COLUMNS = 'number, at_ms AS atMs, kind, subject, details, previous, hash';

/** @param began What the first row of a new log says; asked for where there is none. */
export function createAudit(database: WriteDatabase, nowMs: () => number, began: () => AuditEntry['details']): Audit {
  const last = database.query<AuditHead & { atMs: number }>(
    'SELECT number, hash, at_ms AS atMs FROM audit_log ORDER BY number DESC LIMIT 1',
  );
  const sequence = database.query<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`);
  const every = database.query<StoredRow>(`SELECT ${COLUMNS} FROM audit_log ORDER BY number`);
  const ofSubject = database.query<StoredRow>(
    `SELECT ${COLUMNS} FROM audit_log WHERE subject = @subject ORDER BY number`,
  );
  const before = database.query<StoredRow>(/* sql */ `
    SELECT ${COLUMNS} FROM audit_log
    WHERE number < @before
      AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
      AND (@words IS NULL OR instr(lower(kind || ' ' || subject || ' ' || details), @words) > 0)
    ORDER BY number DESC LIMIT @limit`);
  const programs = database.query<{ number: number; version: string }>(
    `SELECT number, subject AS version FROM audit_log WHERE kind = 'program' ORDER BY number`,
  );
  const insert = database.command(/* sql */ `
    INSERT INTO audit_log (number, at_ms, kind, subject, details, previous, hash)
    VALUES (@number, @atMs, @kind, @subject, @details, @previous, @hash)`);

  const written = () => sequence.get()?.seq ?? 0;
  const append: Audit['append'] = ({ kind, subject, details }) =>
    database.transaction(() => {
      const previous = last.get()?.hash ?? beforeFirstRow;
      // Not the number after the last row: where rows were taken away, the gap stays to be seen.
      const content = { number: written() + 1, atMs: nowMs(), kind, subject, details };
      const hash = chainedHash(previous, auditDigest(content));
      insert.run({ ...content, details: canonicalJson(details), previous, hash });
      return { ...content, previous, hash };
    });
  if (written() === 0) append({ kind: 'log-began', subject: 'log', details: began() });

  return {
    append,
    written,
    head: () => last.get() ?? { number: 0, hash: beforeFirstRow, atMs: 0 },
    all: () => every.all().map(rowFrom),
    about: (subject) => ofSubject.all({ subject }).map(rowFrom),
    page: (number, limit, { kinds, words } = {}) =>
      before
        .all({
          ...{ before: number, limit, kinds: kinds === undefined ? null : JSON.stringify(kinds) },
          words: words === undefined ? null : words.toLowerCase(),
        })
        .map(rowFrom),
    programs: () => programs.all(),
  };
}

const rowFrom = (row: StoredRow): AuditRow => ({ ...row, details: fromJson<AuditRow['details']>(row.details) });
