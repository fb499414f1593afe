/** Made-up replays: whole, the same for the same seed, and of higher scores where something happens. */
import { describe, expect, test } from 'vitest';
import { simulatedReplay } from './simulated-replay.ts';
import { besideSimulation, replayedBeside, replayedTask, simulatedTask } from './simulated-task.ts';

const many = Array.from({ length: 80 }, (_, number) => simulatedReplay(`replay-${number}`));

describe('a made-up replay', () => {
  test('is the same for the same seed', () => {
    expect(simulatedReplay('again')).toEqual(simulatedReplay('again'));
    expect(simulatedReplay('again')).not.toEqual(simulatedReplay('another'));
  });

  test('has segments of both levels without gaps, scored in tenths', () => {
    for (const { levels, frames, anomalies } of many) {
      for (const segments of [levels.coarse, levels.fine]) {
        expect([segments[0]?.start, segments.at(-1)?.end]).toEqual([0, frames]);
        for (const [index, { start, end, score }] of segments.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBe(segments[index - 1]?.end ?? 0);
          expect([Math.round(10 * score) / 10, score >= 0, score <= 1]).toEqual([score, true, true]);
        }
      }
      const bounds = new Set(levels.fine.map(({ start }) => start));
      expect(levels.coarse.every(({ start }) => bounds.has(start))).toBe(true);
      for (const { start, end } of anomalies) expect(start >= 0 && start < end && end <= frames).toBe(true);
    }
  });

  test('scores what happens higher than what does not, and what is around it in between, at both levels', () => {
    for (const level of ['coarse', 'fine'] as const) {
      const [inside, around, elsewhere]: [number[], number[], number[]] = [[], [], []];
      for (const { levels, anomalies } of many) {
        for (const { start, end, score } of levels[level]) {
          const isMet = anomalies.some((anomaly) => anomaly.start < end && anomaly.end > start);
          (isMet ? inside : anomalies.length > 0 ? around : elsewhere).push(score);
        }
      }
      const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;
      expect(inside.length).toBeGreaterThan(50);
      expect(mean(inside)).toBeGreaterThan(mean(around) + 0.15);
      expect(mean(around)).toBeGreaterThan(mean(elsewhere));
    }
  });

  test('of which many a model makes nothing of, though the recording shows something', () => {
    const met = many.flatMap(({ levels, anomalies }) =>
      levels.fine.filter(({ start, end }) => anomalies.some((each) => each.start <= start && each.end >= end)),
    );
    const low = met.filter(({ score }) => score <= 0.2).length / met.length;
    expect(low).toBeGreaterThan(0.2);
    expect(low).toBeLessThan(0.6);
  });

  test('becomes an episode of at most two minutes whose truth is what happens in it', () => {
    for (let number = 0; number < 20; number++) {
      const { kind, episode, truth, budget } = simulatedTask(`episode-${number}`, { replays: 1 });
      expect(kind).toBe('replay');
      expect(episode.end - episode.start).toBeLessThanOrEqual(128);
      expect(truth.label).toBe((truth.intervals ?? []).length > 0 ? 1 : 0);
      expect(budget.frames).toBeGreaterThanOrEqual(2);
    }
  });
});

test('beside a few tasks there are as many replayed for looks, and ten times as many for beliefs', async () => {
  const own = [1, 2].map((number) => replayedTask(`own-${number}`, 'looks', {}));
  const given = await Array.fromAsync(besideSimulation(own, 'seed'));
  expect(given.slice(0, 4).map(({ id }) => id)).toEqual(['own-1', 'replay/seed/own-1', 'own-2', 'replay/seed/own-2']);
  expect(given.slice(4).every(({ replayed }) => replayed === 'beliefs')).toBe(true);
  expect(given).toHaveLength(24);
  expect(replayedBeside(2)).toEqual({ looks: 2, beliefs: 20 });
  expect(new Set(given.map(({ id }) => id)).size).toBe(24);
});

describe('a replayed task', () => {
  test('is the task of its name, made once', () => {
    const task = replayedTask('replayed-1', 'looks', { replays: 0.15 });
    const { watcher, episode, truth, budget, question, grid } = simulatedTask('replayed-1', { replays: 0.15 });
    expect({ ...task, watcher: null }).toEqual({
      id: 'replayed-1',
      replayed: 'looks',
      watcher: null,
      episode,
      truth,
      budget,
      question,
      grid,
    });
    expect(task.watcher.seconds).toBe(watcher.seconds);
    expect(task.watcher).toBe(task.watcher);
  });
});
