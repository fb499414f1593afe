/** Rounds of iDPO over simulated recordings, rolled out in threads. */
import { encodeNano } from '../../inquiry/policies/nano/index.ts';
import type { RoundsRun } from '../rounds/rounds.ts';
import { collectRound, type CollectRun } from './collectors.ts';
import { simulatedRound, type SimulatedOptions } from './simulated-task.ts';

export interface SimulatedRounds extends Pick<CollectRun, 'threads' | 'signal'> {
  /** Of the recordings of a round. */
  readonly seeds: (round: number) => readonly string[];
  readonly recordings: SimulatedOptions;
  readonly onProgress?: (round: number, done: number, total: number) => void;
}

/** The tasks of those rounds, and how they are rolled out elsewhere. */
export const simulatedRounds = ({
  seeds,
  recordings,
  onProgress,
  ...run
}: SimulatedRounds): Pick<RoundsRun, 'tasks' | 'gatherElsewhere'> => ({
  tasks: (round) => simulatedRound(seeds(round), recordings),
  gatherElsewhere: (round, model, options) =>
    collectRound(
      { model: encodeNano(model), work: { kind: 'round', ...options }, recordings },
      {
        ...{ ...run, seeds: seeds(round) },
        ...(onProgress !== undefined && {
          onProgress: (done: number, total: number) => onProgress(round, done, total),
        }),
      },
    ),
});
