/** Which codecs this build of FFmpeg decodes and encodes. */
import {
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_MPEG2VIDEO,
  AV_CODEC_ID_MPEG4,
  AV_CODEC_ID_MSMPEG4V2,
  AV_CODEC_ID_MSMPEG4V3,
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  AV_CODEC_ID_WMV2,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import { Codec, getFFmpegInfo } from 'node-av/lib';

/** The codecs that encodeVideo writes. */
export type EncoderCodec = 'h264' | 'hevc' | 'mpeg4' | 'msmpeg4' | 'mjpeg' | 'av1';

/** The encoder for `codec`: by name where FFmpeg has several and the choice decides the bytes; null where there is none. */
export function findEncoder(codec: EncoderCodec): Codec | null {
  switch (codec) {
    case 'h264':
      return Codec.findEncoderByName(FF_ENCODER_LIBX264);
    case 'hevc':
      return Codec.findEncoderByName(FF_ENCODER_LIBX265);
    case 'av1':
      // SVT-AV1 writes its settings to stderr unless its log level, 1 for errors, comes from the environment.
      process.env['SVT_LOG'] ??= '1';
      return Codec.findEncoderByName(FF_ENCODER_LIBSVTAV1);
    case 'mpeg4':
      return Codec.findEncoder(AV_CODEC_ID_MPEG4);
    case 'msmpeg4':
      return Codec.findEncoder(AV_CODEC_ID_MSMPEG4V3);
    case 'mjpeg':
      return Codec.findEncoder(AV_CODEC_ID_MJPEG);
    default:
      return codec satisfies never;
  }
}

/** What `codecSupport` says of one codec. */
export interface CodecSupport {
  readonly name: string;
  readonly decode: boolean;
  readonly encode: boolean;
}

const surveyed = [
  ['h264', AV_CODEC_ID_H264],
  ['hevc', AV_CODEC_ID_HEVC],
  ['av1', AV_CODEC_ID_AV1],
  ['vp9', AV_CODEC_ID_VP9],
  ['vp8', AV_CODEC_ID_VP8],
  ['mpeg4', AV_CODEC_ID_MPEG4],
  ['msmpeg4v3', AV_CODEC_ID_MSMPEG4V3],
  ['msmpeg4v2', AV_CODEC_ID_MSMPEG4V2],
  ['mpeg2video', AV_CODEC_ID_MPEG2VIDEO],
  ['mjpeg', AV_CODEC_ID_MJPEG],
  ['wmv2', AV_CODEC_ID_WMV2],
] as const;

/** The codecs of camera recordings, and whether this build of FFmpeg has a decoder and an encoder for each. */
export function codecSupport(): readonly CodecSupport[] {
  return surveyed.map(([name, id]) => ({
    name,
    decode: Codec.findDecoder(id) !== null,
    encode: Codec.findEncoder(id) !== null,
  }));
}

/** The FFmpeg inside: its version and the options it was built with, which decide its licence. */
export function ffmpegConfiguration(): string {
  const { version, configuration } = getFFmpegInfo();
  return `${version} ${configuration}`;
}
