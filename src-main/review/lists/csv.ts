/** Flags as a table that spreadsheets open: RFC 4180, UTF-8. */
import { baseName, type ExportedFlag, heldBounds, heldClass, momentOf } from './exported-flag.ts';

const columns: readonly (readonly [name: string, of: (exported: ExportedFlag) => string | number | null])[] = [
  ['flag', ({ flag }) => flag.id],
  ['camera', ({ flag }) => flag.camera],
  ['file', ({ recording }) => baseName(recording.path)],
  ['start_seconds', (exported) => heldBounds(exported).start],
  ['end_seconds', (exported) => heldBounds(exported).end],
  ['start_utc', (exported) => momentOf(exported, heldBounds(exported).start).utc],
  ['end_utc', (exported) => momentOf(exported, heldBounds(exported).end).utc],
  ['start_local', (exported) => momentOf(exported, heldBounds(exported).start).local],
  ['end_local', (exported) => momentOf(exported, heldBounds(exported).end).local],
  ['clock_source', ({ recording }) => recording.clock.source],
  ['time_zone', ({ zone }) => zone.name],
  ['class', heldClass],
  ['state', ({ flag }) => flag.verdict?.decision ?? 'open'],
  ['score', ({ flag }) => flag.score],
  ['policy', ({ flag }) => flag.policy],
  ['explanation', ({ flag }) => flag.explanation],
  ['note', ({ flag }) => flag.verdict?.note ?? ''],
  ['reason', ({ flag }) => flag.verdict?.reason ?? ''],
  ['tags', ({ flag }) => (flag.tags ?? []).join('; ')],
  ['found_start_seconds', ({ flag }) => flag.start],
  ['found_end_seconds', ({ flag }) => flag.end],
  ['found_class', ({ flag }) => flag.class],
  ['path', ({ recording }) => recording.path],
];

/** Begins with a byte order mark, without which Excel takes it for another encoding. */
export const csvText = (flags: readonly ExportedFlag[]): string =>
  `\uFEFF${[columns.map(([name]) => name), ...flags.map((flag) => columns.map(([, of]) => cell(of(flag))))]
    .map((row) => row.join(','))
    .join('\r\n')}\r\n`;

/** Names and notes are not ours: what a spreadsheet would compute is kept a text by an apostrophe, as OWASP advises. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
