/** Several models in one thread that holds tensors between their runs, so that what only goes round never leaves it. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import { encodeModel, type Graph } from '../graph/index.ts';
import type { SessionOptions } from '../session.ts';
import type { Answer, Request, ResidentSetup, Tensors } from './protocol.ts';

export type ResidentOptions = Pick<SessionOptions, 'provider' | 'threads'> & {
  /** The program of the thread, `resident.worker.ts` or what it was bundled to. */
  readonly threadEntry?: URL | string;
};

export interface ResidentRun {
  readonly feeds?: Tensors;
  /** Inputs that are fed from held tensors: name of the input → name of the tensor. */
  readonly held?: Readonly<Record<string, string>>;
  /** Outputs that are held from then on, in place of what had the name, and not given back. */
  readonly kept?: Readonly<Record<string, string>>;
}

/**
 * Requests are done in the order of asking, each wholly or, where it fails, not at all. They throw AppError `internal`
 * with ORT's own words, or `worker-crashed` where the thread has ended.
 */
export interface ResidentSession extends AsyncDisposable {
  open(name: string, graph: Graph): Promise<void>;
  /** Holds copies of tensors, in place of those that had their names. */
  hold(tensors: Tensors): Promise<void>;
  /** Copies of held tensors. */
  read(names: readonly string[]): Promise<Tensors>;
  /** One run; gives the outputs that were not kept. */
  run(model: string, run: ResidentRun): Promise<Tensors>;
}

const defaultEntry = () => new URL('./resident.worker.ts', import.meta.url);

/** Starts the thread. Disposing waits for what was asked for, and ends it from inside. */
export function openResidentSession({ provider, threads, threadEntry }: ResidentOptions): ResidentSession {
  const setup: ResidentSetup = { provider, threads };
  const thread = new ResidentThread(new Worker(threadEntry ?? defaultEntry(), { workerData: setup }));
  return {
    async open(name, graph) {
      await thread.ask({ kind: 'open', name, model: encodeModel(graph) });
    },
    async hold(tensors) {
      await thread.ask({ kind: 'hold', tensors });
    },
    read: (names) => thread.ask({ kind: 'read', names }),
    run: (model, { feeds = {}, held = {}, kept = {} }) => thread.ask({ kind: 'run', model, feeds, held, kept }),
    [Symbol.asyncDispose]: () => thread.close(),
  };
}

interface Caller {
  resolve(tensors: Tensors): void;
  reject(error: AppError): void;
}

class ResidentThread {
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  readonly #callers: Caller[] = [];
  #failure: AppError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      const caller = this.#callers.shift();
      if ('error' in answer) caller?.reject(new AppError('internal', answer.error));
      else caller?.resolve(answer.tensors);
    });
    worker.on('error', (error: Error) => this.#fail(`failed: ${error.message}`, error));
    this.#ended = once(worker, 'exit').catch(() => undefined);
    worker.on('exit', () => this.#fail('has ended'));
  }

  ask(request: Request): Promise<Tensors> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      this.#callers.push({ resolve, reject });
      return this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    if (this.#failure === null) await this.ask({ kind: 'close' }).catch(() => undefined);
    await this.#ended;
  }

  #fail(what: string, cause?: Error): void {
    this.#failure ??= new AppError('worker-crashed', `The thread of a resident session ${what}.`, { cause });
    for (const caller of this.#callers.splice(0)) caller.reject(this.#failure);
  }
}
