/** Translates FFmpeg's return codes into the program's errors, and silences FFmpeg's own log. */
import { AVERROR_EOF, AVERROR_INVALIDDATA, AV_LOG_QUIET } from 'node-av/constants';
import { FFmpegError, Log, PosixError } from 'node-av/lib';
import { AppError, type ErrorCode } from '../contract/errors.ts';

// FFmpeg writes each oddity of a damaged file to stderr; what matters of it reaches the caller as an AppError.
Log.setLevel(AV_LOG_QUIET);

const posixCodes: readonly (readonly [PosixError, ErrorCode, string])[] = [
  [PosixError.EACCES, 'permission-denied', 'may not be opened by this user'],
  [PosixError.EPERM, 'permission-denied', 'may not be opened by this user'],
  [PosixError.ENOENT, 'not-found', 'does not exist'],
  [PosixError.EIO, 'file-unreadable', 'could not be read from its disk'],
];

/** The AppError for a negative return code of FFmpeg while handling `path`; `fallback` names what most codes mean there. */
export function failureFrom(code: number, path: string, fallback: ErrorCode, did: string): AppError {
  if (code === FFmpegError.AVERROR(PosixError.ENOSPC)) return diskFull(path);
  for (const [name, errorCode, words] of posixCodes) {
    if (code === FFmpegError.AVERROR(name)) {
      return new AppError(errorCode, `${path} ${words}.`, { details: { path, ffmpeg: code } });
    }
  }
  const why =
    code === AVERROR_INVALIDDATA
      ? 'its data is damaged, cut off or not a video'
      : code === AVERROR_EOF
        ? 'it ends too early'
        : FFmpegError.strerror(code);
  return new AppError(fallback, `${path} ${did}: ${why}.`, { details: { path, ffmpeg: code } });
}

/** Throws when `code` is negative, see failureFrom; otherwise returns it. */
export function checked(code: number, path: string, fallback: ErrorCode, did: string): number {
  if (code < 0) throw failureFrom(code, path, fallback, did);
  return code;
}

/** The error of an aborted signal, in the program's words. */
export function cancelled(path: string, doing: 'Reading' | 'Writing' = 'Reading'): AppError {
  return new AppError('cancelled', `${doing} ${path} was cancelled.`, { details: { path } });
}

export function diskFull(path: string, cause?: unknown): AppError {
  return new AppError('disk-full', `${path} does not fit on the disk, which is full.`, { details: { path }, cause });
}
