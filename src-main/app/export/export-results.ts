/** What became of exports, by their jobs; and the files that are kept for a day to be fetched. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';

interface ExportResult {
  /** Of the file or folder. */
  readonly path: string;
  readonly isFolder: boolean;
  /** What was done otherwise than asked for. */
  readonly notes: readonly string[];
}

export interface ExportResults {
  /** A folder of the job's own for a file that is to be fetched; those of long ago are removed. */
  folderFor(job: string): Promise<string>;
  put(job: string, result: ExportResult): Promise<void>;
  /** Null where the job has come to no end yet, or long ago. */
  find(job: string): Promise<ExportResult | null>;
  /** The file that `job` made to be fetched. Errors: `not-found`. */
  fileOf(job: string): Promise<string>;
}

/** Whoever exported it has fetched it by then. */
const keptMs = 24 * 3600 * 1000;
/** What is told of an export is small. */
const toldMs = 90 * 24 * 3600 * 1000;
const resultName = 'result.json';

/** @param folder Belongs to this alone: a folder for each job. */
export function createExportResults(folder: string, now: () => number): ExportResults {
  const ofJob = (job: string) => join(folder, job);
  const find: ExportResults['find'] = async (job) => {
    const text = await readFile(join(ofJob(job), resultName), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as ExportResult);
  };

  async function removeOld(): Promise<void> {
    for (const job of await readdir(folder).catch(() => [])) {
      const facts = await stat(ofJob(job)).catch(() => null);
      if (facts === null) continue;
      const age = now() - facts.mtimeMs;
      if (age > toldMs) await rm(ofJob(job), { recursive: true, force: true });
      else if (age > keptMs) {
        for (const name of await readdir(ofJob(job))) {
          if (name !== resultName) await rm(join(ofJob(job), name), { recursive: true, force: true });
        }
      }
    }
  }

  return {
    find,
    async folderFor(job) {
      await removeOld();
      // What an earlier try of the same job left is not what this one makes.
      await rm(ofJob(job), { recursive: true, force: true });
      await mkdir(ofJob(job), { recursive: true });
      return ofJob(job);
    },
    async put(job, result) {
      await mkdir(ofJob(job), { recursive: true });
      await writeFile(join(ofJob(job), resultName), JSON.stringify(result));
    },
    async fileOf(job) {
      const result = await find(job);
      const isKept = result !== null && dirname(result.path) === ofJob(job);
      const facts = isKept ? await stat(result.path).catch(() => null) : null;
      if (result === null || facts === null || !facts.isFile()) {
        throw new AppError('not-found', 'The file of this export is not kept any more; export it again.');
      }
      return result.path;
    },
  };
}
