/** What the gate asks about a version: figures of it and of the one that the run began with, on the same episodes. */
import type { GateCheck } from '../../contract/training.ts';
import { summed } from '../../evaluation/run/index.ts';
import type { NanoModel, NanoNet } from '../../inquiry/policies/nano/index.ts';
import { guardCheck, type LabelCounts, operatorCheck, parseCheck, verdictCheck } from '../../training/gate/checks.ts';
import { measure, type Measured, operatorsDrawn } from '../../training/gate/measure.ts';
import type { RolloutTask } from '../../training/rollouts/roll-out.ts';
import { simulatedTask } from '../../training/start/simulated-task.ts';

/** The guard set: no run learns from these seeds. Their scenes and what is seen of them are made anew each time. */
const guardSet = (recordings: number) =>
  Array.from({ length: recordings }, (_, number) => simulatedTask(`guard/${number}`, { shares: guardShares }));
/** Few cued twins, which take long to make; the others stand for what most recordings ask for. Ours. */
const guardShares = { incident: 0.45, twin: 0.2, normal: 0.3, cued: 0.05 } as const;

/** Episodes that some version did not learn from, with that version. */
export interface HeldOut {
  readonly model: NanoModel;
  readonly tasks: readonly RolloutTask[];
}

export interface JudgeOptions {
  /** Opens a model for as long as `work` takes. */
  readonly withNet: <T>(model: NanoModel, work: (net: NanoNet) => Promise<T>) => Promise<T>;
  readonly guardRecordings: number;
  readonly signal: AbortSignal;
  /** Called after each episode that was looked at. */
  readonly onMeasured: () => void;
}

/** The checks of the gate but for that of the chosen trajectories, which the run itself makes. `labelled`: all there are. */
export async function judgeVersions(
  before: NanoModel,
  after: NanoModel,
  heldOut: readonly HeldOut[],
  labelled: LabelCounts,
  { withNet, guardRecordings, signal, onMeasured }: JudgeOptions,
): Promise<GateCheck[]> {
  const measureAll = (model: NanoModel, tasks: readonly RolloutTask[]) =>
    withNet(model, async (net) => {
      const measured: Measured[] = [];
      for (const task of tasks) {
        measured.push(await measure(task, net, { signal }));
        onMeasured();
      }
      return measured;
    });
  const verdicts = [];
  for (const { model, tasks } of heldOut) {
    const [first, second] = [await measureAll(before, tasks), await measureAll(model, tasks)];
    for (const [index, { truth }] of tasks.entries()) {
      const [one, other] = [first[index], second[index]];
      if (one !== undefined && other !== undefined) {
        verdicts.push({ label: truth.label, before: one.logLoss, after: other.logLoss });
      }
    }
  }
  const guard = guardSet(guardRecordings);
  const [first, second] = [await measureAll(before, guard), await measureAll(after, guard)];
  const usageOf = (model: NanoModel) =>
    withNet(model, async (net) => {
      const used: Record<string, number>[] = [];
      for (const task of guard) used.push(await operatorsDrawn(task, net, signal));
      return summed(used);
    });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    verdictCheck(verdicts, labelled),
    guardCheck(first.map(({ utility }, index) => ({ before: utility, after: second[index]?.utility ?? NaN }))),
    parseCheck(sum(second.map(({ actions }) => actions)), sum(second.map(({ unparsed }) => unparsed))),
    operatorCheck(await usageOf(before), await usageOf(after)),
  ];
}
