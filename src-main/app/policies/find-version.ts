/** Which policy or version is meant by what a person typed: `rules`, `nano`, `nano@VERSION`, or a version alone. */
import { AppError } from '../../contract/errors.ts';
import { policyNamed, policyNames } from '../../inquiry/index.ts';
import type { Store, StoredVersionSummary } from '../../store/index.ts';
import type { PolicyChoice } from '../../workers/index.ts';

type Versions = Pick<Store, 'policyVersions'>;

/** The one policy whose weights are learned, and what stands before one of its versions. */
const learned = 'nano';
const prefix = `${learned}@`;
const idStart = /^[0-9a-f]{6,64}$/;

/** `text`, or where that is `nano` its version `id`: long work stays with what was in force when it was asked for. */
export const pinnedPolicy = (text: string, id: string | null | undefined): string =>
  text === learned && typeof id === 'string' ? `${prefix}${id}` : text;

/**
 * The version of this name or id, or the only one whose id begins so; `nano@` before it may be left out.
 * Errors: `not-found`; `invalid-argument` where more than one is meant.
 */
export function findVersion({ policyVersions }: Versions, text: string): StoredVersionSummary {
  const typed = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const named = policyVersions.named(typed);
  if (named !== undefined) return named;
  const [found, other] = idStart.test(typed) ? policyVersions.startingWith(typed) : [];
  if (found === undefined) {
    throw new AppError('not-found', `There is no policy version ${typed}; \`anom-pi policies\` lists them.`);
  }
  if (other !== undefined) {
    throw new AppError('invalid-argument', `More than one policy version begins with ${typed}; give more of it.`);
  }
  return found;
}

/**
 * The policy of this name; `nano` is its version in force.
 * Errors: `invalid-argument` for a name that no policy has, `model-missing` where no version of `nano` is in force; those of
 * `findVersion`.
 */
export function resolvePolicy(store: Versions, text: string): PolicyChoice {
  if (text === learned) return choiceOf(activeVersion(store));
  if (text.startsWith(prefix)) return choiceOf(findVersion(store, text));
  if (!policyNames.includes(text)) {
    const names = [...policyNames, learned].join(', ');
    throw new AppError('invalid-argument', `There is no policy ${text}; there are ${names}.`);
  }
  return { name: text, version: policyNamed(text).version, weights: null };
}

/** As `resolvePolicy`, or the version of that name or id: where two are compared nobody types `nano@` twice. */
export function resolvePolicyOrVersion(store: Versions, text: string): PolicyChoice {
  const isPolicy = text === learned || text.startsWith(prefix) || policyNames.includes(text);
  return isPolicy ? resolvePolicy(store, text) : choiceOf(findVersion(store, text));
}

const choiceOf = ({ policy, id, weights }: StoredVersionSummary): PolicyChoice => ({
  name: policy,
  version: id,
  weights,
});

function activeVersion({ policyVersions }: Versions): StoredVersionSummary {
  const id = policyVersions.active();
  const version = id === null ? undefined : policyVersions.get(id);
  if (version !== undefined) return version;
  throw new AppError(
    'model-missing',
    'No version of the policy nano is in force: the one that comes with the program is missing, and none was trained. `anom-pi doctor` says more.',
  );
}
