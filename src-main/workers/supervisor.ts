/** Keeps a pool of worker processes, gives each one task at a time, and outlives whatever a hostile file does to them. */
import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type {
  FromWorker,
  TaskName,
  TaskParams,
  TaskPaths,
  TaskProgress,
  TaskResult,
  ToWorker,
} from './protocol/index.ts';

export interface SupervisorOptions {
  /** Path of the program that a worker runs, named by the host. */
  readonly entry: string;
  readonly workers: number;
  /** A worker that shows no sign of work for this long is ended. */
  readonly stallMs: number;
  /** Resident memory at which a worker is ended (its task counts as crashed), in bytes. */
  readonly memoryLimitBytes: number;
  readonly env: NodeJS.ProcessEnv;
  /** Gives way to whatever else wants the processor, as work does that nobody waits for. */
  readonly isBackground?: boolean;
  readonly log: (line: string) => void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
}

export interface Supervisor {
  /**
   * Runs a task on the next free worker; tasks start in the order of their calls. A task whose worker dies is given to
   * a new worker once more, then fails.
   * Errors: whatever the task reports, `worker-crashed`, `worker-timeout`, `cancelled`.
   */
  run<K extends TaskName>(
    name: K,
    params: TaskParams<K>,
    paths: TaskPaths,
    options?: RunOptions,
  ): Promise<TaskResult<K>>;
  readonly workerCount: number;
  /** Resident memory of all workers now, in bytes, as of their last beats. */
  residentBytes(): number;
  processIds(): readonly number[];
  /** Ends all workers at once; tasks under way fail with `cancelled`. */
  close(): Promise<void>;
}

/** Failures by which a task ended its worker: they say something about the file rather than about this moment. */
export const workerLosses: ReadonlySet<ErrorCode> = new Set(['worker-crashed', 'worker-timeout']);

/** How often a task may lose its worker. SIGKILL from elsewhere (a person, the kernel) says little against the file. */
const maximumCrashes = 2;
const maximumKills = 6;
/** After the abort message a worker has this long to reach a point between two runs. */
const abortGraceMs = 5_000;

interface QueuedTask {
  readonly id: number;
  readonly name: TaskName;
  readonly params: unknown;
  readonly paths: TaskPaths;
  readonly options: RunOptions;
  readonly settle: (outcome: { result: unknown } | { error: AppError }) => void;
  crashes: number;
  kills: number;
}

interface WorkerSlot {
  readonly process: ChildProcess;
  task: QueuedTask | null;
  residentBytes: number;
  lastSignOfWorkMs: number;
  /** Why the supervisor itself ended it; null while it lives or died by itself. */
  endedFor: 'stall' | 'memory' | 'abort' | 'close' | null;
  readonly stderrTail: string[];
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended already, or this system does not allow it: then it runs as any other.
  }
}

function startError(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `No worker process could be started (${reason}). Close other programs and try again.`;
  return new AppError('internal', message, { cause });
}

