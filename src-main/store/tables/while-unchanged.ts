/** Answers that are kept until something is written: windows ask for the same sums after every verdict and at every start. */
import type { ReadDatabase } from '../database.ts';

/** `compute`, called again only where the database was written to since, here or by another connection. */
export function whileUnchanged<Result>(database: ReadDatabase, compute: () => Result): () => Result {
  const latest = latestWhileUnchanged(database, compute);
  return () => latest('');
}

/** The same for an answer to a question of which the latest alone is kept. */
export function latestWhileUnchanged<Result>(
  database: ReadDatabase,
  compute: (question: string) => Result,
): (question: string) => Result {
  const version = database.query<{ own: number; others: number }>(
    'SELECT total_changes() AS own, data_version AS others FROM pragma_data_version',
  );
  let known: { readonly at: string; readonly result: Result } | null = null;
  return (question) => {
    const { own, others } = version.get() ?? {};
    const at = `${String(own)} ${String(others)} ${question}`;
    if (known?.at !== at) known = { at, result: compute(question) };
    return known.result;
  };
}
