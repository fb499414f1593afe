/** Scenes that were built for one operator each, and what the operator is worth on them. */
import { pairedBootstrap } from '../../evaluation/metrics/bootstrap.ts';
import type { LookOperator } from '../../inquiry/operators.ts';
import type { Policy } from '../../inquiry/policy.ts';
import type { NanoPolicy } from '../../inquiry/policies/nano/index.ts';
import { twinRecordings } from '../../simulation/symbolic/index.ts';
import { taskIn, wholeOf, type SimulatedTask } from '../start/simulated-task.ts';
import { drawnEpisodes, meanOver, usageIn, type JudgedEpisode } from './judged-episodes.ts';
import type { Used } from './operator-information.ts';
import { withoutOperator } from './without-operator.ts';

/** The kind of twins that each operator is for; see the suite `operators`. */
const builtFor: Readonly<Record<LookOperator, string>> = { SAMPLE: 'cued', BACKTRACK: 'aftermath', EXPAND: 'around' };

export interface OperatorWorth {
  readonly operator: LookOperator;
  readonly kind: string;
  readonly scenes: number;
  /** Mean utility with all operators, and without this one. */
  readonly utility: number;
  readonly without: number;
  /** Of what taking it away costs a scene, 95 % over pairs; null for fewer than two. */
  readonly costLow: number | null;
  readonly costHigh: number | null;
  /** How often it was used a scene. */
  readonly used: number;
}

/** Twins of those scenes, each one episode at a usual rate, after the other one of its pair. */
export function operatorTasks(operator: LookOperator, count: number, seed: string): SimulatedTask[] {
  const tasks: SimulatedTask[] = [];
  for (let number = 0; tasks.length < count; number++) {
    const rate = number % 2 === 0 ? 0.25 : 0.125;
    const recordings = twinRecordings('operators', builtFor[operator], `${seed}/${operator}/${number}`, rate);
    tasks.push(...recordings.map((recording) => taskIn(recording, wholeOf(recording), framesPerMinute)));
  }
  return tasks.slice(0, 2 * Math.ceil(count / 2));
}
const framesPerMinute = 24;

/** What `policy` loses where it may not use the operator, and what it uses where it may. */
export async function operatorWorth(
  policy: NanoPolicy,
  judge: Pick<Policy, 'readBelief'>,
  operator: LookOperator,
  tasks: readonly SimulatedTask[],
  signal?: AbortSignal,
): Promise<{ readonly worth: OperatorWorth; readonly usage: readonly Used[] }> {
  const full = await drawnEpisodes(policy, judge, tasks, signal);
  const reduced = await drawnEpisodes(withoutOperator(policy, operator), judge, tasks, signal);
  // Twins are drawn together: they are alike but for one moment.
  const pairs = Array.from({ length: tasks.length / 2 }, (_, pair) => {
    const twins = (all: readonly JudgedEpisode[][]) => all.flatMap((each) => each.slice(2 * pair, 2 * pair + 2));
    return { first: twins(reduced), second: twins(full) };
  });
  const spread = pairedBootstrap(pairs, (sample) => utilityIn(sample.flat()), { seed: operator });
  const worth = {
    ...{ operator, kind: builtFor[operator], scenes: tasks.length },
    utility: utilityIn(full.flat()),
    without: utilityIn(reduced.flat()),
    ...{ costLow: spread?.low ?? null, costHigh: spread?.high ?? null },
    used: meanOver(full.flat(), ({ operators }) => operators[operator] ?? 0),
  };
  return { worth, usage: usageIn(full) };
}

const utilityIn = (episodes: readonly JudgedEpisode[]) => meanOver(episodes, ({ utility }) => utility);
