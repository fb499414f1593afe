/** Names of classes as labels: for lists and headings, where a sentence's article would be in the way. */
import { defaultClassIds, normalClass } from '../../src-main/contract/taxonomy.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';

/** In the window's language, which is set with its words. */
let nameOf: (id: string) => string = englishFor.class;
export const setClassNames = (names: (id: string) => string): void => void (nameOf = names);

/** `An object left behind` in a sentence is `Object left behind` here. */
export function classLabel(id: string): string {
  const words = nameOf(id).replace(/^(?:a|an) /, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Classes that a flag or a miss may have: those that come with the program, then `others`, each once. */
export function classOptions(others: Iterable<string>): { readonly value: string; readonly label: string }[] {
  const ids = new Set<string>([...defaultClassIds, ...others]);
  ids.delete(normalClass);
  return [...ids].map((value) => ({ value, label: classLabel(value) }));
}
