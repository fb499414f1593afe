/** Rows of the audit log in words: their kinds, and what their details say on one line. */
import type { AuditKind, ListedAuditRow } from '../../../src-main/contract/audit.ts';
import { hasText, t } from '../../i18n/index.ts';
import { formatDuration } from '../../lib/format.ts';

/** In the order of the filter. */
export const auditKinds: readonly AuditKind[] = [
  ...(['verdict', 'miss', 'miss-removed', 'export', 'setting', 'camera', 'camera-clock', 'tags'] as const),
  ...(['normality-reset', 'preference', 'preference-withdrawn', 'policy-version', 'policy-activation'] as const),
  ...(['program', 'log-began'] as const),
];

/** A later program's kinds are shown by their names. */
export function kindWords(kind: string): string {
  const key = `export.log.kind.${kind}`;
  return hasText(key) ? t(key) : kind;
}

/** What is told elsewhere in the row, and what only a program reads. */
const leftOut: ReadonlySet<string> = new Set([
  'id',
  'decidedAtMs',
  'addedAtMs',
  'removedAtMs',
  'exportedAtMs',
  'isDownload',
  'recording',
]);
const times: ReadonlySet<string> = new Set(['start', 'end']);
const mostLength = 200;

/** The details on one line, what is empty left out. */
export function detailWords({ kind, details }: Pick<ListedAuditRow, 'kind' | 'details'>): string {
  // What the log began with is as long as the archive is old.
  if (kind === 'log-began') return '';
  const parts = inOrder(details).flatMap(([name, value]) => {
    if (leftOut.has(name) || value === null || value === '' || value === false) return [];
    if (times.has(name) && typeof value === 'number') return [`${name} ${formatDuration(value, 2)}`];
    if (name === 'sha256' && typeof value === 'string') return [`SHA-256 ${value.slice(0, 12)}…`];
    if (value === true) return [name];
    if (typeof value !== 'object') return [`${name} ${String(value)}`];
    const text = JSON.stringify(value);
    return text === '{}' || text === '[]' ? [] : [`${name} ${text}`];
  });
  const line = parts.join(' · ');
  return line.length > mostLength ? `${line.slice(0, mostLength - 1)}…` : line;
}

/** What matters most goes first; the rest as it is written. */
const first = ['decision', 'format', 'file', 'value', 'class', 'start', 'end', 'note'];
const inOrder = (details: ListedAuditRow['details']) =>
  Object.entries(details).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
const placeOf = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);

/** The whole row, for who wants all of it. */
export const wholeRow = ({ previous, hash, details, subject }: ListedAuditRow): string =>
  JSON.stringify({ subject, details, previous, hash }, null, 1);
