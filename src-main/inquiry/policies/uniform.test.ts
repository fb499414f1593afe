import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runEpisode } from '../run-episode.ts';
import { watcherOf, type Script } from '../testing/scripted-watcher.ts';
import type { Grid } from '../episodes.ts';
import { policyNamed } from './index.ts';

const run = (name: string, script: Script, frames: number, grid: Grid) => {
  const watcher = watcherOf(script);
  const episode = { start: 0, end: script.seconds };
  const budget = { frames, steps: 24, seconds: 9 };
  return runEpisode({ policy: policyNamed(name), watcher, episode, budget, grid, seed: 1 }).then((result) => ({
    ...result,
    asked: watcher.asked,
  }));
};

describe('passive sampling', () => {
  it.each([0.25, 0.5, 1, 2, 4])(
    'U2: at %f frames a second sees whole multiples of its interval from the first frame',
    async (rate) => {
      const { asked, trajectory } = await run('uniform', { seconds: 64, incidents: [] }, 64 * rate, 'recording');
      expect(asked).toEqual(Array.from({ length: 64 * rate }, (_, index) => index / rate));
      expect(trajectory.costs.newFrames).toBe(64 * rate);
    },
  );

  it('U1: scores twins alike that differ between its instants, in activity too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 63 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 64, maxLength: 64 }),
        async (seconds, levels) => {
          const between = seconds.map((second) => ({ start: second + 0.25, end: second + 0.75 }));
          const twin: Script = { seconds: 64, incidents: between, activityAt: (second) => levels[second] ?? 0 };
          const innocent: Script = { seconds: 64, incidents: [], activityAt: () => 0 };
          const [a, b] = [await run('uniform', twin, 64, 'recording'), await run('uniform', innocent, 64, 'recording')];
          expect(a.scores).toEqual(b.scores);
          expect(a.asked).toHaveLength(64);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('U1: and `dense` tells them apart', async () => {
    const twin: Script = { seconds: 64, incidents: [{ start: 30.25, end: 30.75 }] };
    const { scores } = await run('dense', twin, 600, 'recording');
    expect(scores.indexOf(Math.max(...scores))).toBe(30);
    expect(Math.max(...scores)).toBeGreaterThan(0.5);
  });

  it('sees all of an episode whatever the grid starts from', async () => {
    const script: Script = { seconds: 100, incidents: [], activityAt: (second) => (second === 37 ? 1 : 0) };
    const { asked } = await run('dense', script, 1100, 'activity');
    expect([asked[0], asked.at(-1)]).toEqual([0, 99.875]);
    expect(asked).toHaveLength(800);
  });

  it('spends what a rate leaves on looks of twice the rate, spread evenly', async () => {
    const { trajectory } = await run('uniform', { seconds: 64, incidents: [] }, 84, 'recording');
    const further = trajectory.looks.filter(({ density }) => density === 2);
    expect(further.map(({ start }) => start)).toEqual([0, 32, 16, 48]);
    expect(trajectory.looks.filter(({ density }) => density === 1)).toHaveLength(8);
  });
});
