/** Simulated recordings as if a reviewer had spoken of them, and what a model makes of them. */
import { nanoPolicy, openNano, type NanoModel } from '../../src-main/inquiry/policies/nano/index.ts';
import { incidentClasses, type IncidentClass } from '../../src-main/simulation/index.ts';
import { judgedEpisodes, type JudgedEpisode } from '../../src-main/training/ablation/judged-episodes.ts';
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

/** The class that was typed. Throws Error that names those there are. */
export function incidentClassNamed(name: string): IncidentClass {
  const known = incidentClasses.find((each) => each === name);
  if (known === undefined) throw new Error(`--class takes one of ${incidentClasses.join(', ')}`);
  return known;
}

/** Greedy episodes of the model on the tasks. */
export async function judgedBy(model: NanoModel, tasks: readonly SpokenOf[]): Promise<JudgedEpisode[]> {
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const policy = nanoPolicy(net, { version: 'bench', choose: 'greedy' });
  return await judgedEpisodes(policy, policy, tasks);
}
