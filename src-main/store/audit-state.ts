/** Whether the audit log is whole, and whether the tables say what it says of what people decided. */
import type { AuditFault, AuditRow, AuditState } from '../contract/audit.ts';
import { findAuditFault } from './audit-chain.ts';
import type { ReadDatabase } from './database.ts';
import type { Audit, AuditEntry } from './tables/audit.ts';
import { fromJson, type JsonValue } from './tables/json.ts';
import { canonicalJson } from './tables/scan-id.ts';

type Details = AuditEntry['details'];

/** The rows of each table in the form in which the log tells of them. (SQLite's own JSON would round numbers.) */
const tableQueries = {
  verdicts: /* sql */ `SELECT id AS key, flag, id, decision, class, starts AS start, ends AS "end", note,
    reason, decided_at_ms AS decidedAtMs, retracts FROM verdicts ORDER BY id`,
  misses: /* sql */ `SELECT id AS key, recording, starts AS start, ends AS "end", class, note, added_at_ms AS addedAtMs,
    removed_at_ms AS removedAtMs FROM misses ORDER BY id`,
  settings: 'SELECT key, value AS json FROM settings ORDER BY key',
  tags: 'SELECT flag AS key, json_group_array(tag ORDER BY tag) AS json FROM flag_tags GROUP BY flag ORDER BY flag',
  // The rest of a version follows from its id, which is a hash of it.
  policyVersions: /* sql */ `SELECT id AS key, name, policy, origin, weights, bytes, created_at_ms AS createdAtMs
    FROM policy_versions ORDER BY id`,
  policyActivations: /* sql */ `SELECT number AS key, number, version, kind, at_ms AS atMs FROM policy_activations
    ORDER BY number`,
} as const;
type TableName = keyof typeof tableQueries;

const nouns: Readonly<Record<TableName, string>> = {
  verdicts: 'verdict',
  misses: 'miss',
  settings: 'setting',
  tags: 'tags of flag',
  policyVersions: 'policy version',
  policyActivations: 'activation',
};
const tableNames = Object.keys(tableQueries) as readonly TableName[];

const valuesOf = (database: ReadDatabase, table: TableName): [string, JsonValue][] =>
  database
    .query<Details & { key: string | number; json?: string }>(tableQueries[table])
    .all()
    .map(({ key, json, ...row }) => [
      String(key),
      json === undefined ? withoutEmptyReason(row) : fromJson<JsonValue>(json),
    ]);

/** As the log tells it: a verdict's reason is there only where one was given. */
const withoutEmptyReason = ({ reason, ...row }: Details): Details =>
  reason === undefined || reason === '' ? row : { ...row, reason };

/** What a new log begins with: what the tables hold already, so that later changes of that are found too. */
export const auditOrigin = (database: ReadDatabase): Details =>
  Object.fromEntries(tableNames.map((table) => [table, Object.fromEntries(valuesOf(database, table))]));

/** Reads the whole log. */
export function inspectAudit(database: ReadDatabase, audit: Pick<Audit, 'all' | 'head' | 'written'>): AuditState {
  const rows = audit.all();
  const { atMs, ...head } = audit.head();
  return { head, atMs, fault: findAuditFault(rows, audit.written()) ?? findContradiction(rows, database) };
}

/** The first thing in a table that a whole log does not agree with. */
function findContradiction(rows: readonly AuditRow[], database: ReadDatabase): AuditFault | null {
  const told = toldBy(rows);
  for (const table of tableNames) {
    const stored = new Map(valuesOf(database, table).map(([key, value]) => [key, canonicalJson(value)]));
    for (const [key, { value, row }] of told[table]) {
      const shown = stored.get(key) ?? null;
      if (shown === (value === null ? null : canonicalJson(value))) continue;
      const what = shown === null ? 'is gone' : value === null ? 'is back' : 'was changed';
      return contradiction(row, table, key, what);
    }
    for (const key of stored.keys()) {
      if (!told[table].has(key)) return contradiction(rows.length, table, key, 'is in no row of the log');
    }
  }
  return null;
}

const contradiction = (number: number, table: TableName, key: string, what: string): AuditFault => ({
  ...{ fault: 'contradicted', number },
  reason: `The ${nouns[table]} ${key} ${what}: the audit log up to row ${number} says otherwise.`,
});

/** What a table should hold, by key, with the number of the row that says so; null where it should hold nothing. */
type Told = Map<string, { readonly value: JsonValue; readonly row: number }>;

function toldBy(rows: readonly AuditRow[]): Readonly<Record<TableName, Told>> {
  const told = Object.fromEntries(tableNames.map((table) => [table, new Map()])) as Record<TableName, Told>;
  for (const { number: row, kind, subject, details: said } of rows) {
    const details = said as Details;
    if (kind === 'log-began') {
      for (const table of tableNames) {
        for (const [key, value] of Object.entries((details[table] ?? {}) as Details)) {
          if (value !== undefined) told[table].set(key, { value, row });
        }
      }
    } else if (kind === 'verdict') {
      told.verdicts.set(JSON.stringify(details['id']), { value: { ...details, flag: subject }, row });
    } else if (kind === 'miss') {
      told.misses.set(subject, { value: { ...details, removedAtMs: null }, row });
    } else if (kind === 'miss-removed') {
      told.misses.set(subject, { value: { ...(told.misses.get(subject)?.value as Details), ...details }, row });
    } else if (kind === 'setting') {
      told.settings.set(subject, { value: details['value'] ?? null, row });
    } else if (kind === 'tags') {
      const tags = details['tags'];
      told.tags.set(subject, { value: Array.isArray(tags) && tags.length > 0 ? tags : null, row });
    } else if (kind === 'policy-version') {
      const { name, policy, origin, weights, bytes, createdAtMs } = details;
      told.policyVersions.set(subject, { value: { name, policy, origin, weights, bytes, createdAtMs }, row });
    } else if (kind === 'policy-activation') {
      told.policyActivations.set(JSON.stringify(details['number']), { value: { ...details, version: subject }, row });
    }
  }
  return told;
}
