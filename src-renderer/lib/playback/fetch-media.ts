/** Fetches media by URL and turns what can go wrong into the program's errors. */
import { AppError, appErrorFrom, type ErrorCode, errorCodes } from '../../../src-main/contract/errors.ts';

/** The body of the answer. Errors: `cancelled` once `signal` is aborted, `connection-lost`, and what the host answered. */
export async function fetchMedia(url: string, signal: AbortSignal, headers?: HeadersInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, ...(headers && { headers }) });
  } catch (cause) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause });
    throw new AppError('connection-lost', 'The program did not answer. Is it still running?', { cause });
  }
  if (!response.ok) throw errorFromAnswer(response.status, await response.text().catch(() => ''));
  return response;
}

/** Why the host does not give the file at `url`; null where it does. Errors: `cancelled`. */
export async function reasonWithheld(url: string, signal: AbortSignal): Promise<AppError | null> {
  try {
    const { body } = await fetchMedia(url, signal, { Range: 'bytes=0-0' });
    await body?.cancel();
    return null;
  } catch (cause) {
    const error = appErrorFrom(cause);
    if (error.code === 'cancelled') throw error;
    return error;
  }
}

/** Where only a status came: from the host itself, which could not ask the core (502) or refused to. */
const codesOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not-found',
  502: 'connection-lost',
};

/** Hosts answer with `{code, message}`; anything else in between, with a status. */
function errorFromAnswer(status: number, body: string): AppError {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    answer = null;
  }
  const { code, message } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  if (typeof message === 'string' && isErrorCode(code)) return new AppError(code, message);
  const text = body.trim();
  const words =
    text !== '' && text.length < 300 && !text.startsWith('<')
      ? text
      : `The program answered with status ${String(status)}.`;
  return new AppError(codesOfStatus[status] ?? 'internal', words);
}

const isErrorCode = (code: unknown): code is ErrorCode => errorCodes.some((known) => known === code);
