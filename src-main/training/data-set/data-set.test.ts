/** Video-level labels as tasks: which episodes get one, and what a replay's tasks may cost. */
import { describe, expect, test } from 'vitest';
import { replayTasks } from './replay-tasks.ts';
import { peakOf, weaklyLabelled } from './weak-labels.ts';

const episodes = [0, 1, 2].map((number) => ({ start: 100 * number, end: 100 * (number + 1) }));

describe('labels of recordings as labels of episodes', () => {
  test('every episode of a recording without an incident is innocent', () => {
    const labelled = weaklyLabelled(episodes, 0, () => 1);
    expect(labelled.map(({ truth }) => truth)).toEqual(episodes.map(() => ({ label: 0, intervals: null })));
  });

  test('of one with an incident the episode that stands out most has it; the first of equals', () => {
    const witness = (levels: readonly number[]) =>
      weaklyLabelled(episodes, 1, ({ start }) => levels[start / 100] ?? 0).map(({ episode }) => episode.start);
    expect(witness([0.1, 0.7, 0.3])).toEqual([100]);
    expect(witness([0.4, 0.4, 0.4])).toEqual([0]);
    expect(weaklyLabelled([], 1, () => 1)).toEqual([]);
  });

  test('the peak of a curve within an episode, whose last second may be cut', () => {
    const levels = Float32Array.of(0.1, 0.5, 0.2, 0.9);
    expect(peakOf(levels, { start: 0, end: 2 })).toBe(0.5);
    expect(peakOf(levels, { start: 2, end: 3.5 })).toBeCloseTo(0.9, 6);
    expect(peakOf(levels, { start: 4, end: 9 })).toBe(0);
  });
});

/** Segments of four seconds; the one numbered `at` stands out. */
function line(name: string, isIncident: boolean, segments: number, at: number): string {
  const level = Array.from({ length: segments }, (_, place) => ({
    ...{ start: 100 * place, end: 100 * place + 99, score: place === at ? 0.8 : 0.1, caption: 'someone' },
  }));
  return JSON.stringify({
    ...{ video: name, class: isIncident ? 'Robbery' : 'Normal', frames: 100 * segments, fps: 25 },
    anomalies: isIncident ? [[1, 50]] : [],
    levels: { coarse: level, fine: level },
  });
}

describe('a replay file as tasks', () => {
  const text = [line('calm', false, 60, 2), line('robbery', true, 60, 55), line('short', true, 4, 1)].join('\n');
  const tasks = replayTasks(text, 'replay.jsonl');
  const of = (name: string) => tasks.filter(({ recording }) => recording === name).map(({ task }) => task);

  test('an innocent recording gives all its episodes, one with an incident the one that stands out', () => {
    expect(of('calm').length).toBeGreaterThan(1);
    expect(of('calm').every(({ truth }) => truth.label === 0 && truth.intervals === null)).toBe(true);
    const [robbery, ...others] = of('robbery');
    expect(others).toEqual([]);
    expect(robbery?.truth).toEqual({ label: 1, intervals: null });
    expect(robbery?.episode.start).toBeLessThanOrEqual(220);
    expect(robbery?.episode.end).toBeGreaterThan(220);
  });

  test('costs are counted in segments, at most twice as many as are coarse in the episode and never nothing', () => {
    for (const { task } of tasks) {
      const segments = (task.episode.end - task.episode.start) / 4;
      expect(task.budget.frames).toBeLessThanOrEqual(2 * (Math.ceil(segments) + 1));
      expect(task.budget.frames).toBeGreaterThanOrEqual(2);
    }
    expect(new Set(tasks.map(({ task }) => task.id)).size).toBe(tasks.length);
    expect(replayTasks(text, 'replay.jsonl').map(({ task }) => task.budget)).toEqual(
      tasks.map(({ task }) => task.budget),
    );
  });

  test('a line that is none is named', () => {
    expect(() => replayTasks('{"video":1}', 'replay.jsonl')).toThrow(/replay\.jsonl.*1/u);
  });
});
