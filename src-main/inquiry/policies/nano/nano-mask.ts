/** What the nano policy may say: of what grammar and budget allow, the words that it has, about what was measured. */
import { tokens } from '../../grammar.ts';
import type { PolicyView } from '../../policy.ts';
import { rowOfToken, type NanoWords } from './nano-config.ts';

/** Attribute words of one thought: more is no sentence any more. */
const mostWords = 4;

/** A token with the embedding row that stands for it. */
export interface Sayable {
  readonly id: number;
  readonly row: number;
}

/** Attributes that some look measured: a thought is about what was seen. */
function measured({ looks, lexicon }: PolicyView): ReadonlySet<number> {
  const names = looks.flatMap(({ observation }) =>
    observation.kind === 'perception' ? observation.attributes.map(({ name }) => name) : [],
  );
  return new Set(names.map((name) => tokens.attribute + lexicon.attributes.indexOf(name)));
}

/**
 * The tokens that may follow `prefix`: those of the view's mask but for bytes of text (its thoughts become sentences
 * through templates), attributes that were not measured or were said already, and classes that share a row with an
 * earlier one. Every prefix can be completed; empty for a complete action.
 */
export function sayable(view: PolicyView, prefix: readonly number[], words: NanoWords): readonly Sayable[] {
  const allowed = view.allowedTokens(prefix);
  const thought = prefix[0] === tokens.THINK;
  const seen = thought || prefix.length === 0 ? measured(view) : new Set<number>();
  const known = (id: number) => rowOfToken(id, view.lexicon, words) !== null;
  const worthSaying = [...seen].filter(known);
  const taken = new Set<number>();
  return allowed.flatMap((id): Sayable[] => {
    if (prefix.length === 0 && id === tokens.THINK && worthSaying.length === 0) return [];
    if (thought && !isWordOfThought(id, prefix, seen)) return [];
    const row = rowOfToken(id, view.lexicon, words);
    if (row === null || taken.has(row)) return [];
    taken.add(row);
    return [{ id, row }];
  });
}

function isWordOfThought(id: number, prefix: readonly number[], seen: ReadonlySet<number>): boolean {
  if (id === tokens.end) return prefix.length > 1;
  return id !== tokens.text && prefix.length <= mostWords && seen.has(id) && !prefix.includes(id);
}
