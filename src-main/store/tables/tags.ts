/** The reviewer's tags on flags. */
import { AppError } from '../../contract/errors.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';
import type { WordUse } from './verdicts.ts';

export interface Tags {
  /** Gives the flag exactly these tags. @throws AppError `not-found` where there is no such flag. */
  set(flag: string, tags: readonly string[]): void;
  /** All tags by how often they stand, the most used first. */
  words(): WordUse[];
}

/** Tags that are offered again; nobody looks through more. */
const mostWords = 200;

export function createTags(database: WriteDatabase, audit: Pick<Audit, 'append'>): Tags {
  const flag = database.query<{ id: string }>('SELECT id FROM flags WHERE id = @flag');
  const of = database.column<string>('SELECT tag FROM flag_tags WHERE flag = @flag ORDER BY tag');
  const clear = database.command('DELETE FROM flag_tags WHERE flag = @flag');
  const put = database.command('INSERT INTO flag_tags (flag, tag) VALUES (@flag, @tag)');
  const words = database.query<WordUse>(/* sql */ `
    SELECT tag AS word, count(*) AS uses FROM flag_tags GROUP BY tag ORDER BY uses DESC, word LIMIT @most`);
  return {
    set: (id, given) =>
      database.transaction(() => {
        if (flag.get({ flag: id }) === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
        const before = of.all({ flag: id });
        const wanted = new Set(given);
        if (wanted.size === before.length && before.every((tag) => wanted.has(tag))) return;
        clear.run({ flag: id });
        for (const tag of wanted) put.run({ flag: id, tag });
        // As the database sorts them: what the log says is compared with what it holds.
        audit.append({ kind: 'tags', subject: id, details: { before, tags: of.all({ flag: id }) } });
      }),
    words: () => words.all({ most: mostWords }),
  };
}
