/** Which blob holds a recording's activity curve. */
import type { WriteDatabase } from '../database.ts';

export interface TriageTable {
  /** Hash of the blob; `key` names what made it (version, settings). */
  get(recording: string, key: string): string | undefined;
  put(recording: string, key: string, blob: string): void;
}

export function createTriageTable(database: WriteDatabase): TriageTable {
  const get = database.query<{ blob: string }>('SELECT blob FROM triage WHERE recording = @recording AND key = @key');
  const put = database.command('INSERT OR REPLACE INTO triage (recording, key, blob) VALUES (@recording, @key, @blob)');
  return {
    get: (recording, key) => get.get({ recording, key })?.blob,
    put: (recording, key, blob) => void put.run({ recording, key, blob }),
  };
}
