/** Copies of the database: before a migration, and daily, the last three of each kind. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { storeErrorFrom, type WriteDatabase } from './database.ts';

/** `migration`: before the schema changed. `daily`: at the first opening in 24 hours. */
export type BackupKind = 'migration' | 'daily';

const KEPT = 3;
const DAY_MS = 86_400_000;
const NAME = /^(migration|daily)-schema(\d+)-(\d{13})\.db$/;

export interface Backup {
  readonly path: string;
  readonly kind: BackupKind;
  readonly schema: number;
  readonly madeAtMs: number;
}

/** The backups in `folder`, newest first; none where there is no such folder. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .map((name): Backup | null => {
      const [, kind, schema, madeAtMs] = NAME.exec(name) ?? [];
      if (kind !== 'migration' && kind !== 'daily') return null;
      return { path: path.join(folder, name), kind, schema: Number(schema), madeAtMs: Number(madeAtMs) };
    })
    .filter((backup) => backup !== null)
    .toSorted((a, b) => b.madeAtMs - a.madeAtMs);
}

/**
 * Copies `database` into `folder`: a consistent, compacted copy, written aside, synced and renamed; then deletes all but
 * the newest three of its kind.
 * @returns The path of the copy.
 * @throws AppError `disk-full`, in which case nothing is left behind and the older copies stay.
 */
export function backUp(
  database: WriteDatabase,
  folder: string,
  { kind, schema, nowMs }: { readonly kind: BackupKind; readonly schema: number; readonly nowMs: number },
): string {
  const target = path.join(folder, `${kind}-schema${schema}-${String(nowMs).padStart(13, '0')}.db`);
  const aside = `${target}.part`;
  mkdirSync(folder, { recursive: true });
  try {
    rmSync(aside, { force: true });
    database.command('VACUUM INTO @aside').run({ aside });
    // VACUUM INTO does not sync what it writes.
    const file = openSync(aside, 'r+');
    fsyncSync(file);
    closeSync(file);
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    throw storeErrorFrom(error, target);
  }
  for (const old of listBackups(folder)
    .filter((backup) => backup.kind === kind)
    .slice(KEPT)) {
    rmSync(old.path, { force: true });
  }
  return target;
}

/** Whether a day has passed since the newest backup of either kind. */
export const isBackupDue = (folder: string, nowMs: number): boolean =>
  nowMs - (listBackups(folder)[0]?.madeAtMs ?? 0) >= DAY_MS;
