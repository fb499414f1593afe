/** The one error class of the program: a closed code that a window or a script can act on, and words for a person. */

export const errorCodes = [
  'cancelled',
  'connection-lost',
  'core-locked',
  'database-damaged',
  'database-newer',
  'disk-full',
  'file-unreadable',
  'forbidden',
  'integrity-mismatch',
  'internal',
  'invalid-argument',
  'model-missing',
  'network-unavailable',
  'no-video',
  'not-found',
  'permission-denied',
  'quarantined',
  'unauthorized',
  'video-damaged',
  'video-unsupported',
  'worker-crashed',
  'worker-timeout',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What an error carries besides its words: the file, the limit, the pid in question. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * A failure that the program foresaw. `message` is one English sentence that names the thing concerned and the way out;
 * a window may choose other words by `code` and `details`. Errors of libraries are translated into it at the edge of
 * the folder that wraps the library.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** `error` as an AppError: itself when it is one, otherwise `internal` (or `cancelled` for an aborted signal's error). */
export function appErrorFrom(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error) {
    const code = error.name === 'AbortError' ? 'cancelled' : 'internal';
    return new AppError(code, error.message || error.name, { cause: error });
  }
  return new AppError('internal', String(error));
}
