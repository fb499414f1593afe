/** An export as a job: makes the files, brings them to their names whole, and enters them in the audit log. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File } from '../../archive/index.ts';
import { baseName, plainZip } from '../../review/index.ts';
import type { JsonValue, Store } from '../../store/index.ts';
import { writeWhole } from '../../store/whole-file.ts';
import type { DataFolder } from '../data-folder.ts';
import type { JobContext } from '../jobs.ts';
import type { ExportResults } from './export-results.ts';
import { gatherFootage } from './gather.ts';
import { type Piece, type PieceTools, piecesOf } from './pieces.ts';
import { type Asked, type ExportRequest, makesFolder, suggestedName } from './request.ts';

export interface ExportTools extends Omit<PieceTools, 'signal' | 'progress' | 'folder' | 'note' | 'store'> {
  readonly store: Store;
  readonly folder: Pick<DataFolder, 'incoming' | 'evidenceKey'>;
  readonly results: ExportResults;
}

/** Errors: those of the recordings' files, of cutting, of writing; `cancelled`. Every file is whole or not there. */
export async function runExport(tools: ExportTools, request: ExportRequest, context: JobContext): Promise<void> {
  const { store, folder, results, now } = tools;
  const { signal, progress } = context;
  const footage = gatherFootage(store, tools.settings(), request);
  const asked: Asked = { ...request, of: footage.map(({ recording }) => recording) };
  const own = join(folder.incoming, randomUUID());
  await mkdir(own, { recursive: true });
  const notes = new Set<string>();
  const pieceTools: PieceTools = { ...tools, signal, progress, folder: own, note: (words) => notes.add(words) };
  const isFolder = makesFolder(asked);
  try {
    const kept = request.out === null ? await results.folderFor(context.job) : null;
    const out = request.out ?? join(kept ?? '', suggestedName(asked, now()));
    // Several files that are to be fetched come in one.
    const files = kept !== null && isFolder ? join(own, 'files') : out;
    if (isFolder) await mkdir(files, { recursive: true });
    const pieces = piecesOf(pieceTools, request, footage, files);
    for (const piece of pieces) {
      signal.throwIfAborted();
      await writeWhole(
        piece.path,
        async (aside) => {
          await piece.write(aside);
          return await sha256File(aside, { signal });
        },
        (sha256) => enter(store, request, piece, sha256, now()),
      );
    }
    const path = files === out ? out : `${out}.zip`;
    if (files !== out) {
      const contents = pieces.map((piece) => ({ name: baseName(piece.path), path: piece.path }));
      await writeWhole(path, (aside) => plainZip(aside, contents, signal));
    }
    await results.put(context.job, { path, isFolder: isFolder && files === out, notes: [...notes] });
    progress({ done: footage.length, total: footage.length, unit: 'files', label: baseName(path) });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Before the file has its name: none leaves without its row. */
function enter(
  log: Pick<Store, 'audit' | 'transaction'>,
  { format, cut, whole, viewing, out }: ExportRequest,
  { path, footage }: Piece,
  sha256: string,
  exportedAtMs: number,
): void {
  const isViewed = format === 'viewing' || format === 'package';
  const details = {
    ...{ format, file: baseName(path), sha256, exportedAtMs, isDownload: out === null },
    ...((format === 'clip' || format === 'package') && { cut }),
    ...(format === 'package' && { whole }),
    ...(isViewed && { viewing: viewing as unknown as JsonValue }),
  };
  log.transaction(() => {
    for (const { exported, recording, span } of footage) {
      const subject = exported?.flag.id ?? recording.id;
      const stretch = exported === null ? { start: span.start, end: span.end } : {};
      log.audit.append({ kind: 'export', subject, details: { ...details, ...stretch } });
    }
  });
}
