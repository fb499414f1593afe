/** What an export is asked for, and which files that makes. */
import { extname } from 'node:path';
import type { ClipCut, ExportFormat, Stretch, ViewingStyle } from '../../contract/evidence.ts';
import type { Recording } from '../../contract/recording.ts';
import { baseName } from '../../review/index.ts';
import { clipExtension } from '../../video/clip-extension.ts';

export interface ExportRequest {
  /** Full ids; none where a stretch is given. */
  readonly flags: readonly string[];
  readonly stretch: Stretch | null;
  readonly format: ExportFormat;
  readonly cut: ClipCut;
  readonly whole: boolean;
  readonly viewing: Required<ViewingStyle>;
  /** Absolute; null for a file that is kept in the data folder to be fetched. */
  readonly out: string | null;
}

/** What the names and number of files depend on. */
export interface Asked extends Pick<ExportRequest, 'format' | 'cut' | 'viewing'> {
  /** The recording of each flag, or of the stretch. */
  readonly of: readonly Pick<Recording, 'id' | 'path' | 'video'>[];
}

/** Whether several files are made: one cannot hold clips of several flags, or times of several recordings. */
export function makesFolder({ format, viewing, of }: Asked): boolean {
  switch (format) {
    case 'clip':
      return of.length > 1;
    case 'viewing':
      return of.length > 1 || viewing.beside;
    case 'webvtt':
    case 'cvat':
      return new Set(of.map(({ id }) => id)).size > 1;
    case 'package':
    case 'csv':
    case 'json':
    case 'html':
    case 'pdf':
      return false;
    default:
      return format satisfies never;
  }
}

const extensions: Readonly<Record<Exclude<ExportFormat, 'clip'>, string>> = {
  ...{ package: '.zip', viewing: '.mp4', csv: '.csv', json: '.json', webvtt: '.vtt', cvat: '.xml' },
  ...{ html: '.html', pdf: '.pdf' },
};

/** The extension of the files that are made of `recording`. */
export function extensionOf(
  { format, cut }: Pick<Asked, 'format' | 'cut'>,
  recording: Pick<Recording, 'video'> | undefined,
): string {
  if (format !== 'clip') return extensions[format];
  return cut === 'keyframe' ? clipExtension(recording?.video?.codec ?? '') : '.mp4';
}

/** A recording's name without its extension, as any file system takes it. */
export function plainName(path: string): string {
  const name = baseName(path);
  const plain = name.slice(0, name.length - extname(name).length).replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
  return plain.slice(0, 80).replace(/^\.+/, '_') || 'recording';
}

const formatNames: Readonly<Record<ExportFormat, string>> = {
  ...{ package: 'evidence', clip: 'clip', viewing: 'viewing', csv: 'flags', json: 'flags', webvtt: 'captions' },
  ...{ cvat: 'annotations', html: 'report', pdf: 'report' },
};

/** A name for the file or the folder that is made on the day `atMs`. */
export function suggestedName(asked: Asked, atMs: number): string {
  const [first] = asked.of;
  const day = new Date(atMs).toISOString().slice(0, 10);
  const several = new Set(asked.of.map(({ id }) => id)).size > 1;
  const about = first === undefined || several ? `${asked.of.length}-flags-${day}` : plainName(first.path);
  const name = `${about}-${formatNames[asked.format]}`;
  return makesFolder(asked) ? name : `${name}${extensionOf(asked, first)}`;
}
