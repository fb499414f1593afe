/** Why a picture could not be had. */

export interface PictureFailure {
  readonly kind: 'gone' | 'damaged' | 'unreachable' | 'refused';
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
}

/** Asks for `url` once more and reads from the answer why there is no picture. */
export async function reasonOfFailure(url: string): Promise<PictureFailure> {
  let status: number;
  try {
    ({ status } = await fetch(url));
  } catch {
    // No answer at all: the program was closed, or the connection is lost, which the window says elsewhere.
    return { kind: 'unreachable', status: 0 };
  }
  if (status === 404 || status === 410) return { kind: 'gone', status };
  // An answer that is no picture, or none because decoding failed.
  return { kind: status < 400 || status >= 500 ? 'damaged' : 'refused', status };
}
