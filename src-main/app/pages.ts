/** Cuts a list into the pages that the contract hands out. */

export interface PageParams {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The items behind the one whose key is `after`; from the start where none is named or it is gone. */
export function pageFrom<T>(items: readonly T[], { after, limit }: PageParams, keyOf: (item: T) => string) {
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + page.length < items.length;
  return { items: page, next: more && last !== undefined ? keyOf(last) : null };
}
