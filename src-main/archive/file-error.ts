/** Errors of the file system in the program's words. */
import { AppError } from '../contract/errors.ts';

/** `error` of reading `path`; an AppError is returned as it is, an aborted signal's error becomes `cancelled`. */
export function fileErrorFrom(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const details = { path };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && error.name === 'AbortError') {
    return new AppError('cancelled', 'The import was cancelled.', { details, cause: error });
  }
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new AppError('permission-denied', 'You may not read it (permission denied).', { details, cause: error });
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', 'It is not there.', { details, cause: error });
    case 'ELOOP':
      return new AppError('file-unreadable', 'It is a link that leads nowhere.', { details, cause: error });
    default: {
      const words = error instanceof Error ? error.message : String(error);
      return new AppError('file-unreadable', `It could not be read (${words}).`, { details, cause: error });
    }
  }
}
