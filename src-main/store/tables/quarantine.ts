/** Tasks that crashed or hung their worker on a recording, the retry of the supervisor included: they are left alone. */
import type { WriteDatabase } from '../database.ts';

export interface QuarantineEntry {
  readonly recording: string;
  readonly task: string;
  /** One sentence for a person, of the latest failure. */
  readonly reason: string;
  readonly attempts: number;
  readonly failedAtMs: number;
}

export interface Quarantine {
  /** Notes that `task` ended its worker on `recording`: it is in quarantine from now on. */
  fail(failure: Omit<QuarantineEntry, 'attempts'>): void;
  /** The entry that keeps `task` from running on `recording`. */
  find(recording: string, task: string): QuarantineEntry | undefined;
  /** Forgets a recording's failures: of one task after a success, of all so that a person can try again. */
  release(recording: string, task?: string): void;
  list(): QuarantineEntry[];
}

const COLUMNS = 'recording, task, reason, attempts, failed_at_ms AS failedAtMs';

/** `changed` is called whenever a recording comes into quarantine or out of it. */
export function createQuarantine(database: WriteDatabase, changed: () => void): Quarantine {
  const every = database.query<QuarantineEntry>(
    `SELECT ${COLUMNS} FROM quarantine ORDER BY failed_at_ms, recording, task`,
  );
  const find = database.query<QuarantineEntry>(
    `SELECT ${COLUMNS} FROM quarantine
     WHERE recording = @recording AND task = @task`,
  );
  const fail = database.command(/* sql */ `
    INSERT INTO quarantine (recording, task, reason, attempts, failed_at_ms)
    VALUES (@recording, @task, @reason, 1, @failedAtMs)
    ON CONFLICT (recording, task) DO UPDATE
      SET reason = excluded.reason, attempts = attempts + 1, failed_at_ms = excluded.failed_at_ms`);
  const release = database.command(
    'DELETE FROM quarantine WHERE recording = @recording AND (@task IS NULL OR task = @task)',
  );
  return {
    fail({ recording, task, reason, failedAtMs }) {
      fail.run({ recording, task, reason, failedAtMs });
      changed();
    },
    find: (recording, task) => find.get({ recording, task }),
    release(recording, task) {
      if (release.run({ recording, task: task ?? null }) > 0) changed();
    },
    list: () => every.all(),
  };
}
