/** Changes a data folder's database as somebody could with SQLite's own shell, while no core has it open. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export function alterDatabase(dataFolder: string, sql: string): void {
  const database = new Sqlite(join(dataFolder, 'anom-pi.db'));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}
