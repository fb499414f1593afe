/** Results of evaluations as files of the data folder: one JSON each, beside it the report. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationSummary } from '../../contract/calls/evaluation.ts';
import { AppError } from '../../contract/errors.ts';
import { type Evaluation, evaluationSchema } from '../../contract/evaluation.ts';
import { parseAs } from '../../contract/validate.ts';
import { storeErrorFrom } from '../../store/index.ts';
import { writeWhole } from '../../store/whole-file.ts';

export interface Results {
  /** Writes result and report; an earlier result of the same id is replaced. Errors: `disk-full`, `permission-denied`. */
  put(id: string, evaluation: Evaluation, report: string): Promise<void>;
  /** Errors: `not-found`; `integrity-mismatch` where the file is not what was written. */
  get(id: string): Promise<Evaluation>;
  /** The latest first; a file that cannot be read is left out. */
  list(): Promise<EvaluationSummary[]>;
  /** Where the report lies. Errors: `not-found`. */
  reportPath(id: string): Promise<string>;
}

/** As `randomUUID` makes them: an id comes over the wire and must not become a path of its own. */
const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createResults(folder: string): Results {
  const pathOf = (id: string, extension: 'json' | 'html') => {
    if (!idShape.test(id)) throw missing(id);
    return join(folder, `${id}.${extension}`);
  };

  async function write(path: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, (aside) => writeFile(aside, text));
  }

  async function get(id: string): Promise<Evaluation> {
    const path = pathOf(id, 'json');
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw isAbsent(error) ? missing(id, error) : storeErrorFrom(error, path);
    });
    let value: unknown = null;
    try {
      value = JSON.parse(text);
    } catch {
      // No evaluation either: the schema says so.
    }
    return parseAs(evaluationSchema, value, path, 'integrity-mismatch');
  }

  return {
    get,
    async put(id, evaluation, report) {
      // The result last: what is listed has its report.
      await write(pathOf(id, 'html'), report);
      await write(pathOf(id, 'json'), JSON.stringify(evaluation));
    },
    async list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isAbsent(error)) return [];
        throw storeErrorFrom(error, folder);
      });
      const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
      const found = await Promise.all(
        ids.filter((id) => idShape.test(id)).map((id) => get(id).then((each) => [summaryOf(id, each)], unreadable)),
      );
      return found.flat().sort((a, b) => b.createdAtMs - a.createdAtMs);
    },
    async reportPath(id) {
      const path = pathOf(id, 'html');
      await get(id);
      return path;
    },
  };
}

/** Written by another version of the program, or damaged: the list shows the others. */
const unreadable = (): EvaluationSummary[] => [];

const summaryOf = (id: string, { dataset, format, createdAtMs, rows, recordings }: Evaluation): EvaluationSummary => ({
  ...{ id, dataset, format, createdAtMs },
  policies: rows.map(({ policy }) => policy),
  recordings: recordings.length,
});

const missing = (id: string, cause?: unknown) =>
  new AppError('not-found', `There is no evaluation ${id}.`, { cause, details: { id } });

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
