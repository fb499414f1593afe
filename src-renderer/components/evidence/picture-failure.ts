/** Why a picture could not be had. */
import { appErrorFrom, type ErrorCode } from '../../../src-main/contract/errors.ts';
import { fetchMedia } from '../../lib/playback/fetch-media.ts';

export interface PictureFailure {
  readonly kind: 'gone' | 'damaged' | 'unreachable' | 'refused';
  /** One sentence that names the file. */
  readonly words: string;
}

const kinds: Readonly<Partial<Record<ErrorCode, PictureFailure['kind']>>> = {
  'not-found': 'gone',
  'connection-lost': 'unreachable',
  unauthorized: 'refused',
  'permission-denied': 'refused',
};

/** Asks for `url` once more, for an image element does not say why it failed; null where it is there now. */
export async function findFailure(url: string, signal: AbortSignal): Promise<PictureFailure | null> {
  try {
    await (await fetchMedia(url, signal)).body?.cancel();
    return null;
  } catch (error) {
    const { code, message } = appErrorFrom(error);
    return { kind: kinds[code] ?? 'damaged', words: message };
  }
}
