/** Small JPEG pictures of single moments. */
import { AppError } from '../contract/errors.ts';
import { jpegOf } from './jpeg.ts';
import { openVideo } from './reader.ts';
import type { VideoReader } from './types.ts';

/**
 * A JPEG of the frame on screen at `time` (seconds since the first frame), `width` pixels wide, its height by the
 * displayed aspect ratio. Errors: those of openVideo and framesAt.
 */
export async function thumbnail(
  path: string,
  time: number,
  width: number,
  options: { signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  await using reader = await openVideo(path, options);
  return await thumbnailFrom(reader, time, width, options);
}

/** As `thumbnail`, from a video that is open. */
export async function thumbnailFrom(
  reader: VideoReader,
  time: number,
  width: number,
  options: { signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const { info } = reader;
  const height = Math.max(1, Math.round((width * info.height) / info.width));
  for await (const image of reader.framesAt([time], { width, height, fit: 'stretch' }, options)) return jpegOf(image);
  throw new AppError('video-damaged', 'There is no frame to make a picture of.');
}
