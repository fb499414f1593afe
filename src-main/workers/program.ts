/** The worker program: takes one task at a time from the core, and leaves when the core is gone. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import { endWithParent } from './parent-watch.ts';
import type { BlobHash, FromWorker, TaskPaths, ToWorker } from './protocol/index.ts';
import { triggerTestHook } from './test-hook.ts';
import type { TaskContext } from './task.ts';
import { tasks } from './tasks/index.ts';
import { createResources, type InferenceEntries } from './resources.ts';

const beatMs = 1_000;

/** Serves tasks over this process's IPC channel until it closes. */
export function runWorkerProgram(entries: InferenceEntries): void {
  const send = (message: FromWorker) => process.send?.(message, () => undefined);
  const resources = createResources(entries);
  let current: { id: number; abort: AbortController } | null = null;

  const beat = () => send({ type: 'beat', residentBytes: process.memoryUsage.rss() });
  setInterval(beat, beatMs).unref();

  // The core may be killed at any moment; nobody then collects what is done here. SIGKILL, because an orderly exit
  // during an inference run aborts with a core dump.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // A task that is stuck would never hear of it.
  endWithParent();
  // Ctrl-C reaches the whole process group; the host turns it into a cancellation.
  process.on('SIGINT', () => undefined);

  async function perform(message: Extract<ToWorker, { type: 'task' }>): Promise<void> {
    const abort = new AbortController();
    current = { id: message.id, abort };
    try {
      const context = contextFor(message, abort.signal);
      const run = tasks[message.name] as (params: unknown, context: TaskContext) => Promise<unknown>;
      const result = await run(message.params, context);
      send({ type: 'result', id: message.id, result });
    } catch (error) {
      const { code, message: words, details } = appErrorFrom(error);
      await resources.dropReader(code);
      if (code === 'internal') process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      send({ type: 'error', id: message.id, error: { code, message: words, details } });
    } finally {
      current = null;
      beat();
    }
  }

  function contextFor(message: Extract<ToWorker, { type: 'task' }>, signal: AbortSignal): TaskContext {
    const { paths } = message;
    return {
      signal,
      resources,
      progress: (done, total, point) =>
        send({
          ...{ type: 'progress', id: message.id },
          progress: { done, total, ...(point !== undefined && { point }) },
        }),
      recordingPath: (id) => {
        const path = resolved(paths.recordings, id);
        triggerTestHook(path, message.name);
        return path;
      },
      blobPath: (hash) => resolved(paths.blobs, hash),
      putBlob: (bytes) =>
        putBlob(paths, bytes).catch((error: unknown) => Promise.reject(writeError(error, paths.incoming))),
      putFile: (extension, write) =>
        putFile(paths, extension, write).catch((error: unknown) => Promise.reject(writeError(error, paths.incoming))),
    };
  }

  process.on('message', (message: ToWorker) => {
    if (message.type === 'task') void perform(message);
    else if (current?.id === message.id) current.abort.abort();
  });
  send({ type: 'ready' });
  beat();
}

function resolved(table: Readonly<Record<string, string>>, id: string): string {
  const path = table[id];
  if (path === undefined) throw new AppError('not-found', `The task names ${id}, which was not handed to the worker.`);
  return path;
}

async function putBlob(paths: TaskPaths, bytes: Uint8Array): Promise<BlobHash> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const target = join(paths.incoming, hash);
  await mkdir(paths.incoming, { recursive: true });
  const aside = `${target}.part`;
  await using file = await open(aside, 'w');
  await file.writeFile(bytes);
  await file.sync();
  await rename(aside, target);
  return hash;
}

async function putFile(
  { incoming }: TaskPaths,
  extension: string,
  write: (path: string) => Promise<void>,
): Promise<BlobHash> {
  await mkdir(incoming, { recursive: true });
  const aside = join(incoming, `${randomUUID()}${extension}`);
  await write(aside);
  const hash = createHash('sha256');
  await pipeline(createReadStream(aside), hash);
  const name = hash.digest('hex');
  await rename(aside, join(incoming, name));
  return name;
}

/** A full disk is not the fault of the recording at hand, and everything else would meet it too. */
function writeError(error: unknown, folder: string): unknown {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  if (!isFull) return error;
  return new AppError('disk-full', `The disk of ${folder} is full; free some space and go on.`, { cause: error });
}
