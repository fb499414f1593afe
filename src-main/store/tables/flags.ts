/** The queue: flagged intervals with their recordings and the verdicts that hold. */
import type { Flag, Verdict } from '../../contract/flag.ts';
import type { ReadDatabase } from '../database.ts';
import { fromJson, jsonOf } from './json.ts';

export interface FlagFilter {
  readonly recording?: string;
  readonly scan?: string;
  readonly policy?: string;
  /** True: those with a verdict; false: those without. */
  readonly decided?: boolean;
  /** Also those that a later scan superseded and that nobody decided on. */
  readonly superseded?: boolean;
}

export interface Flags {
  get(id: string): Flag | undefined;
  /** Flags whose id begins with `prefix`, two at most: none, the one that was meant, or proof that more were meant. */
  startingWith(prefix: string): Flag[];
  /**
   * By recording and time. A flag is listed while it stands; one that a reviewer decided on is listed for good, whatever
   * later scans found.
   */
  list(filter?: FlagFilter): Flag[];
  /** Those of `ids` that there are, in that order. */
  rows(ids: readonly string[]): Flag[];
}

interface Row extends Omit<Flag, 'claims' | 'verdict' | 'tags'> {
  claims: string;
  tags: string | null;
  decision: Verdict['decision'] | null;
  verdictClass: string | null;
  verdictStart: number | null;
  verdictEnd: number | null;
  note: string;
  reason: string;
  decidedAtMs: number;
}

const SELECT = /* sql */ `
  SELECT f.id, f.recording, f.starts AS start, f.ends AS "end", f.class, f.score, f.explanation, f.claims, f.trajectory,
    s.policy, s.policy_version AS policyVersion, c.name AS camera,
    coalesce((SELECT path FROM recording_paths p WHERE p.recording = r.id ORDER BY seen_at_ms DESC, path DESC LIMIT 1),
      r.last_path) AS path,
    v.decision, v.class AS verdictClass, v.starts AS verdictStart, v.ends AS verdictEnd, v.note,
    v.reason, v.decided_at_ms AS decidedAtMs,
    (SELECT json_group_array(tag) FROM flag_tags t WHERE t.flag = f.id HAVING count(*) > 0) AS tags
  FROM flags f
    JOIN scans s ON s.id = f.scan
    JOIN recordings r ON r.id = f.recording
    JOIN cameras c ON c.id = r.camera
    LEFT JOIN verdicts v ON v.id = f.verdict`;

/** Exported for the test of their plans. */
export const flagQueries = {
  all: listQuery('1'),
  ofRecording: listQuery('f.recording = @recording'),
  ofScan: listQuery('f.scan = @scan'),
  rows: `${SELECT} WHERE f.id IN (SELECT value FROM json_each(@ids))`,
} as const;

function listQuery(where: string): string {
  return `${SELECT}
  WHERE ${where}
    AND (@superseded = 1 OR f.state IS NOT NULL)
    AND (@policy IS NULL OR s.policy = @policy)
    AND (@decided IS NULL OR (f.verdict IS NOT NULL) = @decided)
  ORDER BY f.recording, f.starts, f.id`;
}

export function createFlags(database: ReadDatabase): Flags {
  const byId = database.query<Row>(`${SELECT} WHERE f.id = @id`);
  const startingWith = database.query<Row>(
    `${SELECT} WHERE f.id BETWEEN @prefix AND @prefix || 'g' ORDER BY f.id LIMIT 2`,
  );
  const all = database.query<Row>(flagQueries.all);
  const ofRecording = database.query<Row>(flagQueries.ofRecording);
  const ofScan = database.query<Row>(flagQueries.ofScan);
  const rows = database.query<Row>(flagQueries.rows);
  return {
    get(id) {
      const row = byId.get({ id });
      return row === undefined ? undefined : flagFrom(row);
    },
    startingWith: (prefix) => startingWith.all({ prefix }).map(flagFrom),
    list({ recording, scan, policy, decided, superseded = false } = {}) {
      const common = {
        policy: policy ?? null,
        decided: decided === undefined ? null : Number(decided),
        superseded: Number(superseded),
      };
      const found =
        scan !== undefined
          ? ofScan.all({ ...common, scan })
          : recording !== undefined
            ? ofRecording.all({ ...common, recording })
            : all.all(common);
      const flags = found.map(flagFrom);
      return recording === undefined ? flags : flags.filter((flag) => flag.recording === recording);
    },
    rows(ids) {
      const found = new Map(rows.all({ ids: jsonOf(ids) }).map((row) => [row.id, flagFrom(row)]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
  };
}

function flagFrom(row: Row): Flag {
  const { claims, decision, verdictClass, verdictStart, verdictEnd, note, reason, decidedAtMs, tags, ...flag } = row;
  return {
    ...flag,
    claims: fromJson<Flag['claims']>(claims),
    verdict:
      decision === null
        ? null
        : {
            ...{ decision, class: verdictClass, start: verdictStart, end: verdictEnd, note },
            ...(reason !== '' && { reason }),
            decidedAtMs,
          },
    ...(tags !== null && { tags: fromJson<string[]>(tags).toSorted() }),
  };
}
