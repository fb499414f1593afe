/** The import as a job: walks the folders, has unknown files probed by the workers, and enters them into the store. */
import { importFolder, type Probe, systemTimeZone } from '../archive/index.ts';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { KnownSettings } from '../contract/settings.ts';
import type { Store } from '../store/index.ts';
import { workerLosses } from '../workers/index.ts';
import type { JobContext } from './jobs.ts';
import { patternsFrom } from './settings.ts';
import type { Tasks } from './tasks.ts';

export interface ImportTools {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly settings: () => Pick<KnownSettings, 'timeZone' | 'namePatterns'>;
  readonly now: () => number;
  /** Also probes those files again that ended their worker. */
  readonly again?: boolean;
}

export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

/** Probing waits for the disk more than for the processor. */
const filesAtOnce = 4;

/** Returns the files and folders that could not be read, those that are listed from earlier among them. */
export async function runImport(
  tools: ImportTools,
  folders: readonly string[],
  context: JobContext,
): Promise<readonly UnreadablePath[]> {
  const { timeZone, namePatterns } = tools.settings();
  const unreadable: UnreadablePath[] = [];
  await importFolder({
    folders,
    store: tools.store,
    probe: probeBy(tools.tasks),
    signal: context.signal,
    timeZone: timeZone === '' ? systemTimeZone() : timeZone,
    patterns: patternsFrom(namePatterns),
    concurrency: filesAtOnce,
    again: tools.again,
    nowMs: tools.now,
    onFile: (file) => {
      if (file.outcome === 'unreadable') unreadable.push({ path: file.path, reason: file.reason });
    },
    onProgress: ({ done, found, path }) =>
      context.progress({ done, total: found, unit: 'files', label: path, failed: unreadable.length }),
  });
  return unreadable;
}

function probeBy(tasks: Tasks): Probe {
  return async (path, signal) => {
    try {
      const inputs = { recordings: { [path]: path } };
      const { video, createdAt } = await tasks.run('probe', { recording: path }, inputs, () => [], {
        ...(signal !== undefined && { signal }),
      });
      return { ...video, createdAt };
    } catch (error) {
      const failure = appErrorFrom(error);
      if (!workerLosses.has(failure.code)) throw failure;
      const reason = `${path} is set aside: ${failure.message}`;
      throw new AppError('quarantined', reason, { cause: failure, details: { path } });
    }
  };
}
