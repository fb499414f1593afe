/** The schema that the migrations lead to, as text to read and to compare with the committed schema.sql. */
import { openMemoryDatabase } from './database.ts';
import { migrate, newestSchema } from './migrate.ts';

/** Every statement of the newest schema, tables before their indexes and triggers, in order of creation. */
export function schemaText(): string {
  const database = openMemoryDatabase();
  try {
    migrate(database, '');
    const statements = database
      .query<{ sql: string }>(
        // Tables that SQLite makes behind a virtual one are its own.
        `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
          AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid`,
      )
      .all();
    const head = `-- Generated from src-main/store/migrations by scripts/schema-sql.ts: schema ${newestSchema()}.\n`;
    return `${head}\n${statements.map(({ sql }) => `${sql};\n`).join('\n')}`;
  } finally {
    database.close();
  }
}
