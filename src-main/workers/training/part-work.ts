/** How much work the rounds of one part of a training run are, counted in rollouts, and how far they have come. */
import { rolloutsIn } from '../../training/rounds/gather.ts';
import type { RoundTask } from '../../training/rounds/round-task.ts';
import type { RoundSettings } from '../../training/rounds/settings.ts';
import { replayedBeside } from '../../training/start/simulated-task.ts';

export interface PartWork {
  readonly all: number;
  /** The work done once one more task of a round is rolled out. */
  afterTask(round: number, task: Pick<RoundTask, 'replayed'>): number;
  /** The work done after a step of a round's update. */
  afterStep(round: number, step: number, steps: number): number;
}

/**
 * Rounds on `own` tasks and as much simulation as is replayed beside them; `isKept`: the rollouts of the first round are
 * there already. An update takes about as long as rolling out what it has preferences of: measured on two cores.
 */
export function partWork(
  own: number,
  settings: Pick<RoundSettings, 'rounds' | 'rollouts'>,
  { isKept }: { readonly isKept: boolean },
): PartWork {
  const { looks, beliefs } = replayedBeside(own);
  const updating = (own + looks) * rolloutsIn({}, settings);
  const gatheringIn = (round: number) =>
    isKept && round === 0 ? 0 : updating + beliefs * rolloutsIn({ replayed: 'beliefs' }, settings);
  const before = (round: number) =>
    Array.from({ length: round }, (_, number) => gatheringIn(number) + updating).reduce((sum, each) => sum + each, 0);
  const gathered = new Map<number, number>();
  return {
    all: before(settings.rounds),
    afterTask(round, task) {
      const rollouts = (gathered.get(round) ?? 0) + rolloutsIn(task, settings);
      gathered.set(round, rollouts);
      return before(round) + Math.min(rollouts, gatheringIn(round));
    },
    afterStep: (round, step, steps) => before(round) + gatheringIn(round) + Math.round((updating * step) / steps),
  };
}
