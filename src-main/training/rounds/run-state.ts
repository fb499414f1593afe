/** What a run goes on from after it was cut off: where it stood, and what its round was made of. */
import { deserialize, serialize } from 'node:v8';
import { AppError } from '../../contract/errors.ts';
import type { BeliefExample, PairExample } from '../nano/examples.ts';
import type { CurvePoint } from './points.ts';

/** Keeps a run's state; both parts are replaced by later ones of the same name. */
export interface Checkpoints {
  /** Null where nothing was saved. */
  load(name: CheckpointName): Promise<Uint8Array | null>;
  save(name: CheckpointName, bytes: Uint8Array): Promise<void>;
}

/** `round` is saved when a round's pairs are there, `step` in the course of its updates. */
export type CheckpointName = 'round' | 'step';

/** A round whose pairs are there: the model that its update begins with, and what it learns from. */
export interface RoundState {
  readonly round: number;
  /** Bytes of the model that entered the round, with the head that was fitted in it. */
  readonly model: Uint8Array;
  readonly pairs: readonly PairExample[];
  readonly beliefs: readonly BeliefExample[];
  readonly points: readonly CurvePoint[];
}

export interface StepState {
  readonly round: number;
  readonly step: number;
  /** Checkpoint of the training session. */
  readonly session: Uint8Array;
  readonly points: readonly CurvePoint[];
}

/** Version of the format: a run of another one starts its round anew. */
const format = 3;

export const encodeState = (state: RoundState | StepState): Uint8Array => serialize({ format, state });

/** Throws AppError `integrity-mismatch` for bytes that are no state of this format. */
export function decodeState<S extends RoundState | StepState>(bytes: Uint8Array): S {
  const read = readState(bytes);
  if (typeof read !== 'object' || read === null || !('format' in read) || !('state' in read) || read.format !== format)
    throw new AppError('integrity-mismatch', 'The checkpoint of the training run is damaged or of another version.');
  return read.state as S;
}

function readState(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return null;
  }
}
