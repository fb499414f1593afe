/** An export as a job: makes the files, brings them to their names whole, and enters them in the audit log. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { sha256File } from '../../archive/index.ts';
import { appErrorFrom } from '../../contract/errors.ts';
import type { ExportFormat } from '../../contract/evidence.ts';
import type { KnownSettings } from '../../contract/settings.ts';
import { baseName, csvText, type ExportedFlag, flagsJson, signingKey, webVttText } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import { writeWhole } from '../../store/whole-file.ts';
import { clipExtension } from '../../video/clip-extension.ts';
import type { DataFolder } from '../data-folder.ts';
import type { JobContext } from '../jobs.ts';
import type { Tasks } from '../tasks.ts';
import { cvatOf } from './cvat.ts';
import { type FootageTools, pictureAt, withClip } from './footage-of.ts';
import { byRecording, gatherFlags } from './gather.ts';
import { exportPackage } from './package-export.ts';
import { reportHtml, type ReportFlag } from './report-html.ts';

export interface ExportRequest {
  /** Full ids. */
  readonly flags: readonly string[];
  readonly format: ExportFormat;
  /** Absolute. */
  readonly out: string;
  readonly exact: boolean;
  readonly whole: boolean;
}

export interface ExportTools {
  readonly store: Store;
  readonly tasks: Tasks;
  readonly settings: () => KnownSettings;
  readonly folder: Pick<DataFolder, 'incoming' | 'evidenceKey'>;
  readonly version: string;
  readonly now: () => number;
}

/** A file that is to be made of some flags. */
interface Piece {
  readonly path: string;
  readonly flags: readonly ExportedFlag[];
  /** Writes it to the new file `aside`. */
  readonly write: (aside: string) => Promise<void>;
}

/** Errors: those of the recordings' files, of cutting, of writing; `cancelled`. Every file is whole or not there. */
export async function runExport(tools: ExportTools, request: ExportRequest, context: JobContext): Promise<void> {
  const { store, folder, now } = tools;
  const flags = gatherFlags(store, tools.settings(), request.flags);
  const own = join(folder.incoming, randomUUID());
  await mkdir(own, { recursive: true });
  try {
    const pieces = piecesOf(tools, request, flags, own, context);
    if (makesFolder(request.format, flags)) await mkdir(request.out, { recursive: true });
    for (const piece of pieces) {
      context.signal.throwIfAborted();
      await writeWhole(
        piece.path,
        async (aside) => {
          await piece.write(aside);
          return await sha256File(aside, { signal: context.signal });
        },
        (sha256) => enter(store, request, piece, sha256),
      );
    }
    context.progress({ done: flags.length, total: flags.length, unit: 'files', label: baseName(request.out) });
  } finally {
    await rm(own, { recursive: true, force: true });
  }

  function enter(
    log: Pick<Store, 'audit' | 'transaction'>,
    { format, exact, whole }: ExportRequest,
    piece: Piece,
    sha256: string,
  ) {
    const details = { format, exact, whole, file: baseName(piece.path), sha256, exportedAtMs: now() };
    // Before the file has its name: none leaves without its row.
    log.transaction(() => {
      for (const { flag } of piece.flags) log.audit.append({ kind: 'export', subject: flag.id, details });
    });
  }
}

/** Whether `out` is a folder: one file cannot hold clips of several flags, or times of several recordings. */
export const makesFolder = (format: ExportFormat, flags: readonly Pick<ExportedFlag, 'recording'>[]): boolean =>
  format === 'clip'
    ? flags.length > 1
    : (format === 'webvtt' || format === 'cvat') && new Set(flags.map(({ recording }) => recording.id)).size > 1;

/** The extension of the one file that `format` makes. */
export function extensionOf(
  format: ExportFormat,
  flags: readonly Pick<ExportedFlag, 'recording'>[],
  exact: boolean,
): string {
  const codec = flags[0]?.recording.video?.codec ?? '';
  return format === 'clip' ? (exact ? '.mp4' : clipExtension(codec)) : extensions[format];
}

const extensions: Readonly<Record<Exclude<ExportFormat, 'clip'>, string>> = {
  ...{ package: '.zip', csv: '.csv', json: '.json', webvtt: '.vtt', cvat: '.xml', html: '.html' },
};

