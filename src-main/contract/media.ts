/** Addresses of pictures and video: paths under one root, the same for every host. */

/** Widths in pixels that pictures come in. */
export const pictureWidths = [160, 320, 640, 1280] as const;
export type PictureWidth = (typeof pictureWidths)[number];

export type MediaTarget =
  /** The report of an evaluation: a page that loads nothing and runs nothing. */
  | { readonly kind: 'evaluation'; readonly evaluation: string }
  /** What an export made, to be kept by whoever asks for it; named by its job. */
  | { readonly kind: 'export'; readonly job: string }
  | RecordingTarget;

/** What there is of a recording. */
export type RecordingTarget =
  /** The file itself. */
  | { readonly kind: 'recording'; readonly recording: string }
  /** Times of all frames in seconds, ascending, as little-endian float64. */
  | { readonly kind: 'frame-times'; readonly recording: string }
  /** `number` counts from 0. */
  | { readonly kind: 'segment'; readonly recording: string; readonly number: number }
  /** A JPEG of small pictures, row by row. */
  | { readonly kind: 'sheet'; readonly recording: string; readonly number: number }
  /** A JPEG of the frame on screen at `milliseconds`. */
  | {
      readonly kind: 'picture';
      readonly recording: string;
      readonly milliseconds: number;
      readonly width: PictureWidth;
    };

export const mediaRoot = '/media/';

/** The path of `target`, beginning with `mediaRoot`. */
export function mediaPath(target: MediaTarget): string {
  if (target.kind === 'evaluation') return `${mediaRoot}evaluation/${target.evaluation}`;
  if (target.kind === 'export') return `${mediaRoot}export/${target.job}`;
  const base = `${mediaRoot}${target.kind}/${target.recording}`;
  switch (target.kind) {
    case 'recording':
    case 'frame-times':
      return base;
    case 'segment':
    case 'sheet':
      return `${base}/${String(target.number)}`;
    case 'picture':
      return `${base}/${String(target.milliseconds)}/${String(target.width)}`;
    default:
      return target satisfies never;
  }
}

const shape =
  /^\/media\/(?:(recording|frame-times)\/([0-9a-f]{64})|(segment|sheet)\/([0-9a-f]{64})\/(0|[1-9]\d{0,8})|picture\/([0-9a-f]{64})\/(0|[1-9]\d{0,11})\/(\d{3,4}))$/;

const madeShape = /^\/media\/(evaluation|export)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What `path` names; null for whatever `mediaPath` does not make: no escapes, no queries, no leading zeros. */
export function readMediaPath(path: string): MediaTarget | null {
  const [, made, id] = madeShape.exec(path) ?? [];
  if (id !== undefined) return made === 'export' ? { kind: 'export', job: id } : { kind: 'evaluation', evaluation: id };
  const match = shape.exec(path);
  if (match === null) return null;
  const [, whole, ofWhole, part, ofPart, number, ofPicture, milliseconds, width] = match;
  if (ofWhole !== undefined) {
    return { kind: whole === 'recording' ? 'recording' : 'frame-times', recording: ofWhole };
  }
  if (ofPart !== undefined) {
    return { kind: part === 'segment' ? 'segment' : 'sheet', recording: ofPart, number: Number(number) };
  }
  const known = pictureWidths.find((candidate) => candidate === Number(width));
  if (ofPicture === undefined || known === undefined) return null;
  return { kind: 'picture', recording: ofPicture, milliseconds: Number(milliseconds), width: known };
}
