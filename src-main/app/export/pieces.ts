/** The files that an export consists of, each with how it is written. */
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownSettings } from '../../contract/settings.ts';
import {
  baseName,
  csvText,
  type ExportedFlag,
  flagsJson,
  sidecarJson,
  signingKey,
  webVttText,
} from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { DataFolder } from '../data-folder.ts';
import type { JobContext } from '../jobs.ts';
import { cvatOf } from './cvat.ts';
import { type FootageTools, withClip, withViewingCopy } from './footage-of.ts';
import { byRecording, type Footage, footageOfFlag } from './gather.ts';
import { clipNotes, viewingNotes } from './notes.ts';
import { exportPackage } from './package-export.ts';
import type { PrintPage } from './print-page.ts';
import { picturesOf } from './report-pictures.ts';
import { reportHtml, type ReportFlag } from './report-html.ts';
import { type ExportRequest, extensionOf, makesFolder, plainName } from './request.ts';

export interface PieceTools extends Omit<FootageTools, 'onShare' | 'store'> {
  readonly store: Pick<Store, 'recordings' | 'frameCache' | 'blobs' | 'audit'>;
  readonly settings: () => KnownSettings;
  readonly version: string;
  readonly keyFile: DataFolder['evidenceKey'];
  readonly print: PrintPage;
  readonly progress: JobContext['progress'];
  /** An empty folder of this work alone. */
  readonly folder: string;
  /** Takes what was done otherwise than asked for. */
  readonly note: (words: string) => void;
}

/** A file that is to be made of some footage. */
export interface Piece {
  readonly path: string;
  readonly footage: readonly Footage[];
  /** Writes it to the new file `aside`. */
  readonly write: (aside: string) => Promise<void>;
}

/** @param out The file, or the folder where several are made. */
export function piecesOf(
  tools: PieceTools,
  request: ExportRequest,
  footage: readonly Footage[],
  out: string,
): readonly Piece[] {
  const { now, signal, progress } = tools;
  const { format, cut, viewing } = request;
  const flags = footage.map(({ exported }) => exported).filter((exported) => exported !== null);
  const isFolder = makesFolder({ ...request, of: footage.map(({ recording }) => recording) });
  const stepped = (done: number, total: number, label: string) => progress({ done, total, unit: 'files', label });
  const footageTools = (index: number, label: string): FootageTools => ({
    ...tools,
    onShare: (share) => stepped(index + share, footage.length, label),
  });
  const ofAll = (write: Piece['write']): readonly Piece[] => [{ path: out, footage, write }];
  const text = (make: (of: readonly ExportedFlag[]) => string) => (of: readonly ExportedFlag[]) => (aside: string) =>
    writeFile(aside, make(of), { flag: 'wx' });
  const ofEachRecording = (make: ReturnType<typeof text>): readonly Piece[] =>
    !isFolder
      ? ofAll(make(flags))
      : byRecording(flags).map((own) => ({
          path: join(out, `${recordingName(own[0])}${extensionOf(request, undefined)}`),
          footage: own.map(footageOfFlag),
          write: make(own),
        }));
  const pathOf = (of: Footage, extension = extensionOf(request, of.recording)) =>
    isFolder ? join(out, `${footageName(of)}${extension}`) : out;

  switch (format) {
    case 'package':
      return ofAll(async (aside) =>
        exportPackage(
          {
            ...{ ...tools, program: `anom-pi ${tools.version}`, key: await signingKey(tools.keyFile) },
            onStep: (done, total) => stepped(done, total, baseName(out)),
          },
          { flags, cut, viewing, whole: request.whole },
          aside,
        ),
      );
    case 'clip':
      return footage.map((of, index) => ({
        path: pathOf(of),
        footage: [of],
        write: (aside) =>
          withClip(footageTools(index, baseName(of.recording.path)), of, cut, async (clip) => {
            for (const note of clipNotes(of, clip)) tools.note(note);
            await copyFile(clip.path, aside);
          }),
      }));
    case 'viewing':
      return footage.flatMap((of, index) => viewingPieces(footageTools(index, baseName(of.recording.path)), of));
    case 'csv':
      return ofAll(text(csvText)(flags));
    case 'json':
      return ofAll(text((of) => flagsJson(of, now()))(flags));
    case 'webvtt':
      return ofEachRecording(text((of) => webVttText(of)));
    case 'cvat':
      return ofEachRecording(text(cvatOf));
    case 'html':
      return ofAll(async (aside) => writeFile(aside, await report(), { flag: 'wx' }));
    case 'pdf':
      return ofAll(async (aside) => {
        const page = join(tools.folder, 'report.html');
        await writeFile(page, await report());
        await tools.print(page, aside, signal);
        await rm(page);
      });
    default:
      return format satisfies never;
  }

  async function report(): Promise<string> {
    const shown: ReportFlag[] = [];
    for (const [index, exported] of flags.entries()) {
      const pictures = await picturesOf(exported, footageTools(index, exported.flag.id.slice(0, 12)));
      shown.push({ exported, pictures });
    }
    return reportHtml(shown, now());
  }

  /** The copy, and where they are asked for what was seen and the times as files beside it. */
  function viewingPieces(own: FootageTools, of: Footage): readonly Piece[] {
    let seen: string | null = null;
    const copy: Piece = {
      path: pathOf(of),
      footage: [of],
      write: (aside) =>
        withViewingCopy(own, of, of.span, viewing, async (made) => {
          for (const note of viewingNotes(of, viewing, made)) tools.note(note);
          const span = { recording: baseName(of.recording.path), shownFrom: of.span.start, shownTo: of.span.end };
          seen = sidecarJson(made.overlay?.frames ?? [], span);
          await copyFile(made.path, aside);
        }),
    };
    if (!viewing.beside) return [copy];
    const beside = (extension: string, words: () => string): Piece => ({
      path: pathOf(of, extension),
      footage: [of],
      write: (aside) => writeFile(aside, words(), { flag: 'wx' }),
    });
    const captions = of.exported === null ? [] : [of.exported];
    return [
      copy,
      beside('.overlay.json', () => seen ?? ''),
      ...(captions.length === 0 ? [] : [beside('.vtt', () => webVttText(captions, of.span.start))]),
    ];
  }
}

/** Recordings of one name are told apart. */
const recordingName = (of: Pick<Footage, 'recording'> | undefined): string =>
  `${plainName(of?.recording.path ?? '')}-${(of?.recording.id ?? '').slice(0, 6)}`;

/** In order to be told from those of the same camera at the same second, the flag's id is part of it. */
const footageName = (of: Footage): string =>
  `${recordingName(of)}-${of.exported === null ? Math.round(of.span.start) : of.exported.flag.id.slice(0, 8)}`;
