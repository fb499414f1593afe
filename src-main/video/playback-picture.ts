/** Turns decoded frames into what a segment's encoder takes: 4:2:0, limited range, upright, of one even size. */
import {
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  SWS_AREA,
  SWS_BILINEAR,
  type AVColorSpace,
} from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { checked } from './failure.ts';
import { copyPlaneTurned, type Rotation } from './rotation.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The longer and the shorter side of what is played: 1080p, lying or standing. */
const mostLong = 1920;
const mostShort = 1080;
/** As in `scaler.ts`: what does not name its matrix is taken for BT.709 from this height on. */
const highDefinitionHeight = 720;

/** The size at which a picture of displayed size `width` × `height` is played: no larger, even sides; pure. */
export function playedSize(width: number, height: number): PictureSize {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(1, mostLong / long, mostShort / short);
  const even = (side: number) => Math.max(2, Math.floor((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** The matrix that the pictures of `frame` are played with. */
export function playedMatrix(frame: Frame): AVColorSpace {
  const { colorSpace, height } = frame;
  if (colorSpace === AVCOL_SPC_BT709 || colorSpace === AVCOL_SPC_SMPTE170M || colorSpace === AVCOL_SPC_BT470BG) {
    return colorSpace;
  }
  if (colorSpace === AVCOL_SPC_UNSPECIFIED && height < highDefinitionHeight) return AVCOL_SPC_SMPTE170M;
  return AVCOL_SPC_BT709;
}

/** Makes the pictures of one segment. */
export class PlaybackPictures implements Disposable {
  private readonly path: string;
  private readonly rotation: Rotation;
  private readonly size: PictureSize;
  private readonly matrix: AVColorSpace;
  private readonly context = new SoftwareScaleContext();
  private readonly scaled: Frame;
  private readonly turned: Frame | null;

  constructor(path: string, rotation: Rotation, size: PictureSize, matrix: AVColorSpace) {
    this.path = path;
    this.rotation = rotation;
    this.size = size;
    this.matrix = matrix;
    this.context.allocContext();
    const isUpright = rotation % 180 === 0;
    this.scaled = this.blank(isUpright ? size : { width: size.height, height: size.width });
    this.turned = rotation === 0 ? null : this.blank(size);
  }

  /**
   * The picture of `frame`, valid until the next call: `frame` itself where it fits as it is.
   * Errors: `video-damaged` where it cannot be converted.
   */
  pictureOf(frame: Frame): Frame {
    frame.pictType = AV_PICTURE_TYPE_NONE;
    if (this.fits(frame)) return frame;
    const { scaled, turned, context, rotation } = this;
    if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED) frame.colorSpace = this.matrix;
    const isShrinking = frame.width > scaled.width || frame.height > scaled.height;
    context.setOption('sws_flags', isShrinking ? SWS_AREA : SWS_BILINEAR);
    this.check(scaled.makeWritable());
    this.check(context.scaleFrameSync(scaled, frame));
    if (turned === null || rotation === 0) return scaled;
    this.check(turned.makeWritable());
    const targets = turned.data ?? [];
    (scaled.data ?? []).forEach((plane, index) => {
      const target = targets[index];
      if (target === undefined) return;
      // Both chroma planes are half as wide and high.
      const half = index === 0 ? 1 : 2;
      const [width, height] = [scaled.width / half, scaled.height / half];
      const [stride, targetStride] = [scaled.linesize[index] ?? 0, turned.linesize[index] ?? 0];
      copyPlaneTurned(plane, width, height, stride, rotation, target, targetStride);
    });
    return turned;
  }

  /** Shown where nothing could be decoded. Valid until the next call of either. */
  grey(): Frame {
    const frame = this.turned ?? this.scaled;
    this.check(frame.makeWritable());
    frame.data?.forEach((plane, index) => plane.fill(index === 0 ? 80 : 128));
    return frame;
  }

  [Symbol.dispose](): void {
    this.scaled.free();
    this.turned?.free();
    this.context.freeContext();
  }

  private fits(frame: Frame): boolean {
    return (
      this.rotation === 0 &&
      frame.width === this.size.width &&
      frame.height === this.size.height &&
      frame.format === AV_PIX_FMT_YUV420P &&
      frame.colorRange !== AVCOL_RANGE_JPEG &&
      playedMatrix(frame) === this.matrix
    );
  }

  private blank({ width, height }: PictureSize): Frame {
    const frame = new Frame();
    frame.alloc();
    frame.width = width;
    frame.height = height;
    frame.format = AV_PIX_FMT_YUV420P;
    frame.colorRange = AVCOL_RANGE_MPEG;
    frame.colorSpace = this.matrix;
    this.check(frame.getBuffer());
    return frame;
  }

  private check(code: number): void {
    checked(code, this.path, 'video-damaged', 'has a frame that cannot be shown');
  }
}
