/** The audit log in a package: the rows about its flags in full, the others as digests that the chain runs through. */
import type { AuditContentRow, AuditRow } from '../../contract/audit.ts';
import type { AuditExcerpt } from '../../contract/evidence.ts';
import { auditDigest, beforeFirstRow, chainedHash } from '../../store/index.ts';

/** @param rows The whole log. @param isShown Which of its rows a reader of the package may see. */
export function auditExcerpt(rows: readonly AuditRow[], isShown: (row: AuditRow) => boolean): AuditExcerpt {
  const last = rows.at(-1);
  return {
    format: 'anom-pi audit 1',
    head: { number: last?.number ?? 0, hash: last?.hash ?? beforeFirstRow },
    digests: rows.map(auditDigest),
    rows: rows.filter(isShown).map(({ previous: _previous, hash: _hash, ...content }): AuditContentRow => content),
  };
}

/** What is wrong with an excerpt, in one sentence; null where its rows are those of the chain that leads to its head. */
export function faultInExcerpt({ head, digests, rows }: AuditExcerpt): string | null {
  let before = 0;
  for (const row of rows) {
    if (row.number <= before) return `Row ${row.number} of the audit log does not stand in its place.`;
    before = row.number;
    const digest = digests[row.number - 1];
    if (digest === undefined)
      return `Row ${row.number} of the audit log is none of the ${digests.length} of its chain.`;
    if (digest !== auditDigest(row)) return `Row ${row.number} of the audit log was altered.`;
  }
  const hash = digests.reduce(chainedHash, beforeFirstRow);
  if (digests.length === head.number && hash === head.hash) return null;
  return `The chain of the audit log does not lead to its head, row ${head.number}: a row was altered, added or removed.`;
}
