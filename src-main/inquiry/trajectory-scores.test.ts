import { describe, expect, it } from 'vitest';
import { upgradeTrajectory } from '../contract/trajectory.ts';
import { budgetFor } from './budget.ts';
import { policyNamed, policyNames } from './policies/index.ts';
import { runEpisode } from './run-episode.ts';
import { watcherOf, type Script } from './testing/scripted-watcher.ts';
import { scoresOfEpisodes, scoresOfTrajectory } from './trajectory-scores.ts';

const script: Script = { seconds: 96, incidents: [{ start: 30, end: 42 }] };

/** The trajectory of a policy over a stretch, as it comes back from the store. */
async function storedRun(name: string, episode: { start: number; end: number }) {
  const { trajectory, scores } = await runEpisode({
    ...{ policy: policyNamed(name), watcher: watcherOf(script), episode, seed: 3, budget: budgetFor(name, episode) },
  });
  return { trajectory: upgradeTrajectory(JSON.parse(JSON.stringify(trajectory))), scores };
}

describe('scores read from stored trajectories', () => {
  it.each(policyNames)('S1, S2, T1: of %s are those of the episode', async (name) => {
    const { trajectory, scores } = await storedRun(name, { start: 0, end: 96 });
    const middles = scores.map((_, second) => second + 0.5);
    for (const [second, score] of scoresOfTrajectory(trajectory, middles).entries()) {
      expect(score).toBeCloseTo(scores[second] ?? NaN, 4);
    }
    expect(new Set(scores).size > 1).toBe(name !== 'blind');
  });

  it('S1: come from the episode that an instant lies in, whatever their order', async () => {
    const first = await storedRun('uniform', { start: 0, end: 40 });
    const second = await storedRun('uniform', { start: 40, end: 96 });
    const times = [50, 10, 39.9, 40, 120];
    const [early, late] = [
      [10, 39.9],
      [50, 40, 120],
    ].map((own, index) => scoresOfTrajectory([first, second][index]!.trajectory, own)) as [number[], number[]];
    expect(scoresOfEpisodes([second.trajectory, first.trajectory], times)).toEqual([
      late[0],
      early[0],
      early[1],
      late[1],
      late[2],
    ]);
    expect(scoresOfEpisodes([second.trajectory], [3])).toEqual([NaN]);
  });
});
