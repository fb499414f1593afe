/** Encodes one RGB picture as JPEG. */
import { AVCOL_RANGE_JPEG, AVCOL_SPC_BT470BG, AV_PIX_FMT_RGB24, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import { CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { findEncoder } from './codecs.ts';
import { checked } from './failure.ts';

/** [height, width, 3] RGB, full range. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Errors: `internal` where this build of FFmpeg cannot. */
export function jpegOf({ width, height, rgb }: Picture): Uint8Array {
  const check = (code: number) => checked(code, 'A picture', 'internal', 'could not be encoded as JPEG');
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
