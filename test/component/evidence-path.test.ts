/** The path of a flag: its steps as they were taken, and the ways through them. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import { pathSteps } from '../../src-renderer/components/evidence/path-steps.ts';
import TrajectoryPanel from '../../src-renderer/components/evidence/TrajectoryPanel.vue';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { useTrajectory } from '../../src-renderer/stores/trajectory.ts';
import { foundFlag, providePictures, recordingRow, trajectoryId } from './evidence-fixture.ts';
import { mountWithService } from './support/window-service.ts';

beforeEach(providePictures);
afterEach(() => vi.unstubAllGlobals());

async function mount(answer?: (stored: Trajectory) => unknown) {
  const { flag, trajectory } = await foundFlag();
  const { screen, core } = await mountWithService(TrajectoryPanel, {
    props: { flag },
    overrides: {
      trajectories: { get: async () => ({ trajectory: answer === undefined ? trajectory : answer(trajectory) }) },
    },
  });
  const player = usePlayer();
  player.recording = recordingRow;
  return { screen, core, player, store: useTrajectory(), flag, trajectory, steps: screen.getByRole('option') };
}

test('lists the steps in order: what was done, why, and what it cost and changed', async () => {
  const { steps, trajectory, flag } = await mount();
  await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  const texts = steps.elements().map(({ textContent }) => textContent);
  const expected = pathSteps(trajectory, flag);
  expected.forEach(({ action, focus, reason, belief }, index) => {
    expect(texts[index]).toContain(englishFor.action(action, focus));
    expect(texts[index]).toContain(reason);
    expect(texts[index]).toContain(`Belief ${Math.round(100 * belief)} %`);
  });
  expect(texts[0]).toContain('First look');
  expect(texts.at(-1)).toContain('Decided: a fight.');
});

test('tells what a look saw, a little of it first and all of it once the step is selected', async () => {
  const { screen, steps } = await mount();
  const second = steps.nth(1);
  const text = () => second.element().textContent;
  await expect.poll(text).toContain('hand was on or over another person');
  expect(text()).toMatch(/\d more/);
  await second.click();
  await expect.element(second).toHaveAttribute('aria-selected', 'true');
  expect(text()).not.toMatch(/\d more/);
  await expect.element(screen.getByText(/of the picture was moving on average/)).toBeVisible();
});

test('goes to the look of a step and highlights its span; a decision leads to the interval', async () => {
  const { steps, player, store, trajectory, flag } = await mount();
  await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  expect(store.highlight).toBeNull();
  await steps.nth(1).click();
  const look = trajectory.looks[trajectory.steps[1]?.looks[0] ?? -1];
  expect(player.time).toBe(look?.times[0]);
  expect(store.highlight).toEqual({ start: look?.start, end: look?.end, times: look?.times });
  await steps.last().click();
  expect(player.time).toBe(flag.start);
  expect(store.highlight).toBeNull();
});

test('is gone through with the arrows', async () => {
  const { screen, steps, store, trajectory } = await mount();
  await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  const list = screen.getByRole('listbox');
  (list.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(store.selectedStep).toBe(1);
  expect(list.element().getAttribute('aria-activedescendant')).toBe(steps.nth(1).element().id);
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(store.selectedStep).toBe(0);
  await userEvent.keyboard('{End}');
  expect(store.selectedStep).toBe(trajectory.steps.length - 1);
});

test('selects the step that the curve is pressed at', async () => {
  const { screen, store, trajectory } = await mount();
  const curve = screen.getByRole('img', { name: /^Belief that anything unusual/ });
  await expect.element(curve).toBeVisible();
  const over = await vi.waitFor(() => {
    const found = curve.element().querySelector('.u-over');
    if (found === null) throw new Error('The curve is not drawn yet.');
    return found;
  });
  await userEvent.click(over, { position: { x: over.clientWidth - 4, y: 20 } });
  expect(store.selectedStep).toBe(trajectory.steps.length - 1);
});

test('shows all three parts of the reflection, the budget used, and what made the path', async () => {
  const { screen, trajectory } = await mount();
  for (const label of ['First reading', 'Doubts', 'Final reading']) {
    await expect.element(screen.getByText(label)).toBeVisible();
  }
  await expect.element(screen.getByText(trajectory.reflection?.critique ?? 'none')).toBeVisible();
  await expect.element(screen.getByRole('progressbar', { name: /^Steps: 6 of/ })).toBeVisible();
  await screen.getByText('How it was made').click();
  await expect.element(screen.getByText(`rules ${trajectory.policy.version}`)).toBeVisible();
  await expect.element(screen.getByText(trajectoryId)).toBeVisible();
});

test('says plainly what forced the decision', async () => {
  const { screen, steps } = await mount((stored) => ({
    ...stored,
    forcedFinal: 'steps',
    steps: stored.steps.map((step, index) => ({ ...step, forced: index === stored.steps.length - 1 })),
  }));
  await expect.element(screen.getByText(/^The steps ran out/)).toBeVisible();
  expect(steps.last().element().textContent).toContain('No choice left');
});

describe('where there is no path to show', () => {
  test('says that it is gone', async () => {
    const { screen } = await mount(() => {
      throw new AppError('not-found', 'There is no such trajectory.');
    });
    await expect.element(screen.getByText('The path is gone')).toBeVisible();
  });

  test('says that a newer program wrote it', async () => {
    const { screen } = await mount((stored) => ({ ...stored, format: 7 }));
    await expect.element(screen.getByText(/format 7; this program reads up to 2/)).toBeVisible();
  });

  test('gives the reason of another failure and tries again when asked to', async () => {
    let failing = true;
    const { screen, steps, trajectory } = await mount((stored) => {
      if (failing) throw new AppError('disk-full', 'The disk is full.');
      return stored;
    });
    await expect.element(screen.getByText('The disk is full. Free some space and try again.')).toBeVisible();
    failing = false;
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  });
});

test('reads a path once, however often the reviewer comes back to it', async () => {
  const { core, store, steps, trajectory } = await mount();
  await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  await store.load('01'.repeat(32));
  await store.load(trajectoryId);
  const asked = core.calls.filter(({ name }) => name === 'trajectories.get');
  expect(asked.map(({ params }) => params)).toEqual([{ id: trajectoryId }, { id: '01'.repeat(32) }]);
  expect(store.state.kind).toBe('ready');
});

test('shows the latest path asked for, whichever answer comes first', async () => {
  const { flag, trajectory } = await foundFlag();
  const answers = new Map<string, () => void>();
  await mountWithService(TrajectoryPanel, {
    props: { flag },
    overrides: {
      trajectories: {
        get: ({ id }) =>
          new Promise((resolve) => {
            answers.set(id, () => resolve({ trajectory: { ...trajectory, seed: id } }));
          }),
      },
    },
  });
  const store = useTrajectory();
  const later = store.load('02'.repeat(32));
  await expect.poll(() => answers.size).toBe(2);
  answers.get('02'.repeat(32))?.();
  answers.get(trajectoryId)?.();
  await later;
  await expect.poll(() => store.state.kind).toBe('ready');
  expect(store.trajectory?.seed).toBe('02'.repeat(32));
});

test.each(['dark', 'light'])('can be read and worked by everyone in the %s theme', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  const { screen, steps, trajectory } = await mount();
  await expect.poll(() => steps.elements().length).toBe(trajectory.steps.length);
  await steps.nth(1).click();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
