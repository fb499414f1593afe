/** The suites by name. */
import { AppError } from '../../contract/errors.ts';
import { aliasing, operators } from './aliasing.ts';
import { incidents } from './incidents.ts';
import { normalLife } from './normal-life.ts';
import { quiet } from './quiet.ts';
import { sample } from './sample.ts';
import type { Suite, SuiteOptions } from './suite.ts';

/** Every suite there is: the one place where a new one is entered. */
const suites = {
  sample,
  'normal-life': normalLife,
  incidents,
  aliasing,
  operators,
  quiet,
} as const satisfies Readonly<Record<string, (options: SuiteOptions) => Suite>>;

type SuiteName = keyof typeof suites;
export const suiteNames = Object.keys(suites) as readonly SuiteName[];

/** `name`, known to be a suite's. Errors: `invalid-argument` that lists the names there are. */
export function requireSuite(name: string): SuiteName {
  const known = suiteNames.find((each) => each === name);
  if (known === undefined)
    throw new AppError('invalid-argument', `There is no suite "${name}"; the suites are ${suiteNames.join(', ')}.`);
  return known;
}

/** The suite of that name; its recordings depend on `options` only. Errors: as `requireSuite`. */
export function suiteNamed(name: string, options: SuiteOptions): Suite {
  const known = requireSuite(name);
  const { recordings } = suites[known](options);
  return { name: known, recordings: recordings.slice(0, options.scenes ?? recordings.length) };
}
