/** The versions of the nano policy as the program's other parts use them: added, put in force, rolled back, told of. */
import { AppError } from '../../contract/errors.ts';
import type { PolicyVersion, PolicyVersionSummary } from '../../contract/policy-version.ts';
import type { EventSink } from '../../contract/service.ts';
import type { NewPolicyVersion, Store, StoredVersionSummary } from '../../store/index.ts';
import { findVersion } from './find-version.ts';

export interface Policies {
  /** Why the version that comes with the program is not there; null where it is. */
  readonly notice: string | null;
  /** Adds a version, whose weights are a blob of the store already. It is not in force by that. */
  add(version: NewPolicyVersion): PolicyVersionSummary;
  /** The latest first. */
  list(): PolicyVersionSummary[];
  /** Errors: those of `findVersion`. */
  get(text: string): PolicyVersion;
  /** Errors: those of `findVersion`; `forbidden` where its gate refused it, unless `anyway`. */
  activate(text: string, anyway: boolean): PolicyVersionSummary;
  /** Errors: `not-found` where nothing was in force before. */
  rollBack(): PolicyVersionSummary;
}

export function createPolicies({
  store,
  events,
  notice,
  now,
}: {
  readonly store: Store;
  readonly events: EventSink;
  readonly notice: string | null;
  readonly now: () => number;
}): Policies {
  const { policyVersions } = store;
  const shown = (version: StoredVersionSummary, active = policyVersions.active()): PolicyVersionSummary => ({
    ...version,
    active: version.id === active,
  });
  const changed = () =>
    events.emit('policies.changed', { active: policyVersions.active(), versions: policyVersions.count() });
  const summary = (id: string) => shown(findVersion(store, id));

  return {
    notice,
    add(version) {
      const id = policyVersions.add(version);
      changed();
      return summary(id);
    },
    list() {
      const active = policyVersions.active();
      return policyVersions.list().map((version) => shown(version, active));
    },
    get(text) {
      const { id } = findVersion(store, text);
      const version = policyVersions.get(id);
      if (version === undefined) throw new AppError('not-found', `There is no policy version ${id}.`);
      return { ...version, active: policyVersions.active() === id };
    },
    activate(text, anyway) {
      const { id, name, gate } = findVersion(store, text);
      if (gate?.decision === 'refused' && !anyway) {
        const reasons = gate.checks.filter(({ outcome }) => outcome === 'failed').map(({ reason }) => reason);
        throw new AppError(
          'forbidden',
          `The gate refused ${name}: ${reasons.join(' ')} It can be put in force all the same (\`--anyway\`).`,
          { details: { version: id } },
        );
      }
      if (policyVersions.activate(id, 'activate', now())) changed();
      return summary(id);
    },
    rollBack() {
      const id = policyVersions.rollBack(now());
      if (id === null)
        throw new AppError('not-found', 'Nothing was in force before this version: there is no way back.');
      changed();
      return summary(id);
    },
  };
}
