/** Rounds of iDPO over simulated recordings, rolled out in threads. */
import { encodeNano } from '../../inquiry/policies/nano/index.ts';
import type { RoundsSource } from '../rounds/rounds.ts';
import { collectRound, type CollectRun } from './collectors.ts';
import type { SimulatedOptions } from './simulated-task.ts';

export interface SimulatedRounds extends Pick<CollectRun, 'threads' | 'signal'> {
  /** Of the recordings of a round. */
  readonly seeds: (round: number) => readonly string[];
  readonly recordings: SimulatedOptions;
  readonly onProgress?: (round: number, done: number, total: number) => void;
}

/** Those rounds as a run takes them. */
export const simulatedRounds = ({ seeds, recordings, onProgress, ...run }: SimulatedRounds): RoundsSource => ({
  gathered: (round, model, options) =>
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
