/** A copy of a stretch of footage that every player and browser shows: H.264 in MP4, each frame at its own time. */
import { encodeVideo, type EncodeFrame } from './encode.ts';
import { openVideo } from './reader.ts';
import type { VideoReader } from './types.ts';

export interface ViewingOptions {
  /** Seconds of the recording. */
  readonly start: number;
  readonly end: number;
  /** Changes the picture on screen at `time` of the recording, `[height, width, 3]` RGB, before it is encoded. */
  readonly paint?: (rgb: Uint8Array, width: number, height: number, time: number) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Larger pictures are scaled down: it is for looking, what is to be examined is the clip itself. */
const longestSide = 1920;
/** Of x264: no difference is seen beside the original. */
const quality = 20;

/**
 * Writes `[start, end)` of the recording to `out` (an MP4), upright and at its displayed size, without sound. Nothing is
 * left where it fails. Errors: those of openVideo, framesBetween and encodeVideo.
 */
export async function viewingCopy(path: string, out: string, options: ViewingOptions): Promise<void> {
  const { signal } = options;
  await using reader = await openVideo(path, signal === undefined ? {} : { signal });
  await encodeVideo(out, framesOf(reader, options), {
    ...sizeFor(reader),
    ...{ frameRate: Math.min(120, Math.max(1, reader.info.frameRate ?? 25)), crf: quality },
    ...(signal !== undefined && { signal }),
  });
}

async function* framesOf(
  reader: VideoReader,
  { start, end, paint, signal, onProgress }: ViewingOptions,
): AsyncGenerator<EncodeFrame> {
  const size = { ...sizeFor(reader), fit: 'stretch' } as const;
  const options = signal === undefined ? {} : { signal };
  for await (const { rgb, time } of reader.framesBetween(start, end, size, options)) {
    paint?.(rgb, size.width, size.height, time);
    yield { rgb, time: time - start };
    onProgress?.(time - start, end - start);
  }
}

/** Even sides, which players need. */
function sizeFor({ info: { width, height } }: VideoReader) {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}
