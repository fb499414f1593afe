/** What the two ends of a resident session's thread say to each other: every request is answered once, in order. */
import type { TensorData } from '../graph/index.ts';

export type Tensors = Readonly<Record<string, TensorData>>;

/** `workerData` of the thread. */
export interface ResidentSetup {
  readonly provider: string;
  readonly threads: number;
}

export interface RunRequest {
  readonly kind: 'run';
  readonly model: string;
  readonly feeds: Tensors;
  /** Inputs that are fed from held tensors: name of the input → name of the tensor. */
  readonly held: Readonly<Record<string, string>>;
  /** Outputs that are held from then on instead of being sent: name of the output → name of the tensor. */
  readonly kept: Readonly<Record<string, string>>;
}

export type Request =
  | RunRequest
  | { readonly kind: 'open'; readonly name: string; readonly model: Uint8Array }
  | { readonly kind: 'hold'; readonly tensors: Tensors }
  | { readonly kind: 'read'; readonly names: readonly string[] }
  | { readonly kind: 'close' };

export type Answer = { readonly tensors: Tensors } | { readonly error: string };
