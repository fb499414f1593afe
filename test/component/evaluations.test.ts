/** Evaluations: the table and the report of one, starting another, what goes wrong with labels, going on after a stop. */
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Evaluation, EvaluationRow } from '../../src-main/contract/evaluation.ts';
import { dataSetFormats } from '../../src-main/contract/evaluation.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { offeredPolicies } from '../../src-renderer/components/evaluation/offered-policies.ts';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import EvaluationsView from '../../src-renderer/views/EvaluationsView.vue';
import { defineComponent, h } from 'vue';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testJob } from './support/window-service.ts';

const id = '11111111-2222-4333-8444-555555555555';
const row = (policy: string, auc: number, bounds: [number, number]): EvaluationRow => ({
  ...{ dataset: 'clips', policy, recordings: 20, aucMicro: null, aucMacro: null, aucAbnormalOnly: null, auc },
  ...{ averagePrecision: auc, prAuc: auc, tprAt5: 0.4, framesPerMinute: 24, lookedAtFraction: 0.25 },
  ...{ secondsPerHour: 1200, operatorEntropy: 0.5, operators: {}, sameSource: null },
  interval: { over: 'recordings', aucMicro: null, auc: bounds, tprAt5: null },
  controls: { shuffled: 0.5, withoutLongest: auc },
  ...{ perClass: [], twins: [], perRecording: [] },
});
const evaluation: Evaluation = {
  ...{ dataset: 'clips', format: 'clips', command: 'anom-pi eval /clips', createdAtMs: Date.UTC(2026, 2, 1, 8) },
  ...{ machine: 'two cores', seed: 1, smoothing: 'none' },
  rows: [row('triage', 0.55, [0.4, 0.7]), row('rules', 0.81, [0.72, 0.9])],
  recordings: [],
  missing: [{ name: 'broken.mp4', reason: 'The file ends before its first frame.' }],
  curves: [],
  differences: [{ first: 'triage', second: 'rules', difference: -0.26, bounds: [-0.4, -0.1] }],
  notes: ['What is usual was learned from 3 recordings of calm.'],
};
const summary = {
  ...{ id, dataset: 'clips', format: 'clips', createdAtMs: evaluation.createdAtMs, recordings: 20 },
  policies: ['triage', 'rules'],
};

interface Given {
  readonly evaluations?: readonly (typeof summary)[];
  readonly jobs?: readonly Job[];
  readonly path?: string;
  readonly refusal?: AppError;
}

async function mount({ evaluations = [], jobs = [], path = '/evaluations', refusal }: Given = {}) {
  let list = evaluations;
  const starts: unknown[] = [];
  const View = defineComponent(() => {
    listenForShortcuts();
    return () => h('div', { style: { height: '720px' } }, h(EvaluationsView));
  });
  const mounted = await mountWithService(View, {
    path,
    overrides: {
      jobs: {
        list: async () => ({ items: [...jobs] }),
        resume: async () => ({ job: testJob({ kind: 'evaluation' }) }),
      },
      folders: {
        list: async ({ path: folder }) => ({
          ...{ path: folder?.replace(/\/$/, '') ?? null, parent: null, truncated: false },
          entries: folder === undefined ? [{ name: 'ann', path: '/home/ann', kind: 'home', bytes: null }] : [],
        }),
      },
      evaluations: {
        list: async () => ({ items: [...list] }),
        get: async ({ id: wanted }) => {
          if (!list.some((each) => each.id === wanted)) throw new AppError('not-found', 'There is no evaluation.');
          return { evaluation };
        },
        start: async (params) => {
          if (refusal !== undefined) throw refusal;
          starts.push(params);
          return { job: testJob({ id, kind: 'evaluation', folders: ['/clips'] }) };
        },
      },
    },
  });
  return { ...mounted, starts, finish: () => (list = [summary]) };
}

