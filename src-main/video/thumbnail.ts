/** Small JPEG pictures of single moments. */
import { AVCOL_RANGE_JPEG, AVCOL_SPC_BT470BG, AV_PIX_FMT_RGB24, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import { CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { findEncoder } from './codecs.ts';
import { checked } from './failure.ts';
import { openVideo } from './reader.ts';
import type { FrameImage, VideoReader } from './types.ts';

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

async function thumbnailFrom(
  reader: VideoReader,
  time: number,
  width: number,
  options: { signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const { info } = reader;
  const height = Math.max(1, Math.round((width * info.height) / info.width));
  for await (const image of reader.framesAt([time], { width, height, fit: 'stretch' }, options)) return jpegOf(image);
  throw new AppError('video-damaged', 'There is no frame to make a thumbnail of.');
}

function jpegOf({ width, height, rgb }: FrameImage): Uint8Array {
  const check = (code: number) => checked(code, 'A thumbnail', 'internal', 'could not be encoded as JPEG');
  using source = Frame.fromVideoBuffer(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length), {
    width,
    height,
    format: AV_PIX_FMT_RGB24,
  });
  using picture = new Frame();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = AV_PIX_FMT_YUVJ420P;
  picture.colorRange = AVCOL_RANGE_JPEG;
  picture.colorSpace = AVCOL_SPC_BT470BG;
  check(picture.getBuffer());
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  check(scaler.scaleFrameSync(picture, source));

  const codec = findEncoder('mjpeg');
  if (codec === null) throw new AppError('internal', 'This build of FFmpeg cannot write JPEG pictures.');
  using encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = AV_PIX_FMT_YUVJ420P;
  encoder.colorRange = AVCOL_RANGE_JPEG;
  encoder.timeBase = new Rational(1, 25);
  encoder.threadCount = 1;
  encoder.qMin = 3;
  encoder.qMax = 6;
  check(encoder.open2Sync(codec, null));
  picture.pts = 0n;
  check(encoder.sendFrameSync(picture));
  check(encoder.sendFrameSync(null));
  using packet = new Packet();
  packet.alloc();
  check(encoder.receivePacketSync(packet));
  return Uint8Array.from(packet.data ?? []);
}
