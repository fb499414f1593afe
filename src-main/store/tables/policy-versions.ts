/** Versions of policies, each once and for ever, and the history of which of them was in force. */
import { AppError } from '../../contract/errors.ts';
import type { PolicyActivation, PolicyOrigin, PolicyVersion } from '../../contract/policy-version.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';
import { policyVersionId, type PolicyVersionInputs } from './policy-version-id.ts';

export interface NewPolicyVersion extends PolicyVersionInputs {
  /** As a person calls it; the table adds a number where the name is taken. */
  readonly name: string;
  readonly origin: PolicyOrigin;
  readonly createdAtMs: number;
  /** Size of the file of weights. */
  readonly bytes: number;
  readonly curves: PolicyVersion['curves'];
  readonly gate: PolicyVersion['gate'];
}

/** What a list shows; reading the rest of a version takes a hundred times as long. */
export type StoredVersionSummary = Omit<PolicyVersion, 'active' | 'seed' | 'settings' | 'data' | 'curves'>;
export type StoredVersion = Omit<PolicyVersion, 'active'>;

export interface PolicyVersions {
  /** Adds a version and returns its id; one that is there already stays as it is. */
  add(version: NewPolicyVersion): string;
  get(id: string): StoredVersion | undefined;
  /** The version of that name, in whatever case. */
  named(name: string): StoredVersionSummary | undefined;
  /** Versions whose id begins with `prefix`, two at most: none, the one that was meant, or proof that more were meant. */
  startingWith(prefix: string): StoredVersionSummary[];
  /** The latest first. */
  list(): StoredVersionSummary[];
  count(): number;
  /** Id of the version in force; null where none ever was. */
  active(): string | null;
  /** The latest first. */
  activations(): PolicyActivation[];
  /**
   * Puts a version in force; where it is already, nothing changes. False then.
   * @throws AppError `not-found`
   */
  activate(id: string, kind: 'first' | 'activate', atMs: number): boolean;
  /** Puts in force again what was before the one that is; null, and no change, where nothing was. */
  rollBack(atMs: number): string | null;
}

interface SummaryRow extends Omit<StoredVersionSummary, 'parents' | 'gate'> {
  parents: string;
  gate: string | null;
}
interface Row extends SummaryRow {
  seed: string;
  settings: string;
  data: string;
  curves: string;
}

const SUMMARY = 'id, name, policy, origin, parents, weights, bytes, gate, created_at_ms AS createdAtMs';

export function createPolicyVersions(database: WriteDatabase, audit: Pick<Audit, 'append'>): PolicyVersions {
  const byId = database.query<Row>(
    `SELECT ${SUMMARY}, seed, settings, data, curves FROM policy_versions WHERE id = @id`,
  );
  const byName = database.query<SummaryRow>(`SELECT ${SUMMARY} FROM policy_versions WHERE name = @name`);
  const byPrefix = database.query<SummaryRow>(
    `SELECT ${SUMMARY} FROM policy_versions WHERE id BETWEEN @prefix AND @prefix || 'g' ORDER BY id LIMIT 2`,
  );
  const listed = database.query<SummaryRow>(`SELECT ${SUMMARY} FROM policy_versions ORDER BY created_at_ms DESC, id`);
  const count = database.query<{ versions: number }>('SELECT count(*) AS versions FROM policy_versions');
  const insert = database.command(/* sql */ `
    INSERT INTO policy_versions (id, name, policy, origin, parents, seed, settings, data, weights, bytes, curves, gate,
      created_at_ms)
    VALUES (@id, @name, @policy, @origin, @parents, @seed, @settings, @data, @weights, @bytes, @curves, @gate,
      @createdAtMs)`);
  const history = database.query<PolicyActivation>(
    'SELECT number, version, kind, at_ms AS atMs FROM policy_activations ORDER BY number',
  );
  const latest = database.query<PolicyActivation>(
    'SELECT number, version, kind, at_ms AS atMs FROM policy_activations ORDER BY number DESC LIMIT 1',
  );
  const insertActivation = database.command(
    'INSERT INTO policy_activations (number, version, kind, at_ms) VALUES (@number, @version, @kind, @atMs)',
  );

  const get: PolicyVersions['get'] = (id) => {
    const row = byId.get({ id });
    return row === undefined ? undefined : versionFrom(row);
  };
  const named: PolicyVersions['named'] = (name) => {
    const row = byName.get({ name });
    return row === undefined ? undefined : summaryFrom(row);
  };
  const freeName = (name: string): string => {
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name} ${number}`;
      if (named(candidate) === undefined) return candidate;
    }
  };
  const enter = (version: string, kind: PolicyActivation['kind'], atMs: number) => {
    const number = (latest.get()?.number ?? 0) + 1;
    insertActivation.run({ number, version, kind, atMs });
    audit.append({ kind: 'policy-activation', subject: version, details: { number, kind, atMs } });
  };

  return {
    add: (version) =>
      database.transaction(() => {
        const id = policyVersionId(version);
        if (get(id) !== undefined) return id;
        const { policy, origin, weights, bytes, createdAtMs } = version;
        const json = {
          parents: jsonOf(version.parents),
          seed: jsonOf(version.seed),
          settings: jsonOf(version.settings),
          data: jsonOf(version.data),
          curves: jsonOf(version.curves),
          gate: version.gate === null ? null : JSON.stringify(version.gate),
        };
        insert.run({ id, name: freeName(version.name), policy, origin, weights, bytes, createdAtMs, ...json });
        const { name = '', parents = [], gate = null } = get(id) ?? {};
        const details = { name, policy, origin, parents, weights, bytes, createdAtMs, gate: gate?.decision ?? null };
        audit.append({ kind: 'policy-version', subject: id, details });
        return id;
      }),
    get,
    named,
    startingWith: (prefix) => byPrefix.all({ prefix }).map(summaryFrom),
    list: () => listed.all().map(summaryFrom),
    count: () => count.get()?.versions ?? 0,
    active: () => latest.get()?.version ?? null,
    activations: () => history.all().reverse(),
    activate: (id, kind, atMs) =>
      database.transaction(() => {
        if (get(id) === undefined) throw new AppError('not-found', `There is no policy version ${id}.`);
        if (latest.get()?.version === id) return false;
        enter(id, kind, atMs);
        return true;
      }),
    rollBack: (atMs) =>
      database.transaction(() => {
        const before = inForceBefore(history.all());
        if (before !== null) enter(before, 'rollback', atMs);
        return before;
      }),
  };
}

/** What a rollback goes back to: of activations that were not rolled back, the last but one. */
function inForceBefore(history: readonly PolicyActivation[]): string | null {
  const standing: string[] = [];
  for (const { kind, version } of history) {
    if (kind === 'rollback') standing.pop();
    else standing.push(version);
  }
  return standing.at(-2) ?? null;
}

function summaryFrom({ parents, gate, ...row }: SummaryRow): StoredVersionSummary {
  return {
    ...row,
    parents: fromJson<string[]>(parents),
    gate: gate === null ? null : fromJson<PolicyVersion['gate']>(gate),
  };
}

function versionFrom({ seed, settings, data, curves, ...row }: Row): StoredVersion {
  return {
    ...summaryFrom(row),
    seed: fromJson<StoredVersion['seed']>(seed),
    settings: fromJson<Record<string, JsonValue>>(settings),
    data: fromJson<Record<string, JsonValue>>(data),
    curves: fromJson<StoredVersion['curves']>(curves),
  };
}
