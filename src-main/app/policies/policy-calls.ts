/** The calls of the contract about policy versions and their comparisons. */
import { AppError } from '../../contract/errors.ts';
import type { ComparedPolicy } from '../../contract/policy-comparison.ts';
import type { Service } from '../../contract/service.ts';
import type { JsonValue, Store } from '../../store/index.ts';
import type { PolicyChoice } from '../../workers/index.ts';
import type { Jobs } from '../jobs.ts';
import { pageFrom } from '../pages.ts';
import type { SettingsService } from '../settings.ts';
import { comparisonOf } from './comparison.ts';
import type { ComparisonRequest } from './comparison-job.ts';
import { resolvePolicyOrVersion } from './find-version.ts';
import type { Policies } from './policies.ts';

export interface PolicyCallParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly settings: SettingsService;
  readonly policies: Policies;
  readonly now: () => number;
}

export function createPolicyCalls({
  store,
  jobs,
  settings,
  policies,
  now,
}: PolicyCallParts): Pick<Service, 'policies'> {
  const comparedFrom = ({ name: policy, version, weights }: PolicyChoice): ComparedPolicy => {
    const name = weights === null ? policy : (store.policyVersions.get(version)?.name ?? version);
    return { policy, version, name };
  };
  return {
    policies: {
      list: async () => ({
        items: policies.list(),
        activations: store.policyVersions.activations(),
        notice: policies.notice,
      }),
      get: async ({ version }) => ({ version: policies.get(version) }),
      activate: async ({ version, anyway }) => ({ version: policies.activate(version, anyway) }),
      rollback: async () => ({ version: policies.rollBack() }),
      compare: async ({ first, second, recordings, newFrames, framesPerMinute }) => {
        const sides = [resolvePolicyOrVersion(store, first), resolvePolicyOrVersion(store, second)] as const;
        if (sides[0].name === sides[1].name && sides[0].version === sides[1].version) {
          throw new AppError('invalid-argument', `${first} and ${second} are the same: there is nothing to compare.`);
        }
        for (const id of recordings ?? []) {
          if (store.recordings.get(id) === undefined) throw new AppError('not-found', `There is no recording ${id}.`);
        }
        const asked = { newFrames, framesPerMinute: framesPerMinute ?? settings.get().framesPerMinute };
        const request: ComparisonRequest = { sides, ...asked, ...(recordings !== undefined && { recordings }) };
        const job = jobs.start('compare', jsonOf(request));
        // Before the job runs, so that it can be asked for by whoever has the job's id.
        store.comparisons.begin(job.id, [comparedFrom(sides[0]), comparedFrom(sides[1])], asked, now());
        return { job };
      },
      comparisons: async (page) =>
        pageFrom(
          store.comparisons.list().map(({ id, compared, createdAtMs, finishedAtMs, recordings }) => ({
            ...{ id, compared, createdAtMs, finishedAtMs, recordings },
          })),
          page,
          ({ id }) => id,
        ),
      comparison: async ({ id }) => {
        const stored = store.comparisons.get(id);
        if (stored === undefined) throw new AppError('not-found', `There is no comparison ${id}.`);
        return { comparison: comparisonOf(store, stored) };
      },
    },
  };
}

const jsonOf = (request: ComparisonRequest): JsonValue => JSON.parse(JSON.stringify(request)) as JsonValue;