describe('one evaluation', () => {
  test('is a table with the best policy first, its intervals, what is missing and how sure differences are', async () => {
    const { screen } = await mount({ evaluations: [summary] });
    await screen.getByRole('link', { name: /^clips/ }).click();
    const table = screen.getByRole('table', { name: 'Table of policies' });
    await expect.element(table).toBeVisible();
    const names = () =>
      [...table.element().querySelectorAll('tbody th')].map(({ firstChild }) => firstChild?.textContent?.trim());
    expect(names()).toEqual(['rules', 'triage']);
    await expect.element(table.getByRole('row', { name: /^rules .*0\.810 \[0\.72, 0\.90\]/ })).toBeVisible();
    await expect.element(screen.getByText(/by bootstrap over recordings/)).toBeVisible();
    await expect.element(screen.getByRole('heading', { name: '1 recording is missing' })).toBeVisible();
    await expect.element(screen.getByText('The file ends before its first frame.')).toBeVisible();
    // The better one first, whichever way the core subtracted.
    await expect.element(screen.getByText('rules − triage')).toBeVisible();
    await expect.element(screen.getByText('+0.260 [+0.100, +0.400]')).toBeVisible();
    await expect.element(screen.getByText('told apart', { exact: true })).toBeVisible();
    await expectAccessible(screen.container);
  });

  test('has its report in a frame in which nothing may run, and in a tab of its own', async () => {
    const { screen } = await mount({ evaluations: [summary], path: `/evaluations/${id}` });
    await screen.getByRole('tab', { name: 'Report' }).click();
    const frame = screen.getByTitle('Report of clips');
    await expect.element(frame).toHaveAttribute('src', `/media/evaluation/${id}`);
    await expect.element(frame).toHaveAttribute('sandbox', '');
    const link = screen.getByRole('link', { name: 'Open in a new tab' });
    await expect.element(link).toHaveAttribute('href', `/media/evaluation/${id}`);
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
  });

  test('that is gone says so', async () => {
    const { screen } = await mount({ evaluations: [summary], path: '/evaluations/of-another-time' });
    await expect.element(screen.getByText('There is no such evaluation')).toBeVisible();
  });
});

