/** Sheets of small pictures at even times, for playing fast and backwards. */
import { AppError } from '../contract/errors.ts';
import { jpegOf } from './jpeg.ts';
import { lastAtMost } from './timeline.ts';
import type { FrameImage, PacketIndex, VideoInfo, VideoReader } from './types.ts';

/** Where the pictures are: picture `i` shows `i · interval` seconds, row by row, `columns · rows` a sheet. */
export interface SheetLayout {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly interval: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

const [columns, rows] = [8, 8] as const;
/** Seconds from one picture to the next. */
const interval = 1;
const [mostWidth, mostHeight] = [320, 240] as const;
/** Keyframes this near to each other stand for the frames between them: only they are decoded. */
const keyframesUpToSeconds = 2;

/** Pure. */
export function sheetLayout({ seconds, width, height }: Pick<VideoInfo, 'seconds' | 'width' | 'height'>): SheetLayout {
  const pictures = pictureCount(seconds);
  const scale = Math.min(1, mostWidth / width, mostHeight / height);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return {
    ...{ columns, rows, interval },
    count: Math.ceil(pictures / (columns * rows)),
    tileWidth: side(width),
    tileHeight: side(height),
  };
}

const pictureCount = (seconds: number) => Math.max(1, Math.ceil(seconds / interval - 1e-6));

/** The moments whose frames stand for the pictures at `times`: their own, or those of keyframes that are near enough; pure. */
export function sheetMoments({ times, keyframe }: PacketIndex, seconds: number, wanted: readonly number[]): number[] {
  const keys = Array.from(times).filter((_, rank) => keyframe[rank] === 1);
  const gaps = keys.map((time, index) => (keys[index + 1] ?? seconds) - time);
  const areNear = keys.length > 0 && (keys[0] ?? 0) <= interval && gaps.every((gap) => gap <= keyframesUpToSeconds);
  return areNear ? wanted.map((time) => keys[lastAtMost(keys, time)] ?? time) : [...wanted];
}

/**
 * Sheet `number` as a JPEG. Beyond the end of the recording, and where nothing can be decoded, it is black.
 * Errors: `not-found` for a sheet beyond the end, `cancelled`, those of reading but `video-damaged`.
 */
export async function makeSheet(
  reader: VideoReader,
  number: number,
  options: { signal?: AbortSignal; onProgress?(done: number, total: number): void } = {},
): Promise<Uint8Array> {
  const { signal } = options;
  const index = await reader.scanPackets(signal === undefined ? {} : { signal });
  const { seconds } = reader.info;
  const layout = sheetLayout(reader.info);
  if (number >= layout.count) {
    throw new AppError('not-found', `There are ${layout.count} sheets of pictures; there is no number ${number}.`);
  }
  const first = number * columns * rows;
  const count = Math.min(columns * rows, pictureCount(seconds) - first);
  const wanted = Array.from({ length: count }, (_, tile) => (first + tile) * interval);
  const moments = sheetMoments(index, seconds, wanted);

  const { tileWidth, tileHeight } = layout;
  const sheet = blankSheet(layout);
  let tile = 0;
  let latest: FrameImage | null = null;
  const size = { width: tileWidth, height: tileHeight, fit: 'stretch' } as const;
  try {
    for await (const image of reader.framesAt(moments, size, signal === undefined ? {} : { signal })) {
      // The picture before stays until the moment of this one.
      for (; tile < count && (moments[tile] ?? 0) < image.time - 1e-6; tile++)
        place(sheet, layout, tile, latest ?? image);
      latest = image;
      options.onProgress?.(tile, count);
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'video-damaged') throw error;
  }
  for (; latest !== null && tile < count; tile++) place(sheet, layout, tile, latest);
  return jpegOf({ width: columns * tileWidth, height: rows * tileHeight, rgb: sheet });
}

const blankSheet = ({ tileWidth, tileHeight }: SheetLayout) =>
  new Uint8Array(columns * tileWidth * rows * tileHeight * 3);

function place(sheet: Uint8Array, { tileWidth, tileHeight }: SheetLayout, tile: number, { rgb }: FrameImage): void {
  const stride = columns * tileWidth * 3;
  const corner = Math.floor(tile / columns) * tileHeight * stride + (tile % columns) * tileWidth * 3;
  for (let y = 0; y < tileHeight; y++) {
    sheet.set(rgb.subarray(y * tileWidth * 3, (y + 1) * tileWidth * 3), corner + y * stride);
  }
}
