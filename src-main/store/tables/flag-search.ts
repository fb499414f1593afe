/** What a person typed into the search as a condition on flags: literal words, found by threes of letters. */

export interface SearchTerms {
  /** A query of the full-text index, from the words that are long enough for it; null where none is. */
  readonly match: string | null;
  /** Words too short for the index, as patterns of LIKE with `\` as escape. */
  readonly patterns: readonly string[];
}

/** More words than anybody types; each costs a pass through the index. */
const mostTerms = 12;
/** The index knows threes of letters. */
const shortest = 3;
/** Flags of the highest score, and as many whose notes or tags fit, in which words too short for the index are looked for. */
const mostForShortWords = 1000;

/**
 * `text` as terms that must all occur, in any place; null where it has none. Nothing in it is a sign of a query language.
 * `classesNamed` says which classes a word names: flags of these are found by it although nobody wrote it there.
 */
export function searchTerms(
  text: string,
  classesNamed: (word: string) => readonly string[] = () => [],
): SearchTerms | null {
  const words = [...new Set(text.replaceAll('\0', ' ').split(/\s+/u))]
    .filter((word) => word !== '')
    .slice(0, mostTerms);
  if (words.length === 0) return null;
  const isLong = (word: string) => Array.from(word).length >= shortest;
  const conditions = words.filter(isLong).map((word) => {
    // What has the word in its id is found by the word itself. The threes of `class` itself, which all have, cost the most.
    const unsaid = classesNamed(word).filter((name) => !name.toLowerCase().includes(word.toLowerCase()));
    const classes = unsaid.map((name) => `words : ${phrase(`:${name};`)}`);
    return `(${[phrase(word), ...classes].join(' OR ')})`;
  });
  return {
    match: conditions.length === 0 ? null : conditions.join(' AND '),
    patterns: words.filter((word) => !isLong(word)).map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`),
  };
}

/** A string of FTS5: nothing but its quotes has a meaning in it. */
const phrase = (word: string) => `"${word.replaceAll('"', '""')}"`;

/** Numbers of the flags that the index finds. */
export const MATCHING = 'SELECT rowid FROM flag_search WHERE flag_search MATCH @match';

/** Few enough to be read: what the index found, or else the strongest, and those with such a word in a note, a reason or a tag. */
const boundedBy = (match: string | null, any: (column: string) => string) =>
  match === null
    ? `SELECT id FROM (SELECT id FROM flags f INDEXED BY listed_flags_by_score WHERE f.state IS NOT NULL
        ORDER BY f.score DESC, f.recording, f.starts, f.id LIMIT ${mostForShortWords})
      UNION SELECT flag FROM (SELECT flag FROM verdicts INDEXED BY verdicts_by_note
        WHERE note <> '' AND (${any('note')}) LIMIT ${mostForShortWords})
      UNION SELECT flag FROM (SELECT flag FROM verdicts INDEXED BY verdicts_by_reason
        WHERE reason <> '' AND (${any('reason')}) LIMIT ${mostForShortWords})
      UNION SELECT flag FROM (SELECT flag FROM flag_tags WHERE ${any('tag')} LIMIT ${mostForShortWords})`
    : `SELECT id FROM flags WHERE number IN (${MATCHING} LIMIT ${mostForShortWords})`;

/** A statement for the numbers of the flags in which all of the short words stand as well. Exported for the test of its plan. */
export function shortWordsStatement({ match, patterns }: SearchTerms): {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
} {
  const like = (column: string, index: number) => `${column} LIKE @like${index} ESCAPE '\\'`;
  const any = (column: string) => patterns.map((_, index) => like(column, index)).join(' OR ');
  const each = patterns.map((_, index) => `(${like('t.explanation', index)} OR ${like('t.notes', index)})`);
  return {
    sql: `SELECT t.number FROM flag_texts t WHERE t.id IN (${boundedBy(match, any)}) AND ${each.join(' AND ')}`,
    parameters: {
      ...(match !== null && { match }),
      ...Object.fromEntries(patterns.map((pattern, index) => [`like${index}`, pattern])),
    },
  };
}
