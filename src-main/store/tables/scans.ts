/** Scans and their episodes: started, continued after any interruption, finished in one transaction. */
import type { Interval } from '../../math/interval.ts';
import type { Flag } from '../../contract/flag.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';
import { flagId, scanId, type ScanIdentity } from './scan-id.ts';

export type ScanState = 'running' | 'done' | 'failed';

export interface Scan extends ScanIdentity {
  readonly id: string;
  readonly state: ScanState;
  /** One sentence, where it failed. */
  readonly reason: string | null;
  /** What the finished scan says of itself: frames, seconds, provider. */
  readonly summary: JsonValue;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
}

export interface Episode extends Interval {
  readonly state: 'waiting' | 'done';
  /** Small; null until done. */
  readonly result: JsonValue;
  /** Hash of the trajectory's blob; null until done. */
  readonly trajectory: string | null;
}

/** A flag as the inquiry found it; what the store adds follows from the scan. */
export type NewFlag = Pick<Flag, 'start' | 'end' | 'class' | 'score' | 'explanation' | 'claims' | 'trajectory'>;

export interface Scans {
  get(id: string): Scan | undefined;
  /** The newest scans last; `state` narrows. */
  list(filter?: { readonly recording?: string; readonly state?: ScanState }): Scan[];
  /** The newest finished scan of a recording that stands; before there is one, the newest under way. */
  standing(recording: string): Scan | undefined;
  /**
   * Begins the scan that `identity` names or goes on with it: what is done of it stays done. A failed one is tried again.
   * With `again` one that is done is begun anew; its flags stand until the new ones take their place.
   */
  start(identity: ScanIdentity, atMs: number, options?: { readonly again?: boolean }): Scan;
  /** Enters the episodes to run; known ones keep their state, so that planning twice changes nothing. */
  planEpisodes(id: string, episodes: readonly Interval[]): void;
  /** In order of time. */
  episodes(id: string): Episode[];
  unfinishedEpisodes(id: string): Interval[];
  finishEpisode(id: string, start: number, outcome: { readonly result: JsonValue; readonly trajectory: string }): void;
  /**
   * Stores the flags and marks the scan done, in one transaction. The scan takes the place of all others of the recording
   * under this policy; their flags stay, superseded. Where the scan is done already, nothing changes.
   * @returns Ids of the flags, in their order.
   */
  finish(
    id: string,
    outcome: { readonly flags: readonly NewFlag[]; readonly summary: JsonValue; readonly atMs: number },
  ): string[];
  /** Lets a finished scan stand again in place of the others, when the same look is asked for anew. */
  reinstate(id: string, atMs: number): void;
  fail(id: string, reason: string, atMs: number): void;
}

interface Row extends Omit<Scan, 'settings' | 'summary'> {
  settings: string;
  summary: string | null;
}

const COLUMNS = `id, recording, policy, policy_version AS policyVersion, budget, models, settings, state, reason, summary,
  started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs`;

