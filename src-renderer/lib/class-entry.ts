/** Classes of the reviewer's own, from what is typed. */

/** The id of a class that goes by `text`: `Fork lift!` is `fork-lift`; null where nothing is left of it. */
export function classIdFrom(text: string): string | null {
  const id = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  return id === '' ? null : id;
}
