/** What the trial of a provider is told and what it reports. */
import type { ProviderName } from './session.ts';

export interface ProviderProbe {
  readonly provider: ProviderName;
  readonly model: string | null;
  readonly threads: number;
}

export type ProviderReport =
  { readonly works: true; readonly msPerRun: number } | { readonly works: false; readonly reason: string };