/** `changed` is called whenever flags come, go or are found anew. */
export function createScans(database: WriteDatabase, changed: () => void): Scans {
  const byId = database.query<Row>(`SELECT ${COLUMNS} FROM scans WHERE id = @id`);
  const listed = database.query<Row>(/* sql */ `
    SELECT ${COLUMNS} FROM scans
    WHERE (@recording IS NULL OR recording = @recording) AND (@state IS NULL OR state = @state)
    ORDER BY started_at_ms, id`);
  const standing = database.query<Row>(/* sql */ `
    SELECT ${COLUMNS} FROM scans WHERE recording = @recording AND superseded_at_ms IS NULL AND state <> 'failed'
    ORDER BY state = 'done' DESC, started_at_ms DESC, id LIMIT 1`);
  const insert = database.command(/* sql */ `
    INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state, started_at_ms)
    VALUES (@id, @recording, @policy, @policyVersion, @budget, @models, @settings, 'running', @atMs)`);
  const restart = database.command(/* sql */ `
    UPDATE scans SET state = 'running', reason = NULL, summary = NULL, started_at_ms = @atMs, finished_at_ms = NULL
    WHERE id = @id`);
  const clearEpisodes = database.command('DELETE FROM episodes WHERE scan = @id');
  const plan = database.command(/* sql */ `
    INSERT INTO episodes (scan, starts, ends, state) VALUES (@id, @start, @end, 'waiting')
    ON CONFLICT (scan, starts) DO NOTHING`);
  const episodes = database.query<
    Interval & { state: Episode['state']; result: string | null; trajectory: string | null }
  >('SELECT starts AS start, ends AS "end", state, result, trajectory FROM episodes WHERE scan = @id ORDER BY starts');
  const unfinished = database.query<Interval>(UNFINISHED_EPISODES);
  const finishEpisode = database.command(/* sql */ `
    UPDATE episodes SET state = 'done', result = @result, trajectory = @trajectory WHERE scan = @id AND starts = @start`);
  const putFlag = database.command(/* sql */ `
    INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
    VALUES (@id, @scan, @recording, @start, @end, @class, @score, @explanation, @claims, @trajectory, @atMs)
    ON CONFLICT (id) DO UPDATE SET score = excluded.score, explanation = excluded.explanation,
      claims = excluded.claims, trajectory = excluded.trajectory, superseded_at_ms = NULL`);
  const dropFlags = database.command(
    'UPDATE flags SET superseded_at_ms = @atMs WHERE scan = @id AND superseded_at_ms IS NULL',
  );
  const supersedeOthers = database.command(/* sql */ `
    UPDATE scans SET superseded_at_ms = @atMs
    WHERE recording = @recording AND policy = @policy AND id <> @id AND superseded_at_ms IS NULL`);
  const reinstate = database.command(
    'UPDATE scans SET superseded_at_ms = NULL WHERE id = @id AND superseded_at_ms IS NOT NULL',
  );
  const finish = database.command(/* sql */ `
    UPDATE scans SET state = 'done', reason = NULL, summary = @summary, finished_at_ms = @atMs WHERE id = @id`);
  const fail = database.command(/* sql */ `
    UPDATE scans SET state = 'failed', reason = @reason, finished_at_ms = @atMs WHERE id = @id AND state = 'running'`);

  const get = (id: string) => {
    const row = byId.get({ id });
    return row === undefined ? undefined : scanFrom(row);
  };
  const existing = (id: string): Scan => {
    const scan = get(id);
    if (scan === undefined) throw new RangeError(`no scan ${id}`);
    return scan;
  };

  const makeCurrent = ({ id, recording, policy }: Pick<Scan, 'id' | 'recording' | 'policy'>, atMs: number) => {
    const taken = supersedeOthers.run({ id, recording, policy, atMs });
    return reinstate.run({ id }) + taken;
  };

  return {
    get,
    list: ({ recording, state } = {}) =>
      listed.all({ recording: recording ?? null, state: state ?? null }).map(scanFrom),
    standing(recording) {
      const row = standing.get({ recording });
      return row === undefined ? undefined : scanFrom(row);
    },
    start(identity, atMs, { again = false } = {}) {
      const id = scanId(identity);
      return database.transaction(() => {
        const known = get(id);
        if (known === undefined) {
          const { recording, policy, policyVersion, budget, models } = identity;
          insert.run({
            id,
            recording,
            policy,
            policyVersion,
            budget,
            models,
            settings: jsonOf(identity.settings),
            atMs,
          });
        } else if (known.state === 'failed' || (known.state === 'done' && again)) {
          restart.run({ id, atMs });
          if (known.state === 'done') clearEpisodes.run({ id });
        }
        return existing(id);
      });
    },
    planEpisodes: (id, intervals) =>
      database.transaction(() => intervals.forEach(({ start, end }) => plan.run({ id, start, end }))),
    episodes: (id) =>
      episodes
        .all({ id })
        .map((row) => ({ ...row, result: row.result === null ? null : fromJson<JsonValue>(row.result) })),
    unfinishedEpisodes: (id) => unfinished.all({ scan: id }),
    finishEpisode(id, start, { result, trajectory }) {
      const changed = finishEpisode.run({ id, start, result: jsonOf(result), trajectory });
      if (changed !== 1) throw new RangeError(`scan ${id} has no episode that starts at ${start} s`);
    },
    finish: (id, { flags, summary, atMs }) =>
      database.transaction(() => {
        const { recording, policy, state } = existing(id);
        const ids = flags.map((flag) => flagId(id, flag));
        if (state === 'done') return ids;
        dropFlags.run({ id, atMs });
        flags.forEach(({ start, end, score, explanation, trajectory, claims, class: named }, index) => {
          const flag = { start, end, score, explanation, trajectory, class: named, claims: JSON.stringify(claims) };
          putFlag.run({ ...flag, id: ids[index] ?? '', scan: id, recording, atMs });
        });
        finish.run({ id, summary: jsonOf(summary), atMs });
        makeCurrent({ id, recording, policy }, atMs);
        changed();
        return ids;
      }),
    reinstate(id, atMs) {
      if (database.transaction(() => makeCurrent(existing(id), atMs)) > 0) changed();
    },
    fail: (id, reason, atMs) => void fail.run({ id, reason, atMs }),
  };
}

/** Exported for the test of its plan: it runs at every step of every scan. */
export const UNFINISHED_EPISODES = `SELECT starts AS start, ends AS "end" FROM episodes
  WHERE scan = @scan AND state = 'waiting' ORDER BY starts`;

function scanFrom(row: Row): Scan {
  return {
    ...row,
    settings: fromJson<ScanIdentity['settings']>(row.settings),
    summary: row.summary === null ? null : fromJson<JsonValue>(row.summary),
  };
}
