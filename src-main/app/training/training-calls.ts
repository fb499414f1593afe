/** The calls of the contract that train, tell of runs, and take a reviewer's preferences. */
import { access } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { Service } from '../../contract/service.ts';
import { canonicalJson, type Store } from '../../store/index.ts';
import { neededEpisodes } from '../../training/gate/checks.ts';
import type { Jobs } from '../jobs.ts';
import { pageFrom } from '../pages.ts';
import { findVersion, resolvePolicy } from '../policies/find-version.ts';
import { storedTrajectory } from '../timeline.ts';
import { countReviewed, reviewedEpisodes } from './reviewed.ts';
import type { TrainRequest } from './train-job.ts';
import { nothingToLearnFrom } from './verdict-material.ts';

export interface TrainingCallParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly now: () => number;
}

type TrainingCalls = Pick<Service, 'training'> & {
  readonly trajectories: Pick<Service['trajectories'], 'prefer' | 'withdraw' | 'preferences'>;
};

export function createTrainingCalls({ store, jobs, now }: TrainingCallParts): TrainingCalls {
  return {
    training: {
      readiness: async () => {
        const episodes = await reviewedEpisodes(store);
        const incidents = episodes.filter(({ truth }) => truth.label === 1).length;
        return {
          reviewed: countReviewed(store),
          ...{ incidents, innocent: episodes.length - incidents, needed: neededEpisodes },
        };
      },
      start: async ({ from, rounds, rollouts, seed, name, dataset, format }) => {
        // Before there is a job: what is missing is the caller's to mend.
        const version = findVersion(store, from ?? resolvePolicy(store, 'nano').version);
        if (dataset === undefined) await requireReviewed(store);
        else await requirePath(dataset);
        const request: TrainRequest = {
          ...{ from: version.id, name: name ?? nameAt(now()), rounds, rollouts, seed },
          ...(dataset !== undefined && { dataset }),
          ...(format !== undefined && { format }),
        };
        return { job: resumed(store, jobs, request, name !== undefined) ?? jobs.start('train', { ...request }) };
      },
      runs: async (page) => pageFrom(store.trainingRuns.list(), page, ({ id }) => id),
      get: async ({ run: id }) => {
        const run = store.trainingRuns.get(id);
        if (run === undefined) throw new AppError('not-found', `There is no training run ${id}.`);
        return { run, points: store.trainingRuns.points(id) };
      },
    },
    trajectories: {
      prefer: async ({ chosen, rejected }) => {
        const recording = await recordingOfBoth(store, chosen, rejected);
        return { preference: store.preferences.state({ recording, chosen, rejected, statedAtMs: now() }) };
      },
      withdraw: async ({ preference }) => {
        if (!store.preferences.withdraw(preference, now())) {
          throw new AppError('not-found', `There is no preference ${preference}.`);
        }
        return {};
      },
      preferences: async ({ recording, ...page }) =>
        pageFrom(store.preferences.list(recording === undefined ? {} : { recording }), page, ({ id }) => id),
    },
  };
}

/** The run that was asked for in the same way and has not ended, going on where it was stopped; null where there is none. */
function resumed(
  store: Pick<Store, 'jobs'>,
  jobs: Jobs,
  { name, ...request }: TrainRequest,
  isNamed: boolean,
): Job | null {
  const wanted = canonicalJson({ ...request });
  const known = store.jobs.list().find(({ kind, state, params }) => {
    if (kind !== 'train' || state === 'done' || state === 'failed') return false;
    const { name: given, ...asked } = params as unknown as TrainRequest;
    return canonicalJson({ ...asked }) === wanted && (!isNamed || given === name);
  });
  return known === undefined ? null : jobs.resume(known.id);
}

/** As a person would call it; numbered where there is one of that day already. */
const nameAt = (atMs: number): string => `trained ${new Date(atMs).toISOString().slice(0, 10)}`;

/** Errors: `invalid-argument` where no episode has a label. */
async function requireReviewed(store: Store): Promise<void> {
  if ((await reviewedEpisodes(store)).length === 0) throw nothingToLearnFrom();
}

/** Errors: `not-found`. */
async function requirePath(path: string): Promise<void> {
  await access(path).catch((error: unknown) => {
    throw new AppError('not-found', `There is no folder or file ${path}.`, { cause: error, details: { path } });
  });
}

/** Errors: `not-found` for a trajectory; `invalid-argument` where the two are not to be compared. */
async function recordingOfBoth(store: Store, chosen: string, rejected: string): Promise<string> {
  const [one, other] = [await storedTrajectory(store.blobs, chosen), await storedTrajectory(store.blobs, rejected)];
  const { recording } = one.source;
  const isSame =
    recording !== null &&
    recording === other.source.recording &&
    one.episode.start === other.episode.start &&
    one.episode.end === other.episode.end;
  if (!isSame) {
    throw new AppError('invalid-argument', 'Only two looks at the same episode of one recording can be compared.');
  }
  const actionsOf = ({ steps }: typeof one) => JSON.stringify(steps.map(({ action }) => action));
  if (actionsOf(one) === actionsOf(other)) {
    throw new AppError('invalid-argument', 'Both do the same: there is nothing to prefer.');
  }
  return recording;
}
