/** What the two ends of a session's thread say to each other. */
import type { TensorData } from './graph/index.ts';

/** `workerData` of the thread. */
export interface SessionSetup {
  readonly model: string | Uint8Array;
  readonly provider: string;
  readonly threads: number;
  /** Name of what the thread's program makes of the outputs; they come as they are where none is asked for. */
  readonly decoder?: string;
}

export type ToThread =
  { readonly kind: 'run'; readonly feeds: Readonly<Record<string, TensorData>> } | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'opened'; readonly inputNames: readonly string[]; readonly outputNames: readonly string[] }
  /** The outputs by name, or what the decoder made of them. */
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string; readonly missing: boolean };
