/** Simulated recordings as if a reviewer had spoken of them. */
import type { RoundTask } from '../../src-main/training/rounds/round-task.ts';
import {
  simulatedTask,
  type SimulatedOptions,
  type SimulatedTask,
} from '../../src-main/training/start/simulated-task.ts';

export type SpokenOf = RoundTask & SimulatedTask;

/** Shares of what is made: this sort alone. */
export const only = (sort: 'incident' | 'twin' | 'normal') => ({
  ...{ incident: 0, twin: 0, normal: 0, cued: 0 },
  [sort]: 1,
});

/** So many recordings whose episodes have the label: a window of a recording may not show its incident. */
export function recordingsOf(name: string, count: number, label: 0 | 1, options: SimulatedOptions): SpokenOf[] {
  const tasks: SpokenOf[] = [];
  for (let number = 0; tasks.length < count; number++) {
    const id = `${name}/${number}`;
    const task = simulatedTask(id, options);
    if (task.truth.label === label) tasks.push({ ...task, id });
  }
  return tasks;
}
