import { describe, expect, test } from 'vitest';
import { budgetFor, runEpisode } from '../inquiry/index.ts';
import { watcherOf, type Script } from '../inquiry/testing/scripted-watcher.ts';
import { oraclePolicy } from './oracle-policy.ts';

/** Two seconds of something, which nothing else gives away. */
const script: Script = { seconds: 128, incidents: [{ start: 71, end: 73 }], activityAt: () => 0.5 };
const episode = { start: 0, end: 128 };

async function scoreOf(truth: readonly { start: number; end: number }[], grid: 'activity' | 'recording') {
  const watcher = watcherOf(script);
  const policy = oraclePolicy({ truth, episode, activity: watcher.activity, grid });
  const { trajectory, scores, flags } = await runEpisode({
    ...{ policy, watcher, episode, grid, seed: 1, budget: budgetFor('rules', episode) },
  });
  return { trajectory, flags, highest: Math.max(...scores) };
}

describe('the oracle looker', () => {
  test.each(['activity', 'recording'] as const)('sees what it is told of, within the budget (%s)', async (grid) => {
    const { trajectory, flags, highest } = await scoreOf([{ start: 71, end: 73 }], grid);
    expect(highest).toBeGreaterThan(0.5);
    expect(flags).toHaveLength(1);
    expect(trajectory.looks[1]).toMatchObject({ start: 71, density: 4 });
    const { newFrames, rereadFrames } = trajectory.costs;
    expect(newFrames + rereadFrames / 4).toBeLessThanOrEqual(trajectory.budget.frames);
  });

  test('knows where, not what: told of another place it sees nothing', async () => {
    expect((await scoreOf([{ start: 20, end: 22 }], 'activity')).highest).toBeLessThan(0.1);
    expect((await scoreOf([], 'activity')).trajectory.looks).toHaveLength(1);
  });

  test('looks at several places as long as the budget lasts', async () => {
    const places = [10, 40, 71, 100].map((start) => ({ start, end: start + 6 }));
    const { trajectory } = await scoreOf(places, 'recording');
    const found = places.map(
      ({ start, end }) =>
        trajectory.looks.filter((look) => look.step > 0 && look.start < end && look.end > start).length > 0,
    );
    expect(found).toEqual([true, true, true, true]);
  });
});
