/** Writes src-main/store/schema.sql from the migrations; with --check only compares and fails where they differ. */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemaText } from '../src-main/store/schema-text.ts';

const file = new URL('../src-main/store/schema.sql', import.meta.url);
const text = schemaText();

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('src-main/store/schema.sql is not what the migrations make: run node scripts/schema-sql.ts\n');
  process.exitCode = 1;
}
