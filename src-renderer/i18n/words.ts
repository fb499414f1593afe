/** The form of a language's words: those of English, with other texts. A key that is missing does not compile. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
