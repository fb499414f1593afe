import { describe, expect, it } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { budgetFor } from './budget.ts';
import type { PerceptionView } from './policy.ts';
import { policyNamed } from './policies/index.ts';
import { runEpisode } from './run-episode.ts';
import { watcherOf } from './testing/scripted-watcher.ts';
import { scoresOfTrajectory } from './trajectory-scores.ts';
import type { Watcher } from './watcher.ts';

/** Share of pairs in which the positive scores higher, ties half: by its definition. */
function auc(scores: readonly number[], labels: readonly boolean[]): number {
  let [won, pairs] = [0, 0];
  for (const [a, high] of scores.entries()) {
    if (labels[a] !== true) continue;
    for (const [b, low] of scores.entries()) {
      if (labels[b] === true) continue;
      pairs++;
      won += high > low ? 1 : high === low ? 0.5 : 0;
    }
  }
  return won / pairs;
}

/** A calm recording whose frames surprise as told, seen by a camera whose own frames' surprise is exponential. */
function surprisingWatcher(seconds: number, surpriseAt: (time: number) => number, mean: number): Watcher {
  const inner = watcherOf({ seconds, incidents: [] });
  return {
    ...inner,
    describe: (frames, start, end, interval) => {
      const { view, stored } = inner.describe(frames as Parameters<typeof inner.describe>[0], start, end, interval);
      const surprise = frames.map(({ time }) => surpriseAt(time));
      const novelty = surprise.map((nats) => 1 - Math.exp(-nats / mean));
      return { view: { ...(view as PerceptionView), surprise, novelty }, stored };
    },
  };
}

describe('surprise as evidence', () => {
  it('P4: ranks frames under `dense` as the surprise does, beyond all bounds', async () => {
    const seconds = 120;
    const random = randomFrom(5);
    // A wave of noise that the kernel smooths a little; higher in the middle, and once far beyond what was ever seen.
    const noise = Array.from({ length: seconds + 2 }, () => random.between(0, 6));
    const between = (time: number) => {
      const at = Math.floor(time);
      return (noise[at] ?? 0) + (time - at) * ((noise[at + 1] ?? 0) - (noise[at] ?? 0));
    };
    const isIncident = (time: number) => time >= 50 && time < 80;
    const surpriseAt = (time: number) =>
      between(time) + (isIncident(time) ? 2 : 0) + (time >= 60 && time < 62 ? 1e5 * (time - 59) : 0);
    const episode = { start: 0, end: seconds };
    const { trajectory } = await runEpisode({
      ...{ policy: policyNamed('dense'), watcher: surprisingWatcher(seconds, surpriseAt, 2), episode, seed: 1 },
      budget: budgetFor('dense', episode),
    });
    const times = Array.from({ length: seconds * 10 }, (_, frame) => frame / 10);
    const scores = scoresOfTrajectory(trajectory, times);
    const labels = times.map(isIncident);
    expect(Math.abs(auc(scores, labels) - auc(times.map(surpriseAt), labels))).toBeLessThan(0.015);
    // Far beyond, more is still more.
    expect(scores[614]).toBeGreaterThan(scores[606] ?? 1);
    expect(scores[614]).toBeLessThan(1);
    expect(trajectory.intervals).toEqual([]);
  });

  it('P3: leads the other policies to what is unusual for the camera', async () => {
    const watcher = surprisingWatcher(64, (time) => (time >= 30 && time < 40 ? 40 : 1), 4);
    const episode = { start: 0, end: 64 };
    const { flags } = await runEpisode({
      ...{ policy: policyNamed('rules'), watcher, episode, seed: 1, budget: budgetFor('rules', episode) },
    });
    expect(flags.map((flag) => flag.class)).toEqual(['unusual']);
    expect(flags[0]?.start).toBeGreaterThan(27);
    expect(flags[0]?.end).toBeLessThan(43);
  });
});
