/** Encodes RGB pictures to a video file, written aside and renamed, the same bytes for the same input. */
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVFMT_FLAG_BITEXACT,
  AVFMT_GLOBALHEADER,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUVJ420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT470BG,
  SWS_BICUBIC,
  type AVPixelFormat,
} from 'node-av/constants';
import {
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  OutputFormat,
  Packet,
  Rational,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import { findEncoder, type EncoderCodec } from './codecs.ts';
import { cancelled, checked, diskFull } from './failure.ts';
import { displayMatrix } from './rotation.ts';

export interface EncodeOptions {
  readonly width: number;
  readonly height: number;
  /** Frames per second; the times of frames that bring none, and the clock of AVI, which knows no other. */
  readonly frameRate: number;
  readonly codec?: EncoderCodec;
  /** Frames from one keyframe to the next; the encoder's own rule where absent. */
  readonly gop?: number;
  /** Bits per second; `crf` counts where both are absent. */
  readonly bitRate?: number;
  /** Constant quality of h264, hevc and av1, smaller is better; 23 where absent. */
  readonly crf?: number;
  /** Speed preset of h264 and hevc. */
  readonly preset?: string;
  /** Clockwise turn that a player has to apply, written as the container's display matrix (mp4, mov). */
  readonly rotation?: 0 | 90 | 180 | 270;
  /** Further private options of the encoder by FFmpeg's names, e.g. `{ bf: '3' }`. */
  readonly encoderOptions?: Readonly<Record<string, string>>;
  /** Leave the index of mp4 and mov at the end, as recorders do; by default it is moved to the head, for players. */
  readonly indexAtEnd?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One picture to encode: [H, W, 3] RGB and, for a variable frame rate, its time in seconds (ascending). */
export interface EncodeFrame {
  readonly rgb: Uint8Array;
  readonly time?: number;
}

/** Ticks per second of containers that keep times: a multiple of the usual frame rates, within MPEG-4's 16 bits. */
const ticksPerSecond = 60_000;
/** Threads change where x264 and x265 cut their work and so the bytes: fixed, whatever the machine has. */
const encoderThreads = 2;
/** Tells the unfinished files of one process apart. */
let started = 0;

/**
 * Writes `frames` to `path`; the container follows from the extension (`.h264`, `.hevc` and `.mjpeg` give raw streams).
 * On any failure or abort nothing is left behind, and a file that was at `path` before stays as it was.
 * Errors: `invalid-argument` (no frames, wrong picture size, unknown extension or codec), `disk-full`,
 * `permission-denied`, `not-found` (the folder), `cancelled`; what `frames` itself throws passes through.
 */
export async function encodeVideo(
  path: string,
  frames: AsyncIterable<EncodeFrame> | Iterable<EncodeFrame>,
  options: EncodeOptions,
): Promise<void> {
  const extension = extname(path);
  const name = `.${basename(path, extension)}.${process.pid}-${++started}.partial${extension}`;
  const aside = join(dirname(path), name);
  try {
    await writeVideo(aside, path, frames, options);
    const file = await open(aside, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    if (isNodeError(error, 'ENOSPC')) throw diskFull(path, error);
    throw error;
  }
}

async function writeVideo(
  aside: string,
  path: string,
  frames: AsyncIterable<EncodeFrame> | Iterable<EncodeFrame>,
  options: EncodeOptions,
): Promise<void> {
  const check = (code: number) => checked(code, path, 'file-unreadable', 'could not be written');
  const format = OutputFormat.guessFormat(null, path, null);
  if (format === null) {
    throw new AppError('invalid-argument', `${path} has no extension that names a video container.`);
  }
  await using output = new FormatContext();
  check(output.allocOutputContext2(format, null, aside));
  output.setFlags(AVFMT_FLAG_BITEXACT);
  using encoder = await openEncoder(path, format, options);
  const stream = output.newStream(null);
  check(stream.codecpar.fromContext(encoder));
  stream.timeBase = encoder.timeBase;
  stream.avgFrameRate = encoder.framerate;
  if (options.rotation) stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(options.rotation));
  if (options.tags) output.metadata = Dictionary.fromObject(options.tags);

  check(await output.openOutput());
  try {
    using settings = Dictionary.fromObject(options.indexAtEnd ? {} : indexFirst(format));
    check(await output.writeHeader(settings));
    const count = await encodeAll(output, stream, encoder, frames, path, options);
    if (count === 0) throw new AppError('invalid-argument', `${path} was to be written without a single frame.`);
    check(await output.writeTrailer());
  } finally {
    await output.closeOutput();
  }
}

function indexFirst({ name }: OutputFormat): Record<string, string> {
  return name === 'mp4' || name === 'mov' ? { movflags: 'faststart' } : {};
}

async function encodeAll(
  output: FormatContext,
  stream: Stream,
  encoder: CodecContext,
  frames: AsyncIterable<EncodeFrame> | Iterable<EncodeFrame>,
  path: string,
  options: EncodeOptions,
): Promise<number> {
  const { width, height, frameRate, signal } = options;
  const check = (code: number) => checked(code, path, 'file-unreadable', 'could not be written');
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  scaler.setOption('sws_flags', SWS_BICUBIC);
  using picture = new Frame();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = encoder.pixelFormat;
  picture.colorRange = encoder.colorRange;
  picture.colorSpace = encoder.colorSpace;
  check(picture.getBuffer());
  using packet = new Packet();
  packet.alloc();

  const drain = async () => {
    for (;;) {
      const code = encoder.receivePacketSync(packet);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      check(code);
      packet.streamIndex = stream.index;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(await output.interleavedWriteFrame(packet));
    }
  };

  const { num, den } = encoder.timeBase;
  let count = 0;
  let lastPts = -1;
  for await (const { rgb, time } of frames) {
    if (signal?.aborted) throw cancelled(path, 'Writing');
    if (rgb.length !== width * height * 3) {
      throw new AppError(
        'invalid-argument',
        `A picture of ${path} has ${rgb.length} bytes, not ${width} × ${height} × 3.`,
      );
    }
    using source = Frame.fromVideoBuffer(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length), {
      width,
      height,
      format: AV_PIX_FMT_RGB24,
    });
    check(picture.makeWritable());
    check(scaler.scaleFrameSync(picture, source));
    // Times that fall on one tick would be refused by the muxer: the later one moves on by a tick.
    const pts = Math.max(lastPts + 1, Math.round(((time ?? count / frameRate) * den) / num));
    picture.pts = BigInt(pts);
    lastPts = pts;
    count++;
    check(encoder.sendFrameSync(picture));
    await drain();
    await setImmediate();
  }
  check(encoder.sendFrameSync(null));
  await drain();
  return count;
}

async function openEncoder(path: string, format: OutputFormat, options: EncodeOptions): Promise<CodecContext> {
  const codecName = options.codec ?? 'h264';
  const codec = findEncoder(codecName);
  if (codec === null) throw new AppError('video-unsupported', `This build of FFmpeg has no encoder for ${codecName}.`);
  const rate = rationalRate(options.frameRate);
  const encoder = new CodecContext();
  try {
    encoder.allocContext3(codec);
    encoder.width = options.width;
    encoder.height = options.height;
    encoder.pixelFormat = pixelFormatOf(codecName, options);
    encoder.colorRange = codecName === 'mjpeg' ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    encoder.colorSpace = AVCOL_SPC_BT470BG;
    encoder.framerate = rate;
    encoder.timeBase = format.name === 'avi' ? rate.inv() : new Rational(1, ticksPerSecond);
    encoder.threadCount = encoderThreads;
    encoder.setFlags(AV_CODEC_FLAG_BITEXACT);
    if (format.hasFlags(AVFMT_GLOBALHEADER)) encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    if (options.gop !== undefined) encoder.gopSize = options.gop;
    if (options.bitRate !== undefined) encoder.bitRate = BigInt(Math.round(options.bitRate));
    using settings = Dictionary.fromObject(privateOptions(codecName, options));
    // node-av 6.1's open2Sync frees a dictionary that stays owned here (a double free); the asynchronous call copies it.
    checked(await encoder.open2(codec, settings), path, 'invalid-argument', `cannot be encoded as ${codecName}`);
    return encoder;
  } catch (error) {
    encoder.freeContext();
    throw error;
  }
}

/** x264 and x265 need even sides for subsampled colour. */
function pixelFormatOf(codec: EncoderCodec, { width, height }: EncodeOptions): AVPixelFormat {
  if (codec === 'mjpeg') return AV_PIX_FMT_YUVJ420P;
  const isOdd = width % 2 === 1 || height % 2 === 1;
  return isOdd && (codec === 'h264' || codec === 'hevc') ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
}

function privateOptions(codec: EncoderCodec, options: EncodeOptions): Record<string, string> {
  const given = options.encoderOptions ?? {};
  const quality = options.bitRate === undefined ? { crf: String(options.crf ?? 23) } : {};
  const preset = options.preset ?? 'veryfast';
  const regular = options.gop === undefined ? {} : { sc_threshold: '0', keyint_min: String(options.gop) };
  switch (codec) {
    case 'h264':
      // Without `mbtree`: x264's gave other bytes from run to run at some widths (64, 160), on one thread too.
      return { preset, mbtree: '0', ...quality, ...regular, ...given };
    case 'hevc':
      return { preset, ...quality, 'x265-params': 'log-level=none:pools=none:frame-threads=1:info=0', ...given };
    case 'av1':
      return { preset: '10', ...quality, ...given };
    case 'mpeg4':
    case 'msmpeg4':
    case 'mjpeg':
      return { ...(options.bitRate === undefined ? { qmin: '2', qmax: '5' } : {}), ...given };
    default:
      return codec satisfies never;
  }
}

/** 29.97 and its kin as the exact 30000/1001, everything else to a thousandth. */
function rationalRate(frameRate: number): Rational {
  if (!(frameRate > 0 && frameRate <= 1000)) {
    throw new AppError('invalid-argument', `${frameRate} frames per second cannot be encoded.`);
  }
  const ntsc = Math.round(frameRate * 1.001);
  if (Math.abs(ntsc / 1.001 - frameRate) < 0.005 && !Number.isInteger(frameRate))
    return new Rational(ntsc * 1000, 1001);
  const thousandths = Math.round(frameRate * 1000);
  return thousandths % 1000 === 0 ? new Rational(thousandths / 1000, 1) : new Rational(thousandths, 1000);
}

function isNodeError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
