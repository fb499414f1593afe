/** Which execution providers work here: each is tried, and compared with the CPU, in a process of its own. */
import { fork } from 'node:child_process';
import type { ProviderProbe, ProviderReport } from './provider-protocol.ts';
import { providerNames, type ProviderName } from './session.ts';

export interface ProviderTrial {
  readonly provider: ProviderName;
  readonly works: boolean;
  /** Why it does not work, in one line. */
  readonly reason: string | null;
  /** Median time of one run of `model`, or of a small graph where there is no model; null where it does not work. */
  readonly msPerRun: number | null;
}

export interface ProviderTrialOptions {
  /** A net to time, with an input `image` as the nets here have it; without one a small graph is timed. */
  readonly model?: string | null;
  readonly threads?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** The program of the process, `provider.worker.ts` or what it was bundled to. */
  readonly probeEntry?: URL | string;
}

const defaultEntry = () => new URL('./provider.worker.ts', import.meta.url);

/**
 * Tries every provider that the program knows, one after the other so that they do not disturb each other's times.
 * A graphics library that crashes or hangs takes its own process with it and is reported with its reason. Never throws
 * for what a provider does; throws where `signal` aborts.
 */
export async function tryProviders(options: ProviderTrialOptions = {}): Promise<readonly ProviderTrial[]> {
  const trials: ProviderTrial[] = [];
  for (const provider of providerNames) {
    options.signal?.throwIfAborted();
    trials.push(await tryProvider(provider, options));
  }
  return trials;
}

async function tryProvider(provider: ProviderName, options: ProviderTrialOptions): Promise<ProviderTrial> {
  const { model = null, threads = 1, timeoutMs = 60_000, signal, probeEntry = defaultEntry() } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const child = fork(probeEntry, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    killSignal: 'SIGKILL',
  });
  let report: ProviderReport | null = null;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  child.on('message', (message: ProviderReport) => {
    report = message;
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, killer) => resolve(killer === null ? `exit code ${code}` : `signal ${killer}`));
  });
  const probe: ProviderProbe = { provider, model, threads };
  child.send(probe, () => undefined);
  const end = await ended;
  signal?.throwIfAborted();
  if (report !== null) return trialFrom(provider, report, errors);
  const crashed = `Its process ended with ${end}${errors === '' ? '' : `: ${lastLine(errors)}`}.`;
  const reason = timeout.aborted ? `It did not answer within ${timeoutMs / 1000} seconds.` : crashed;
  return { provider, works: false, reason, msPerRun: null };
}

function trialFrom(provider: ProviderName, report: ProviderReport, errors: string): ProviderTrial {
  if (report.works) return { provider, works: true, reason: null, msPerRun: report.msPerRun };
  // ONNX Runtime prints which library it lacks and puts something vaguer into its error.
  const library = /([\w.+-]+\.(?:so|dll|dylib)[\w.]*): cannot open shared object file/.exec(errors)?.[1];
  const lacking = library === undefined ? '' : ` (${library} is missing)`;
  return { provider, works: false, reason: `${plainReason(report.reason)}${lacking}`, msPerRun: null };
}

/** ORT's message without the source file, function and condition that it begins with. */
const plainReason = (reason: string) =>
  reason.replace(/^\S*onnxruntime\S*\.cc:\d+ .* was false\. /, '').replace(/[\s.]+$/, '');

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

/**
 * The provider to run on: the one asked for where it works, else (and for 'auto') the fastest that works, else the CPU.
 * `note` says, in one sentence, why the one asked for was not taken.
 */
export function chooseProvider(
  preference: 'auto' | ProviderName,
  trials: readonly ProviderTrial[],
): { readonly provider: ProviderName; readonly note: string | null } {
  const working = trials.filter((trial) => trial.works);
  if (preference !== 'auto' && working.some((trial) => trial.provider === preference)) {
    return { provider: preference, note: null };
  }
  const time = (trial: ProviderTrial) => trial.msPerRun ?? Infinity;
  const [fastest] = working.toSorted((a, b) => time(a) - time(b));
  const provider = fastest?.provider ?? 'cpu';
  if (preference === 'auto') return { provider, note: null };
  const reason = trials.find((trial) => trial.provider === preference)?.reason ?? 'It was not tried.';
  return { provider, note: `${preference} does not work here, ${provider} is used. ${reason}` };
}
