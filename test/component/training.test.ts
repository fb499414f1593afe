/** Training: what there is to learn from, starting a run, watching it, versions, and putting one in force or the one before. */
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import { expectAccessible } from './support/accessible.ts';
import * as given from './training-fixture.ts';
import { callsOf, mountTraining as mount } from './training-window.ts';

describe('what there is to learn from', () => {
  test('is told by kind, by class and since the version in force, with whether it is enough', async () => {
    const { screen } = await mount();
    await expect.element(screen.getByRole('heading', { name: /^Enough to learn from/ })).toBeVisible();
    await expect.element(screen.getByText('34', { exact: true })).toBeVisible();
    // 34 confirmed less the 20 that the active version learned from.
    await expect.element(screen.getByText('14 new')).toBeVisible();
    await expect.element(screen.getByText('none new')).toBeVisible();
    const classes = screen.getByRole('table', { name: /^Flags with a verdict/ });
    const rows = classes.element().querySelectorAll('tbody tr');
    expect([...rows].map((row) => row.querySelector('th')?.textContent)).toEqual(['Something unusual', 'Fight']);
    await expect.element(classes.getByRole('img', { name: '30 confirmed, 4 rejected, 0 unsure' })).toBeVisible();
    await expectAccessible(screen.container);
  });

  test('that is too little says what is missing, and still can be learned', async () => {
    const { screen } = await mount({ labels: { incidents: 25, innocent: 8, needed: 20 } });
    await expect.element(screen.getByRole('heading', { name: /^Few verdicts/ })).toBeVisible();
    await expect.element(screen.getByText(/Reject 12 more: it learns from false alarms/)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Train now' })).toBeEnabled();
  });

  test('is nothing before the first verdict, and leads to the review', async () => {
    const none = { confirmed: 0, rejected: 0, unsure: 2, misses: 0, preferences: 0 };
    const { screen, router } = await mount({ reviewed: none, labels: { incidents: 0, innocent: 0, needed: 20 } });
    await expect.element(screen.getByRole('heading', { name: 'No verdicts yet' })).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Train now' })).toBeDisabled();
    await expectAccessible(screen.container);
    await screen.getByRole('button', { name: 'Go to the review' }).click();
    await expect.poll(() => router.currentRoute.value.name).toBe('review');
  });

  test('waits where no version came with the program: the reason stands there', async () => {
    const notice = 'The file resources/policies/nano.bin is not there. Install the program anew.';
    const { screen } = await mount({ versions: [], activations: [], runs: [], notice });
    await expect.element(screen.getByRole('heading', { name: 'There is no version to train yet' })).toBeVisible();
    await expect.element(screen.getByText(notice)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Train now' })).not.toBeInTheDocument();
    await expectAccessible(screen.container);
  });
});

describe('a run', () => {
  test('is started by one press with the usual settings, and shown', async () => {
    const { screen, core, router } = await mount();
    await screen.getByRole('button', { name: 'Train now' }).click();
    await expect.poll(() => router.currentRoute.value.path).toBe(`/training/run/${given.runId}`);
    expect(callsOf(core, 'training.start')).toEqual([{ rounds: 1, rollouts: 8, seed: 1 }]);
    await expect.element(screen.getByRole('article', { name: 'Training run' })).toBeVisible();
  });

  test('takes what was set, and refuses what is no number before the core has to', async () => {
    const { screen, core } = await mount();
    await screen.getByText('Settings', { exact: true }).click();
    await screen.getByRole('combobox', { name: 'Begin with' }).selectOptions('May');
    await screen.getByRole('textbox', { name: 'Name of the new version' }).fill('August');
    const rounds = screen.getByRole('textbox', { name: 'Rounds' });
    await rounds.fill('many');
    await screen.getByRole('button', { name: 'Train now' }).click();
    await expect.element(rounds).toHaveAccessibleDescription('Give a whole number from 1 to 20.');
    expect(callsOf(core, 'training.start')).toEqual([]);
    await rounds.fill('3');
    await expectAccessible(screen.container);
    await screen.getByRole('button', { name: 'Train now' }).click();
    await expect
      .poll(() => callsOf(core, 'training.start'))
      .toEqual([{ rounds: 3, rollouts: 8, seed: 1, from: given.ids.may, name: 'August' }]);
  });

  test('that the core refuses stays where it is, with the reason', async () => {
    const refusal = new AppError('invalid-argument', 'There is nothing to learn from: confirm or reject a flag first.');
    const { screen } = await mount({ refusal });
    await screen.getByRole('button', { name: 'Train now' }).click();
    await expect.element(screen.getByRole('alert')).toMatchTextContent('There is nothing to learn from');
  });

  test('shows how far it is, its curves as they grow, and is stopped from there', async () => {
    const running = given.run({ version: null, gate: null, endedAtMs: null });
    const { screen, core } = await mount({
      ...{ path: `/training/run/${given.runId}`, runs: [running], jobs: [given.trainJob()] },
      points: given.points.slice(0, 5),
    });
    const detail = screen.getByRole('article', { name: 'Training run' });
    await expect.element(detail.getByText(/96 of 320 steps · 1.6 steps\/s · 2 min left/)).toBeVisible();
    const curve = screen.getByRole('slider', { name: 'Margin, point by point' });
    await expect.element(curve).toHaveAttribute('aria-valuemax', '4');
    const next = given.points[5];
    if (next === undefined) throw new Error('The fixture has too few points.');
    core.emit('training.curve', { job: given.runId, point: { ...next, margin: 0.77 } });
    await expect.element(curve).toHaveAttribute('aria-valuetext', 'Step 20: Margin 0.77');
    // Another run's points are not this one's.
    core.emit('training.curve', { job: 'another', point: { ...next, step: 999, margin: 9 } });
    await detail.getByRole('button', { name: 'Stop' }).click();
    await expect.element(detail.getByRole('button', { name: 'Go on' })).toBeVisible();
    await expect.element(curve).toHaveAttribute('aria-valuemax', '5');
  });

  test('is read point by point with the keys, in all curves at once, and as a table', async () => {
    const { screen } = await mount({ path: `/training/run/${given.runId}` });
    const curve = screen.getByRole('slider', { name: 'Utility, point by point' });
    await expect.element(curve).toHaveAttribute('aria-valuenow', '40');
    (curve.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect
      .element(curve)
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/^Step 0: Utility 0\.10, Right 0\.20/));
    await userEvent.keyboard('{ArrowRight}{PageUp}');
    const operators = screen.getByRole('slider', { name: 'What it does, point by point' });
    await expect.element(operators).toHaveAttribute('aria-valuenow', '11');
    await expect
      .element(operators)
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/Look closer 31 %, Think 18 %, Decide 21 %/));
    await screen.getByText('Values as a table').click();
    const table = screen.getByRole('region', { name: 'Values as a table' }).getByRole('table');
    expect(table.element().querySelectorAll('tbody tr')).toHaveLength(given.points.length);
    await expect.element(table.getByRole('row').nth(1)).toMatchTextContent(/^000 s0\.1000\.200/);
    await expectAccessible(screen.container);
  });

  test('tells its end: the version that came out, and why it stopped early', async () => {
    const stopped = given.run({ stopped: 'The log-probability of better tries fell by 6.1 %, more than 5 %.' });
    const { screen, core, setRuns } = await mount({
      ...{ path: `/training/run/${given.runId}`, jobs: [given.trainJob()] },
      runs: [given.run({ version: null, gate: null, endedAtMs: null })],
    });
    await expect.element(screen.getByText('It is checked when the training is done.')).toBeVisible();
    setRuns([stopped]);
    core.emit('job.changed', given.trainJob({ state: 'done', endedAtMs: 1 }));
    await expect.element(screen.getByText(/fell by 6\.1 %/)).toBeVisible();
    await screen.getByRole('link', { name: 'Show the version that came out' }).click();
    await expect.element(screen.getByRole('article', { name: 'Policy version' })).toBeVisible();
  });

  test('that is gone says so', async () => {
    const { screen } = await mount({ path: '/training/run/of-another-time' });
    await expect.element(screen.getByText('There is no such run')).toBeVisible();
  });
});

