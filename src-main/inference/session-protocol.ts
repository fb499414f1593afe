/** What the two ends of a session's thread say to each other. */
import type { TensorData } from './graph/index.ts';

/** `workerData` of the thread. */
export interface SessionSetup {
  readonly model: string | Uint8Array;
  readonly provider: string;
  readonly threads: number;
}

export type ToThread =
  { readonly kind: 'run'; readonly feeds: Readonly<Record<string, TensorData>> } | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'opened'; readonly inputNames: readonly string[]; readonly outputNames: readonly string[] }
  | { readonly kind: 'done'; readonly outputs: Readonly<Record<string, TensorData>> }
  | { readonly kind: 'failed'; readonly message: string; readonly missing: boolean };
