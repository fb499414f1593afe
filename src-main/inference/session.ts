/** An ONNX session in a thread of its own: ORT's run() blocks the thread that calls it. */
import { Worker } from 'node:worker_threads';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { TensorData } from './graph/index.ts';
import type { FromThread, SessionSetup, ToThread } from './session-protocol.ts';

/** Execution providers of ONNX Runtime that the program knows, fastest kinds first. */
export const providerNames = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
export type ProviderName = (typeof providerNames)[number];

export interface SessionOptions {
  readonly provider: ProviderName;
  /** Threads that one run may use on the CPU. */
  readonly threads: number;
  /** The program of the thread, `session.worker.ts` or what it was bundled to. */
  readonly threadEntry?: URL | string;
  /** What that program makes of the outputs, by its name there (`session-thread.ts`). */
  readonly decoder?: string;
}

type Outputs = Readonly<Record<string, TensorData>>;

/** `Result` is what a run gives: the outputs by name, or what the decoder makes of them. */
export interface Session<Result = Outputs> extends AsyncDisposable {
  readonly provider: ProviderName;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * One run; runs asked for while one is under way wait for it. Feeds are copied. An abort takes effect while a run
   * waits here and once it has ended, never within. Throws AppError `cancelled`, `worker-crashed`, or `internal` with
   * ORT's own words.
   */
  run(feeds: Outputs, options?: { readonly signal?: AbortSignal }): Promise<Result>;
}

const defaultEntry = () => new URL('./session.worker.ts', import.meta.url);

/**
 * Opens `model` (a path, or the bytes of an ONNX file) in a new thread. Disposing waits for the run under way and ends
 * the thread from inside: terminating a thread within run() would abort the process.
 * Throws AppError `model-missing` where the file cannot be read, `internal` where ORT refuses the model or provider.
 */
export async function openSession<Result = Outputs>(
  model: string | Uint8Array,
  { threadEntry, ...setup }: SessionOptions,
): Promise<Session<Result>> {
  const thread = new SessionThread<Result>(
    new Worker(threadEntry ?? defaultEntry(), { workerData: { model, ...setup } satisfies SessionSetup }),
  );
  try {
    const { inputNames, outputNames } = await thread.opened;
    return {
      provider: setup.provider,
      inputNames,
      outputNames,
      run: (feeds, { signal } = {}) => thread.run(feeds, signal),
      [Symbol.asyncDispose]: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

/** A run that the thread has not been told of yet. */
interface WaitingRun<Result> {
  readonly feeds: Outputs;
  readonly signal: AbortSignal | undefined;
  resolve(result: Promise<Result>): void;
  reject(error: unknown): void;
}

/** The caller of something that the thread was told to do. */
interface Caller {
  resolve(message: FromThread): void;
  reject(error: AppError): void;
}

/** The one under way, and one that the thread goes on with at once, however busy the near end is when it has ended. */
const mostSent = 2;

/** The near end of the thread: messages out, one answer to each, in order. */
class SessionThread<Result> {
  readonly opened: Promise<{ inputNames: readonly string[]; outputNames: readonly string[] }>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #waiting: WaitingRun<Result>[] = [];
  readonly #sent: Caller[] = [];
  #state: 'alive' | 'closing' | 'closed' = 'alive';
  #failure = new AppError('worker-crashed', 'The thread of an inference session ended.');

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromThread) => {
      this.#sent.shift()?.resolve(message);
      this.#sendOn();
    });
    worker.on('error', (error: Error) => {
      this.#failure = new AppError('worker-crashed', `The thread of an inference session failed: ${error.message}`, {
        cause: error,
      });
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#state = 'closed';
        for (const caller of [...this.#sent.splice(0), ...this.#waiting.splice(0)]) caller.reject(this.#failure);
        resolve();
      });
    });
    this.opened = this.#answer().then((message) => {
      if (message.kind === 'opened') return message;
      throw message.kind === 'failed' ? sessionError(message) : this.#failure;
    });
  }

  run(feeds: Outputs, signal: AbortSignal | undefined): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#state !== 'alive') return reject(this.#failure);
      this.#waiting.push({ feeds, signal, resolve, reject });
      return this.#sendOn();
    });
  }

  async close(): Promise<void> {
    if (this.#state === 'alive') this.#state = 'closing';
    this.#sendOn();
    await this.#ended;
  }

  #sendOn(): void {
    while (this.#sent.length < mostSent) {
      const run = this.#waiting.shift();
      if (run === undefined) break;
      try {
        throwIfAborted(run.signal);
        this.#post({ kind: 'run', feeds: run.feeds });
        run.resolve(this.#result(run.signal));
      } catch (error) {
        run.reject(error);
      }
    }
    if (this.#state === 'closing' && this.#sent.length === 0 && this.#waiting.length === 0) {
      this.#state = 'closed';
      this.#post({ kind: 'close' });
    }
  }

  async #result(signal: AbortSignal | undefined): Promise<Result> {
    const message = await this.#answer();
    throwIfAborted(signal);
    if (message.kind === 'done') return message.result as Result;
    throw message.kind === 'failed' ? sessionError(message) : this.#failure;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #answer(): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.#sent.push({ resolve, reject });
    });
  }
}

function sessionError({ message, missing }: Extract<FromThread, { kind: 'failed' }>): AppError {
  return new AppError(missing ? 'model-missing' : 'internal', message);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const reason = appErrorFrom(signal.reason);
  throw reason.code === 'internal' ? new AppError('cancelled', reason.message, { cause: reason }) : reason;
}
