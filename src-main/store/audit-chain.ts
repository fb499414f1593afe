/** The hash chain of the audit log: what the hash of a row is made of, and which row is not as it was written. */
import { hash as hashOf } from 'node:crypto';
import type { AuditFault, AuditRow } from '../contract/audit.ts';
import type { JsonValue } from './tables/json.ts';
import { canonicalJson } from './tables/scan-id.ts';

/** What a row says, without its place in the chain. */
export type AuditContent = Omit<AuditRow, 'previous' | 'hash'>;

/** What the first row is chained to. */
export const beforeFirstRow = '0'.repeat(64);

/**
 * SHA-256 of the canonical JSON of what a row says, its number among it. It stands for the row where the row itself is not
 * to be shown: the chain can be followed without it.
 */
export const auditDigest = ({ number, atMs, kind, subject, details }: AuditContent): string =>
  sha256(canonicalJson({ number, atMs, kind, subject, details: details as JsonValue }));

/** The hash of a row: SHA-256 of the canonical JSON of the hash before it and of its own digest. */
export const chainedHash = (previous: string, digest: string): string => sha256(canonicalJson([previous, digest]));

/**
 * The first row that is not as it was written, or null where all are.
 * @param rows The log in order. @param written How many rows were ever written, as far as that is known.
 */
export function findAuditFault(rows: readonly AuditRow[], written = rows.length): AuditFault | null {
  let previous = beforeFirstRow;
  for (const [index, row] of rows.entries()) {
    if (row.number !== index + 1 || row.previous !== previous || !isOwnHash(row)) return faultAt(rows, index, previous);
    previous = row.hash;
  }
  if (rows.length >= written) return null;
  return fault('removed', rows.length + 1, `${written} rows were written and the last is row ${rows.length}`);
}

/** Names what is wrong at `index`, where the chain of `rows` does not go on from `previous`. */
function faultAt(rows: readonly AuditRow[], index: number, previous: string): AuditFault {
  const row = rows[index];
  const number = index + 1;
  if (row === undefined) throw new RangeError(`there is no row ${number}`);
  if (row.previous === previous) {
    return isOwnHash(row) && row.number > number
      ? fault('removed', number, `row ${row.number} was written after it was gone`)
      : fault('altered', number, 'what it says does not have its hash');
  }
  const followed = rows.findIndex(({ hash }) => hash === row.previous);
  const heir = rows.findIndex((other, at) => at > index && other.previous === previous);
  if (heir > index) {
    const isKnown = followed >= 0 || (row.previous === beforeFirstRow && isOwnHash({ ...row, number: 1 }));
    return isKnown
      ? fault('reordered', number, `it was written after row ${rows[followed]?.number ?? 0}`)
      : fault('inserted', number, `row ${heir + 1} was written in its place`);
  }
  if (row.previous === beforeFirstRow || (followed >= 0 && followed < index)) {
    return fault('inserted', followed + 2, `row ${number} was written in its place`);
  }
  if (row.number > number || isRenumbered(row, rows.length)) {
    return fault('removed', number, `what now follows row ${index} was written after a row that is gone`);
  }
  return isOwnHash(row) && index > 0
    ? fault('altered', index, `row ${number} was written after a row with another hash`)
    : fault('altered', number, 'what it says does not have its hash, and it follows no row');
}

/** Whether the row has its hash under a later number: it moved up when others were taken out. */
function isRenumbered(row: AuditRow, rows: number): boolean {
  for (let number = row.number + 1; number <= row.number + rows + mostRemoved; number++) {
    if (isOwnHash({ ...row, number })) return true;
  }
  return false;
}

/** So many rows taken out in one place are told from an altered one. */
const mostRemoved = 100;

const isOwnHash = (row: AuditRow): boolean => chainedHash(row.previous, auditDigest(row)) === row.hash;

const fault = (kind: AuditFault['fault'], number: number, why: string): AuditFault => ({
  ...{ fault: kind, number },
  reason: `Row ${number} of the audit log was ${kind}: ${why}.`,
});

const sha256 = (text: string) => hashOf('sha256', text);
