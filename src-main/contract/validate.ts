/** Values from outside into typed ones, with an error that says in words what was wrong with which member. */
import * as v from 'valibot';
import { AppError, type ErrorCode } from './errors.ts';

/** A schema of JSON values: what goes in may leave out members with defaults, what comes out has them. */
export type JsonSchema = v.GenericSchema;

/**
 * `value` as the schema describes it: defaults filled in, members that an object schema does not know left out.
 * @throws AppError with `code`; `what` opens its sentence ("flags.list: limit: …").
 */
export function parseAs<S extends JsonSchema>(
  schema: S,
  value: unknown,
  what: string,
  code: ErrorCode = 'invalid-argument',
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const member = v.getDotPath(issue);
  throw new AppError(code, `${what}: ${member === null ? '' : `${member}: `}${issue.message}.`, {
    details: member === null ? {} : { member },
  });
}