function piecesOf(
  tools: ExportTools,
  request: ExportRequest,
  flags: readonly ExportedFlag[],
  folder: string,
  { signal, progress }: JobContext,
): readonly Piece[] {
  const { store, tasks, now } = tools;
  const { format, exact, out } = request;
  const text = (make: (of: readonly ExportedFlag[]) => string) => (of: readonly ExportedFlag[]) => (aside: string) =>
    writeFile(aside, make(of), { flag: 'wx' });
  const stepped = (done: number, total: number, label: string) => progress({ done, total, unit: 'files', label });
  const footage = (index: number, label: string): FootageTools => ({
    ...{ store, tasks, signal },
    onShare: (share) => stepped(index + share, flags.length, label),
  });
  const ofAll = (write: Piece['write']): readonly Piece[] => [{ path: out, flags, write }];
  const ofEachRecording = (extension: string, make: ReturnType<typeof text>): readonly Piece[] =>
    !makesFolder(format, flags)
      ? ofAll(make(flags))
      : byRecording(flags).map((own) => ({
          path: join(out, `${fileNameOf(own[0])}${extension}`),
          flags: own,
          write: make(own),
        }));
  switch (format) {
    case 'package':
      return ofAll(async (aside) =>
        exportPackage(
          {
            ...{ store, tasks, signal, folder, now, program: `anom-pi ${tools.version}` },
            key: await signingKey(tools.folder.evidenceKey),
            onStep: (done, total) => stepped(done, total, baseName(out)),
          },
          { flags, exact, whole: request.whole },
          aside,
        ),
      );
    case 'clip':
      return flags.map((exported, index) => ({
        path: flags.length === 1 ? out : join(out, `${clipNameOf(exported)}${extensionOf(format, [exported], exact)}`),
        flags: [exported],
        write: (aside) =>
          withClip(footage(index, baseName(exported.recording.path)), exported, exact, ({ path }) =>
            copyFile(path, aside),
          ),
      }));
    case 'csv':
      return ofAll(text(csvText)(flags));
    case 'json':
      return ofAll(text((of) => flagsJson(of, now()))(flags));
    case 'webvtt':
      return ofEachRecording(extensions.webvtt, text(webVttText));
    case 'cvat':
      return ofEachRecording(extensions.cvat, text(cvatOf));
    case 'html':
      return ofAll(async (aside) => {
        const shown: ReportFlag[] = [];
        for (const [index, exported] of flags.entries()) {
          shown.push({ exported, pictures: await picturesOf(exported, footage(index, exported.flag.id.slice(0, 12))) });
        }
        await writeFile(aside, reportHtml(shown, now()), { flag: 'wx' });
      });
    default:
      return format satisfies never;
  }
}

/** In order to be told from those of the same camera at the same second, the flag's id is part of it. */
const clipNameOf = ({ recording, flag }: ExportedFlag): string => `${fileNameOf({ recording })}-${flag.id.slice(0, 8)}`;

/** The recording's name without its extension, as any file system takes it; recordings of one name are told apart. */
function fileNameOf(exported: Pick<ExportedFlag, 'recording'> | undefined): string {
  const { id = '', path = '' } = exported?.recording ?? {};
  const name = baseName(path);
  const plain = name.slice(0, name.length - extname(name).length).replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
  return `${plain.slice(0, 80)}-${id.slice(0, 6)}`;
}

/** Pictures of a flag: enough to see what it is about. */
const mostPictures = 6;
/** Pixels. */
const pictureWidth = 480;

/** The frames that the explanation rests on. A recording that is gone has none: what was found stands all the same. */
async function picturesOf(exported: ExportedFlag, tools: FootageTools): Promise<ReportFlag['pictures']> {
  const times = [...new Set(exported.flag.claims.flatMap(({ evidence }) => evidence))].toSorted((a, b) => a - b);
  const chosen = times
    .filter((_, index) => (index * mostPictures) % times.length < mostPictures)
    .slice(0, mostPictures);
  const pictures = [];
  for (const [index, seconds] of chosen.entries()) {
    tools.onShare(index / chosen.length);
    try {
      const jpeg = await pictureAt(tools, exported, seconds, pictureWidth);
      pictures.push({ seconds, url: `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}` });
    } catch (error) {
      const { code } = appErrorFrom(error);
      if (code === 'cancelled' || code === 'disk-full') throw error;
    }
  }
  return pictures;
}
