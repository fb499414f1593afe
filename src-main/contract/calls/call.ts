/** The building blocks of the contract's calls: a pair of schemas, pages of lists, bounded texts. */
import * as v from 'valibot';
import { jobSchema } from '../job.ts';
import type { JsonSchema } from '../validate.ts';

export interface CallSchema {
  readonly params: JsonSchema;
  readonly result: JsonSchema;
}

/** A call from its two schemas. Params refuse members that they do not know, so that a misspelt option is an error. */
export function call<const P extends v.ObjectEntries, R extends JsonSchema>(params: P, result: R) {
  return { params: v.strictObject(params), result } as const;
}

/** Ids, names and paths. */
export const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** Classes are open: those of the taxonomy and the reviewer's own. */
export const classId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A class is lower-case letters, digits and hyphens.'),
);
export const note = v.pipe(v.string(), v.maxLength(20_000));
/** Absolute: the core's working directory is not the caller's. */
export const folders = v.pipe(v.array(text), v.maxLength(1000));
export const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Ids of the rows that a list shows at once. */
export const idList = v.pipe(v.array(text), v.maxLength(1000));
/** Alternatives of a filter. */
export const names = v.pipe(v.array(text), v.minLength(1), v.maxLength(1000));

/** Members of the params of every list: the cursor that the page before gave as `next`, and how many at most. */
export const pageParams = {
  after: v.optional(text),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 100),
};

/** One page of a list; `next` is null on the last. */
export function pageOf<S extends JsonSchema>(item: S) {
  return v.object({ items: v.array(item), next: v.nullable(v.string()) });
}

/** The answer of every call that starts long work: its progress comes by `job.changed`. */
export const startedJob = v.object({ job: jobSchema });

export const nothing = v.object({});
