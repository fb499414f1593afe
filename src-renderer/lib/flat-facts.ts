/** Any JSON as rows of a path and a value, so that settings of every shape can be read. Pure. */

export interface FlatFact {
  /** Names of the members, joined by dots. */
  readonly name: string;
  readonly value: string;
}

/** Items of a list that are told; of the rest, their number. */
const mostItems = 12;

export function flatFacts(value: Readonly<Record<string, unknown>>, prefix = ''): FlatFact[] {
  return Object.entries(value).flatMap(([key, member]): FlatFact[] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (Array.isArray(member)) return [{ name, value: listWords(member) }];
    if (typeof member === 'object' && member !== null) {
      return flatFacts(member as Readonly<Record<string, unknown>>, name);
    }
    return [{ name, value: words(member) }];
  });
}

function words(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listWords(list: readonly unknown[]): string {
  if (list.length === 0) return '–';
  const told = list.slice(0, mostItems).map(words);
  return list.length > mostItems ? `${told.join(', ')}, … (${String(list.length)})` : told.join(', ');
}
