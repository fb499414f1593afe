/** The view of training as a test mounts it, over a core that holds versions, runs, comparisons and preferences. */
import { defineComponent, h } from 'vue';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { Comparison } from '../../src-main/contract/policy-comparison.ts';
import type { PolicyActivation, PolicyVersionSummary } from '../../src-main/contract/policy-version.ts';
import type { Preference, Reviewed, TrainingPoint, TrainingRun } from '../../src-main/contract/training.ts';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import TrainingView from '../../src-renderer/views/TrainingView.vue';
import { mountWithService } from './support/window-service.ts';
import * as given from './training-fixture.ts';

interface Given {
  readonly path?: string;
  readonly versions?: readonly PolicyVersionSummary[];
  readonly notice?: string;
  readonly activations?: readonly PolicyActivation[];
  readonly reviewed?: Reviewed;
  readonly labels?: { readonly incidents: number; readonly innocent: number; readonly needed: number };
  readonly runs?: readonly TrainingRun[];
  readonly points?: readonly TrainingPoint[];
  readonly jobs?: readonly Job[];
  readonly refusal?: AppError;
  readonly comparisons?: readonly Comparison[];
  readonly trajectories?: Readonly<Record<string, Trajectory>>;
  readonly preferences?: readonly Preference[];
}

/** The view as it stands at a path, over a core that holds what is given; versions are put in force as a core would. */
export async function mountTraining(wish: Given = {}) {
  const { path = '/training', notice = null, reviewed = given.reviewed, runs = [given.run()], jobs = [] } = wish;
  const { labels = { incidents: 37, innocent: 52, needed: 20 }, points = given.points, refusal } = wish;
  const { comparisons = [], trajectories = {} } = wish;
  let preferences = wish.preferences ?? [];
  let versions = wish.versions ?? given.versions;
  let activations = wish.activations ?? given.activations;
  let shownRuns = runs;
  const put = (id: string, kind: 'activate' | 'rollback') => {
    versions = versions.map((version) => ({ ...version, active: version.id === id }));
    activations = [{ number: activations.length + 1, kind, version: id, atMs: Date.UTC(2026, 7, 1) }, ...activations];
    const version = versions.find((each) => each.id === id);
    if (version === undefined) throw new AppError('not-found', 'There is no such version.');
    return { version };
  };
  const View = defineComponent(() => {
    listenForShortcuts();
    return () => h('div', { style: { height: '100vh' } }, h(TrainingView));
  });
  const mounted = await mountWithService(View, {
    path,
    overrides: {
      jobs: {
        list: async () => ({ items: [...jobs] }),
        cancel: async () => ({ job: given.trainJob({ state: 'paused' }) }),
      },
      flags: {
        find: async ({ classes = [] }) => ({
          ids: [],
          states: {
            ...{ open: 9, unsure: 0, confirm: classes[0] === 'fight' ? 30 : 0 },
            reject: classes[0] === 'unusual' ? 52 : classes[0] === 'fight' ? 4 : 0,
          },
        }),
      },
      policies: {
        list: async () => ({ items: [...versions], activations: [...activations], notice }),
        get: async ({ version: wanted }) => {
          const version = versions.find(({ id }) => id === wanted);
          if (version === undefined) throw new AppError('not-found', 'There is no such version.');
          return { version: given.wholeOf(version) };
        },
        activate: async ({ version, anyway }) => {
          const gate = versions.find(({ id }) => id === version)?.gate;
          if (gate?.decision === 'refused' && !anyway) throw new AppError('forbidden', 'Its gate refused it.');
          return put(version, 'activate');
        },
        rollback: async () => put(given.ids.may, 'rollback'),
        comparisons: async () => ({ items: [...comparisons], next: null }),
        compare: async () => ({ job: given.trainJob({ id: given.comparisonId, kind: 'compare' }) }),
        comparison: async ({ id }) => {
          const comparison = comparisons.find((each) => each.id === id);
          if (comparison === undefined) throw new AppError('not-found', 'There is no such comparison.');
          return { comparison };
        },
      },
      trajectories: {
        get: async ({ id }) => {
          const trajectory = trajectories[id];
          if (trajectory === undefined) throw new AppError('not-found', 'There is no such trajectory.');
          return { trajectory };
        },
        preferences: async () => ({ items: [...preferences], next: null }),
        prefer: async ({ chosen, rejected }) => {
          const preference = { id: chosen.slice(0, 6), recording: '', chosen, rejected, statedAtMs: 1 };
          preferences = [preference];
          return { preference };
        },
        withdraw: async () => {
          preferences = [];
          return {};
        },
      },
      training: {
        readiness: async () => ({ reviewed, ...labels }),
        runs: async () => ({ items: [...shownRuns], next: null }),
        get: async ({ run }) => {
          const found = shownRuns.find(({ id }) => id === run);
          if (found === undefined) throw new AppError('not-found', 'There is no such run.');
          return { run: found, points: [...points] };
        },
        start: async () => {
          if (refusal !== undefined) throw refusal;
          shownRuns = [given.run({ version: null, gate: null, endedAtMs: null, last: null, data: null })];
          return { job: given.trainJob() };
        },
      },
    },
  });
  return { ...mounted, setRuns: (next: readonly TrainingRun[]) => (shownRuns = next) };
}
/** What was asked for by one call, in order. */
export const callsOf = (
  core: { readonly calls: readonly { readonly name: string; readonly params: unknown }[] },
  name: string,
) => core.calls.filter((call) => call.name === name).map(({ params }) => params);
