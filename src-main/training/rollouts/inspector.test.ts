import { describe, expect, test } from 'vitest';
import { budgetFor } from '../../inquiry/budget.ts';
import { rulesPolicy } from '../../inquiry/policies/rules.ts';
import { runEpisode } from '../../inquiry/run-episode.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { inspector } from './inspector.ts';

const episode = { start: 0, end: 120 };
/** The opening look sees it: its frames lie 16 s apart, counted from where triage is busiest. */
const incident = { start: 38, end: 50 };
const busy = 90;

async function episodeOf(seed: number) {
  const watcher = watcherOf({
    ...{ seconds: episode.end, incidents: [incident] },
    activityAt: (second) => (second === busy ? 0.9 : 0.1),
  });
  const { trajectory } = await runEpisode({
    ...{ policy: inspector(rulesPolicy), watcher, episode, seed, question: [] },
    budget: budgetFor('nano', episode),
  });
  return trajectory;
}

describe('the inspector', () => {
  test('follows one plan: all its looks are of one length and rate, and none shows the same moment again', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const { steps, costs } = await episodeOf(seed);
      const samples = steps.flatMap(({ action }) => (action?.operator === 'SAMPLE' ? [action] : []));
      const plans = new Set(samples.map(({ start, end, rate }) => `${end - start} ${rate}`));
      expect(plans.size).toBeLessThanOrEqual(1);
      expect(costs.rereadFrames).toBeLessThan(costs.newFrames);
      expect(steps.at(-1)?.action?.operator).toBe('FINAL');
    }
  });

  test('begins where something stood out from afar, or where triage is busiest', async () => {
    const begun = { incident: 0, busy: 0, elsewhere: 0 };
    for (let seed = 0; seed < 30; seed++) {
      const { steps } = await episodeOf(seed);
      const focus = steps[1]?.focus;
      if (focus === undefined) throw new Error('an episode without a step');
      const shows = (second: number) => second >= focus.start - 1 && second <= focus.end + 1;
      if (shows(busy)) begun.busy++;
      else if (shows(busy - 48)) begun.incident++;
      else begun.elsewhere++;
    }
    expect(begun.elsewhere).toBe(0);
    expect(begun.incident).toBeGreaterThan(begun.busy);
    expect(begun.busy).toBeGreaterThan(0);
  });

  test('some plans look farther back after a close look, some wider, none both', async () => {
    const followed = { none: 0, BACKTRACK: 0, EXPAND: 0 };
    for (let seed = 0; seed < 30; seed++) {
      const { steps } = await episodeOf(seed);
      const operators = steps.map(({ action }) => action?.operator);
      const before = (name: string) => operators.flatMap((each, at) => (each === name ? [operators[at - 1]] : []));
      expect(before('EXPAND').filter((each) => each !== 'SAMPLE')).toEqual([]);
      expect(before('BACKTRACK').filter((each) => each !== 'SAMPLE' && each !== 'BACKTRACK')).toEqual([]);
      const used = (['BACKTRACK', 'EXPAND'] as const).filter((name) => operators.includes(name));
      expect(used.length).toBeLessThanOrEqual(1);
      followed[used[0] ?? 'none']++;
    }
    for (const count of Object.values(followed)) expect(count).toBeGreaterThan(2);
  });

  test('the same seed gives the same episode, and another plan is drawn for the next', async () => {
    const [one, again] = [await episodeOf(3), await episodeOf(3)];
    expect(again.steps).toEqual(one.steps);
    const plans = new Set<string>();
    for (let seed = 0; seed < 10; seed++) plans.add(JSON.stringify((await episodeOf(seed)).steps[1]?.action));
    expect(plans.size).toBeGreaterThan(3);
  });
});
