/** Plays a recording's own file, which the browser reads in ranges. */
import { AppError, appErrorFrom } from '../../../src-main/contract/errors.ts';
import { reasonWithheld } from './fetch-media.ts';
import type { SourceListener, VideoSource } from './video-source.ts';

/** `offset`: media time of the first frame in the file. */
export function openOriginal(
  video: HTMLVideoElement,
  url: string,
  offset: number,
  listener: SourceListener,
): VideoSource {
  const listeners = new AbortController();
  const { signal } = listeners;
  // An element only knows that it got no video; the program knows why.
  const fail = async () => {
    const { error } = video;
    try {
      const reason = error?.code === MediaError.MEDIA_ERR_DECODE ? null : await reasonWithheld(url, signal);
      if (!signal.aborted) listener.failed(reason ?? errorFromElement(error));
    } catch (cause) {
      if (!signal.aborted) listener.failed(appErrorFrom(cause));
    }
  };
  const check = () => {
    // Some builds load a codec they cannot decode without any error, and without a picture.
    if (video.videoWidth === 0) listener.failed(noPicture());
  };
  video.addEventListener('error', () => void fail(), { signal });
  video.addEventListener('loadeddata', check, { signal });
  video.src = url;
  return {
    offset,
    moveTo: () => undefined,
    // The browser fetches what it seeks to by itself.
    holds: () => true,
    retry() {
      const { currentTime } = video;
      video.load();
      video.addEventListener(
        'loadedmetadata',
        () => {
          video.currentTime = currentTime;
          listener.recovered();
        },
        { once: true, signal },
      );
    },
    close() {
      listeners.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}

const noPicture = () =>
  new AppError(
    'video-unsupported',
    'The browser plays this recording without a picture. Look through it first, or convert it.',
  );

function errorFromElement(error: MediaError | null): AppError {
  const said = error?.message ?? '';
  if (error?.code === MediaError.MEDIA_ERR_NETWORK) {
    return new AppError('connection-lost', 'Reading the recording stopped half-way. Is the program still running?');
  }
  const reason = said === '' ? '' : ` (${said})`;
  return error?.code === MediaError.MEDIA_ERR_DECODE
    ? new AppError('video-damaged', `The recording is damaged here${reason}.`)
    : new AppError('video-unsupported', `The recording could not be opened${reason}.`);
}