describe('starting one', () => {
  test('asks for what is needed first, and takes what the core usually takes where nothing was chosen', async () => {
    const { screen, starts, router } = await mount();
    await expect.element(screen.getByText('Nothing was measured yet')).toBeVisible();
    await expectAccessible(screen.container);
    await userEvent.keyboard('n');
    const dialog = screen.getByRole('dialog', { name: 'New evaluation' });
    await expect.element(dialog).toBeVisible();
    await expectAccessible(dialog.element());
    const start = dialog.getByRole('button', { name: 'Start', exact: true });
    await start.click();
    const dataset = dialog.getByRole('textbox', { name: 'Labelled footage' });
    await expect.element(dataset).toHaveAccessibleDescription('Name the labelled footage first.');
    await dataset.fill('clips');
    await expect.element(dataset).toHaveAccessibleDescription('Write the whole path, from the root or drive on.');
    await dataset.fill('/clips');
    await start.click();
    await expect.poll(() => starts).toMatchObject([{ dataset: '/clips' }]);
    for (const left of ['format', 'policies', 'normal', 'folds']) expect(starts[0]).not.toHaveProperty(left);
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.poll(() => router.currentRoute.value.path).toBe(`/evaluations/${id}`);
    await expect.element(screen.getByText(/^This evaluation is under way/)).toBeVisible();
  });

  test('gives on what was chosen', async () => {
    const { screen, starts } = await mount();
    await screen.getByRole('button', { name: /^New evaluation/ }).click();
    const dialog = screen.getByRole('dialog', { name: 'New evaluation' });
    await dialog.getByRole('textbox', { name: 'Labelled footage' }).fill('/clips');
    await dialog.getByRole('combobox', { name: 'Format' }).selectOptions('clips');
    await dialog.getByRole('textbox', { name: 'Class of normal recordings' }).fill('calm');
    for (const policy of ['rules', 'uniform', 'triage', 'blind']) {
      await dialog.getByRole('checkbox', { name: new RegExp(`^${policy} `) }).click();
    }
    await dialog.getByRole('textbox', { name: 'Normal footage' }).fill('/calm');
    await dialog.getByRole('switch').click();
    await dialog.getByRole('textbox', { name: 'Normal footage' }).click();
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => starts)
      .toMatchObject([
        {
          ...{ dataset: '/clips', format: 'clips', normalClass: 'calm', normal: '/calm', folds: 'by-source' },
          policies: ['dense'],
        },
      ]);
  });

  test('takes a folder from the picker', async () => {
    const { screen } = await mount();
    await screen.getByRole('button', { name: /^New evaluation/ }).click();
    await screen.getByRole('button', { name: 'Choose the labelled footage' }).click();
    const picker = screen.getByRole('dialog', { name: 'Choose the labelled footage' });
    await picker.getByRole('textbox', { name: 'Path' }).fill('/data/clips/');
    await picker.getByRole('button', { name: 'Choose “clips”' }).click();
    await expect.element(picker).not.toBeInTheDocument();
    await expect.element(screen.getByRole('textbox', { name: 'Labelled footage' })).toHaveValue('/data/clips');
  });

  test('that the core refuses stays open with the reason', async () => {
    const refusal = new AppError('not-found', 'There is no folder or file /nowhere.');
    const { screen } = await mount({ refusal });
    await screen.getByRole('button', { name: /^New evaluation/ }).click();
    const dialog = screen.getByRole('dialog', { name: 'New evaluation' });
    await dialog.getByRole('textbox', { name: 'Labelled footage' }).fill('/nowhere');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await expect.element(dialog.getByRole('alert')).toMatchTextContent('There is no folder or file /nowhere.');
  });

  test('offers only what there are words for', () => {
    expect(offeredPolicies('replay')).toEqual([...new Set(offeredPolicies('replay'))]);
    for (const format of dataSetFormats) expect(offeredPolicies(format)).toContain('rules');
  });
});

describe('one that is not finished', () => {
  const progress = {
    done: 30,
    total: 120,
    unit: 'seconds',
    rate: 2,
    secondsLeft: 45,
    label: 'a.mp4',
    failed: 0,
  } as const;

  test('shows how far it is, and its figures as soon as it is done', async () => {
    const job = testJob({ id, kind: 'evaluation', folders: ['/clips'], progress });
    const { screen, core, finish } = await mount({ jobs: [job], path: `/evaluations/${id}` });
    const rows = screen.getByRole('article', { name: 'Measure on labelled footage: clips' });
    await expect.element(rows.first()).toMatchTextContent('0:30 of 2:00 of footage');
    finish();
    core.emit('job.changed', { ...job, state: 'done', endedAtMs: 1000 });
    await expect.element(screen.getByRole('table', { name: 'Table of policies' })).toBeVisible();
    await expect.element(screen.getByRole('link', { name: /^clips/ })).toBeVisible();
    await expect.element(rows).not.toBeInTheDocument();
  });

  test('that was stopped goes on at a press', async () => {
    const job = testJob({ id, kind: 'evaluation', state: 'paused', folders: ['/clips'], progress });
    const { screen, core } = await mount({ jobs: [job] });
    await screen.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => core.calls.at(-1)).toMatchObject({ name: 'jobs.resume', params: { job: id } });
  });

  test('that failed by its labels names file, line and reason', async () => {
    const reason = '/clips/labels.csv, line 7: the end is “late”, not a number.';
    const job = testJob({ id, kind: 'evaluation', state: 'failed', folders: ['/clips'], reason, endedAtMs: 1 });
    const { screen } = await mount({ jobs: [job] });
    await expect.element(screen.getByText(reason)).toBeVisible();
    await expectAccessible(screen.container);
  });
});