export function startSupervisor(options: SupervisorOptions): Supervisor {
  const queue: QueuedTask[] = [];
  const slots = new Set<WorkerSlot>();
  let lastTaskId = 0;
  let closed = false;

  const watchdog = setInterval(() => {
    const now = performance.now();
    for (const slot of slots) {
      if (slot.task !== null && now - slot.lastSignOfWorkMs > options.stallMs) end(slot, 'stall');
      else if (slot.residentBytes > options.memoryLimitBytes) end(slot, 'memory');
    }
  }, 500);
  watchdog.unref();

  function end(slot: WorkerSlot, why: NonNullable<WorkerSlot['endedFor']>): void {
    slot.endedFor ??= why;
    slot.process.kill('SIGKILL');
  }

  function startWorker(): WorkerSlot {
    const child = fork(options.entry, [], {
      env: options.env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    });
    const slot: WorkerSlot = {
      process: child,
      task: null,
      residentBytes: 0,
      lastSignOfWorkMs: performance.now(),
      endedFor: null,
      stderrTail: [],
    };
    slots.add(slot);
    if (options.isBackground === true && child.pid !== undefined) giveWay(child.pid);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      slot.stderrTail.push(text);
      if (slot.stderrTail.length > 20) slot.stderrTail.shift();
      options.log(`worker ${child.pid}: ${text.trimEnd()}`);
    });
    child.on('message', (message) => receive(slot, message as FromWorker));
    child.on('error', (error) => {
      options.log(`worker ${child.pid}: ${error.message}`);
      // One that was never born (no more processes, no more open files) does not exit either.
      if (child.pid === undefined) unborn(slot, error);
    });
    child.once('exit', (code, signal) => buried(slot, code, signal));
    return slot;
  }

  function receive(slot: WorkerSlot, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return;
      case 'beat':
        slot.residentBytes = message.residentBytes;
        return;
      case 'progress':
        slot.lastSignOfWorkMs = performance.now();
        if (slot.task?.id === message.id) slot.task.options.onProgress?.(message.progress);
        return;
      case 'result':
      case 'error': {
        if (slot.task?.id !== message.id) return;
        const task = slot.task;
        slot.task = null;
        if (message.type === 'result') task.settle({ result: message.result });
        else {
          const { code, message: words, details } = message.error;
          task.settle({ error: new AppError(code, words, { details }) });
        }
        dispatch();
        return;
      }
      default:
        message satisfies never;
    }
  }

  function buried(slot: WorkerSlot, code: number | null, signal: NodeJS.Signals | null): void {
    slots.delete(slot);
    const task = slot.task;
    slot.task = null;
    if (task !== null) afterLoss(slot, task, code, signal);
    if (!closed) dispatch();
  }

  function unborn(slot: WorkerSlot, cause: Error): void {
    if (!slots.delete(slot)) return;
    slot.task?.settle({ error: startError(cause) });
    if (!closed) dispatch();
  }

  function afterLoss(slot: WorkerSlot, task: QueuedTask, code: number | null, signal: NodeJS.Signals | null): void {
    if (slot.endedFor === 'abort' || slot.endedFor === 'close' || task.options.signal?.aborted === true) {
      task.settle({ error: new AppError('cancelled', 'The work was cancelled.') });
      return;
    }
    const fromOutside = signal === 'SIGKILL' && slot.endedFor === null;
    if (fromOutside) task.kills++;
    else task.crashes++;
    if (task.crashes < maximumCrashes && task.kills < maximumKills) {
      options.log(`worker ${slot.process.pid} lost during ${task.name} (${signal ?? code}); trying once more`);
      queue.unshift(task);
      return;
    }
    const stalled = slot.endedFor === 'stall';
    const how = stalled
      ? `showed no sign of work for ${Math.round(options.stallMs / 1000)} s`
      : slot.endedFor === 'memory'
        ? 'took more memory than it is allowed'
        : `ended with ${signal ?? `exit code ${code}`}`;
    const details = { task: task.name, stderr: slot.stderrTail.join('').slice(-500) };
    const words = `The worker process ${how} twice during ${task.name}.`;
    task.settle({ error: new AppError(stalled ? 'worker-timeout' : 'worker-crashed', words, { details }) });
  }

  function dispatch(): void {
    while (!closed && queue.length > 0) {
      const free = [...slots].find((slot) => slot.task === null && slot.endedFor === null);
      if (free === undefined && slots.size >= options.workers) return;
      const task = queue.shift();
      if (task === undefined) return;
      let slot: WorkerSlot;
      try {
        slot = free ?? startWorker();
      } catch (error) {
        task.settle({ error: startError(error) });
        continue;
      }
      slot.task = task;
      slot.lastSignOfWorkMs = performance.now();
      send(slot, { type: 'task', id: task.id, name: task.name, params: task.params, paths: task.paths });
    }
  }

  function send(slot: WorkerSlot, message: ToWorker): void {
    // One that died before it could be told is handled by its exit; one that only cannot be told any more has to end.
    slot.process.send(message, (error) => {
      if (error !== null) slot.process.kill('SIGKILL');
    });
  }

  function abort(task: QueuedTask): void {
    const queued = queue.indexOf(task);
    if (queued >= 0) {
      queue.splice(queued, 1);
      task.settle({ error: new AppError('cancelled', 'The work was cancelled.') });
      return;
    }
    const slot = [...slots].find((candidate) => candidate.task === task);
    if (slot === undefined) return;
    send(slot, { type: 'abort', id: task.id });
    setTimeout(() => {
      if (slot.task === task) end(slot, 'abort');
    }, abortGraceMs).unref();
  }

  return {
    workerCount: options.workers,
    run: <K extends TaskName>(name: K, params: TaskParams<K>, paths: TaskPaths, runOptions: RunOptions = {}) =>
      new Promise<TaskResult<K>>((resolve, reject) => {
        if (closed || runOptions.signal?.aborted === true) {
          reject(new AppError('cancelled', 'The work was cancelled.'));
          return;
        }
        const onAbort = () => abort(task);
        const task: QueuedTask = {
          id: ++lastTaskId,
          name,
          params,
          paths,
          options: runOptions,
          crashes: 0,
          kills: 0,
          settle: (outcome) => {
            runOptions.signal?.removeEventListener('abort', onAbort);
            // The worker program answers each task with the result type of its name.
            if ('result' in outcome) resolve(outcome.result as TaskResult<K>);
            else reject(outcome.error);
          },
        };
        runOptions.signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(task);
        dispatch();
      }),
    residentBytes: () => [...slots].reduce((sum, slot) => sum + slot.residentBytes, 0),
    processIds: () => [...slots].flatMap((slot) => slot.process.pid ?? []),
    close: async () => {
      closed = true;
      clearInterval(watchdog);
      for (const task of queue.splice(0)) task.settle({ error: new AppError('cancelled', 'The work was cancelled.') });
      await Promise.all(
        [...slots].map(
          (slot) =>
            new Promise<void>((resolve) => {
              if (slot.process.pid === undefined) return resolve();
              slot.process.once('exit', () => resolve());
              return end(slot, 'close');
            }),
        ),
      );
    },
  };
}
