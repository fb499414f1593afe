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
}

export interface Session extends AsyncDisposable {
  readonly provider: ProviderName;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * One run; runs asked for while one is under way wait for it. Feeds are copied. An abort takes effect before a run
   * begins and once it has ended, never within. Throws AppError `cancelled`, `worker-crashed`, or `internal` with ORT's
   * own words.
   */
  run(
    feeds: Readonly<Record<string, TensorData>>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Readonly<Record<string, TensorData>>>;
}

const defaultEntry = () => new URL('./session.worker.ts', import.meta.url);

/**
 * Opens `model` (a path, or the bytes of an ONNX file) in a new thread. Disposing waits for the run under way and ends
 * the thread from inside: terminating a thread within run() would abort the process.
 * Throws AppError `model-missing` where the file cannot be read, `internal` where ORT refuses the model or provider.
 */
export async function openSession(model: string | Uint8Array, options: SessionOptions): Promise<Session> {
  const setup: SessionSetup = { model, provider: options.provider, threads: options.threads };
  const thread = new SessionThread(new Worker(options.threadEntry ?? defaultEntry(), { workerData: setup }));
  try {
    const { inputNames, outputNames } = await thread.opened;
    return {
      provider: options.provider,
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

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: AppError): void;
}

/** The near end of the thread: one message out, one answer back, in order. */
class SessionThread {
  readonly opened: Promise<{ inputNames: readonly string[]; outputNames: readonly string[] }>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #alive = true;
  #failure = new AppError('worker-crashed', 'The thread of an inference session ended.');
  #answer: Waiting<FromThread> | null = null;
  #last: Promise<unknown>;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#settle((waiting) => waiting.resolve(message)));
    worker.on('error', (error: Error) => {
      this.#failure = new AppError('worker-crashed', `The thread of an inference session failed: ${error.message}`, {
        cause: error,
      });
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#alive = false;
        this.#settle((waiting) => waiting.reject(this.#failure));
        resolve();
      });
    });
    this.opened = this.#next().then((message) => {
      if (message.kind === 'opened') return message;
      throw message.kind === 'failed' ? sessionError(message) : this.#failure;
    });
    this.#last = this.opened.catch(() => undefined);
  }

  run(feeds: Readonly<Record<string, TensorData>>, signal: AbortSignal | undefined) {
    const turn = this.#last.then(async () => {
      throwIfAborted(signal);
      if (!this.#alive) throw this.#failure;
      this.#post({ kind: 'run', feeds });
      const message = await this.#next();
      throwIfAborted(signal);
      if (message.kind === 'done') return message.outputs;
      throw message.kind === 'failed' ? sessionError(message) : this.#failure;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#last;
    if (this.#alive) this.#post({ kind: 'close' });
    await this.#ended;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #next(): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
    });
  }

  #settle(settle: (waiting: Waiting<FromThread>) => void): void {
    const waiting = this.#answer;
    this.#answer = null;
    if (waiting !== null) settle(waiting);
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