describe('a version', () => {
  test('tells where it comes from, what it learned from, and what the gate said check by check', async () => {
    const { screen } = await mount({ path: `/training/version/${given.ids.june}` });
    const detail = screen.getByRole('article', { name: 'Policy version' });
    await expect.element(detail.getByText('It passed every check')).toBeVisible();
    await expect.element(detail.getByRole('row', { name: /^Your verdicts .*Passed 0\.512 0\.431/ })).toBeVisible();
    await expect.element(detail.getByText('Stretches of footage: 22 with an incident, 28 without')).toBeVisible();
    await expect.element(detail.getByText('Active', { exact: true })).toBeVisible();
    await expect.element(detail.getByRole('button', { name: 'Activate' })).not.toBeInTheDocument();
    await expectAccessible(screen.container);
    await detail.getByRole('link', { name: 'May' }).click();
    await expect.element(detail.getByText('Too few verdicts to tell')).toBeVisible();
    await expect.element(detail.getByText(/6 verdicts are too few to tell/)).toBeVisible();
  });

  test('is put in force by one press, and undone by another', async () => {
    const { screen, core } = await mount({ path: `/training/version/${given.ids.shipped}` });
    const rail = screen.getByRole('navigation', { name: 'Training and versions' });
    await expect.element(rail.getByRole('link', { name: /^June Active/ })).toBeVisible();
    await screen.getByRole('button', { name: 'Activate' }).click();
    await expect.element(rail.getByRole('link', { name: /^nano-1 Active/ })).toBeVisible();
    expect(callsOf(core, 'policies.activate')).toEqual([{ version: given.ids.shipped, anyway: false }]);
    await screen.getByRole('button', { name: 'Roll back to June' }).click();
    await expect.poll(() => callsOf(core, 'policies.rollback')).toHaveLength(1);
  });

  test('that was refused is put in force only after a question', async () => {
    const { screen, core } = await mount({ path: `/training/version/${given.ids.refused}` });
    await expect.element(screen.getByText('It is not offered')).toBeVisible();
    await expect.element(screen.getByText(/Log-loss rose from 0\.512 to 0\.674/)).toBeVisible();
    await screen.getByRole('button', { name: 'Activate' }).click();
    const question = screen.getByRole('dialog', { name: 'Activate a version that was refused?' });
    await expect.element(question).toBeVisible();
    await expectAccessible(question.element());
    expect(callsOf(core, 'policies.activate')).toEqual([]);
    await question.getByRole('button', { name: 'Activate anyway' }).click();
    await expect.poll(() => callsOf(core, 'policies.activate')).toEqual([{ version: given.ids.refused, anyway: true }]);
  });

  test('is compared with the active one by one press', async () => {
    const { screen, core, router } = await mount({ path: `/training/version/${given.ids.may}` });
    await screen.getByRole('button', { name: 'Compare with June' }).click();
    await expect.poll(() => router.currentRoute.value.path).toBe(`/training/compare/${given.comparisonId}`);
    expect(callsOf(core, 'policies.compare')).toMatchObject([{ first: given.ids.june, second: given.ids.may }]);
  });

  test('that cannot be read is asked for again', async () => {
    const { screen } = await mount({ path: '/training/version/of-another-folder' });
    await expect.element(screen.getByText('There is no such version')).toBeVisible();
  });
});
