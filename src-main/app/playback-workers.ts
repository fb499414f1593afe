/** Workers of the player's own, so that who watches does not wait behind a scan: started when asked, ended when idle. */
import { AppError } from '../contract/errors.ts';
import type { Supervisor, TaskName, TaskParams, TaskResult } from '../workers/index.ts';

type PlaybackTask = Extract<TaskName, 'plan-playback' | 'make-media'>;
/** What somebody waits for most comes first: the picture must go on, then come the small ones. */
const order = ['plan', 'segment', 'sheet', 'picture'] as const;
export type PlaybackWork = (typeof order)[number];
/** Work that a second worker takes, where there is one. */
const still: readonly PlaybackWork[] = ['sheet', 'picture'];

export interface PlaybackWorkers extends AsyncDisposable {
  /** Runs one task. Errors: those of the supervisor; `cancelled`, at once where it has not begun. */
  run<K extends PlaybackTask>(
    work: PlaybackWork,
    name: K,
    params: TaskParams<K>,
    paths: Parameters<Supervisor['run']>[2],
    signal: AbortSignal,
  ): Promise<TaskResult<K>>;
}

/**
 * @param start Starts a supervisor of one worker.
 * @param lanes One worker for all work, or one for moving pictures and one for still ones: each keeps the recording open
 * that it had last, so neither disturbs the other.
 */
export function createPlaybackWorkers(start: () => Supervisor, lanes: 1 | 2, idleMs: number): PlaybackWorkers {
  const moving = createLane(start, idleMs);
  const small = lanes === 1 ? moving : createLane(start, idleMs);
  return {
    run: (work, name, params, paths, signal) =>
      (still.includes(work) ? small : moving).inTurn(order.indexOf(work), signal, (supervisor) =>
        supervisor.run(name, params, paths, { signal }),
      ),
    async [Symbol.asyncDispose]() {
      await moving.close();
      await small.close();
    },
  };
}

interface Waiting {
  readonly rank: number;
  readonly begin: () => void;
}

/** One worker that does one task at a time, those of the lowest rank first. */
function createLane(start: () => Supervisor, idleMs: number) {
  const waiting: Waiting[] = [];
  let supervisor: Supervisor | null = null;
  let isBusy = false;
  let isClosed = false;
  let idle: NodeJS.Timeout | undefined;

  const end = async () => {
    const ending = supervisor;
    supervisor = null;
    await ending?.close();
  };

  function turn(rank: number, signal: AbortSignal): Promise<void> {
    if (!isBusy) {
      isBusy = true;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      waiting.splice(waiting.indexOf(entry), 1);
      reject(new AppError('cancelled', 'Nobody waits for this any more.'));
    };
    const entry: Waiting = {
      rank,
      begin: () => {
        signal.removeEventListener('abort', leave);
        resolve();
      },
    };
    waiting.push(entry);
    signal.addEventListener('abort', leave, { once: true });
    return promise;
  }

  function next(): void {
    const first = waiting.toSorted((a, b) => a.rank - b.rank)[0];
    if (first === undefined) {
      isBusy = false;
      idle = setTimeout(() => void end(), idleMs).unref();
      return;
    }
    waiting.splice(waiting.indexOf(first), 1);
    first.begin();
  }

  return {
    async inTurn<R>(rank: number, signal: AbortSignal, work: (supervisor: Supervisor) => Promise<R>): Promise<R> {
      if (signal.aborted) throw new AppError('cancelled', 'Nobody waits for this any more.');
      await turn(rank, signal);
      clearTimeout(idle);
      try {
        if (isClosed) throw new AppError('cancelled', 'The core is ending.');
        supervisor ??= start();
        return await work(supervisor);
      } finally {
        next();
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await end();
    },
  };
}
