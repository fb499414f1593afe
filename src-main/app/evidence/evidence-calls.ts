/** The calls of the contract that take evidence out and check it. */
import { stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { AppError, appErrorFrom } from '../../contract/errors.ts';
import type { ExportEstimate, ExportRow } from '../../contract/evidence.ts';
import type { Flag } from '../../contract/flag.ts';
import type { Service } from '../../contract/service.ts';
import type { KnownSettings } from '../../contract/settings.ts';
import { baseName, publicKeyFrom, readPublicKey, signingKey, verifyPackage } from '../../review/index.ts';
import type { JsonValue, Store } from '../../store/index.ts';
import type { DataFolder } from '../data-folder.ts';
import { estimatedBytes } from '../export/estimate.ts';
import type { ExportResults } from '../export/export-results.ts';
import { type Footage, gatherFootage } from '../export/gather.ts';
import { findPrinter, noPrinter } from '../export/print-page.ts';
import { type Asked, type ExportRequest, extensionOf, makesFolder, suggestedName } from '../export/request.ts';
import type { Jobs } from '../jobs.ts';
import type { Nets } from '../nets.ts';
import { requireImported } from '../source-file.ts';
import { createUploads } from './uploads.ts';

export interface EvidenceParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly folder: Pick<DataFolder, 'evidenceKey' | 'incoming'>;
  readonly nets: Pick<Nets, 'level'>;
  readonly results: Pick<ExportResults, 'find'>;
  readonly settings: () => KnownSettings;
  readonly now: () => number;
  /** The flag of an id or of the beginning of one. Errors: `not-found`, `invalid-argument`. */
  readonly findFlag: (id: string) => Flag;
}

type Given = Parameters<Service['evidence']['estimate']>[0];

/** A list of exports shows so many. */
const mostExports = 50;

export function createEvidenceCalls(parts: EvidenceParts): Pick<Service, 'evidence'> {
  const { store, jobs, folder, results, now } = parts;
  const uploads = createUploads(folder.incoming, now);
  const ownKey = () => signingKey(folder.evidenceKey);

  return {
    evidence: {
      export: async ({ out, ...given }) => {
        const request = { ...requestFrom(parts, given), out: out ?? null };
        const footage = gatherFootage(store, parts.settings(), request);
        const unable = await unableTo(parts, request);
        if (unable !== null) throw new AppError('model-missing', unable);
        if (out !== undefined) await requireTarget({ ...request, of: footage.map(recordingOf) }, out);
        return { job: jobs.start('export', request as unknown as JsonValue) };
      },
      estimate: async (given): Promise<ExportEstimate> => {
        const request = requestFrom(parts, given);
        const footage = gatherFootage(store, parts.settings(), request);
        const asked = { ...request, of: footage.map(recordingOf) };
        return {
          bytes: Math.round(estimatedBytes(request, footage)),
          name: suggestedName(asked, now()),
          isFolder: makesFolder(asked),
          missing: await missingOf(store, footage),
          unable: await unableTo(parts, request),
        };
      },
      exports: async () => {
        const rows = store.jobs
          .list()
          .filter(({ kind, state }) => kind === 'export' && state === 'done')
          .slice(0, mostExports)
          .map(async ({ id, params, startedAtMs }) => {
            const request = params as unknown as ExportRequest;
            return await exportRow(results, id, request, startedAtMs);
          });
        return { items: (await Promise.all(rows)).filter((row) => row !== null) };
      },
      receive: async ({ upload, piece }) => ({ upload: await uploads.receive(upload, piece) }),
      discard: async ({ upload }) => {
        await uploads.discard(upload);
        return {};
      },
      verify: async ({ path, upload, key, pem }, { signal }) => {
        if ((path === undefined) === (upload === undefined)) {
          throw new AppError('invalid-argument', 'Name one package: by its path, or as what was received.');
        }
        const file = path ?? uploads.pathOf(upload ?? '');
        const publicKey =
          pem === undefined
            ? key === undefined
              ? null
              : await readPublicKey(key)
            : publicKeyFrom(pem, 'What was given');
        const verification = await verifyPackage(file, publicKey, signal).catch((error: unknown) => {
          throw packageErrorFrom(error, file);
        });
        if (upload !== undefined) await uploads.discard(upload);
        return { verification, isOwn: verification.signer === (await ownKey()).fingerprint };
      },
      publicKey: async () => {
        const { fingerprint, publicPem } = await ownKey();
        return { fingerprint, pem: publicPem };
      },
    },
  };
}

const recordingOf = ({ recording }: Footage) => recording;

/** Errors: `not-found`, `invalid-argument` where there is nothing to export, or a stretch in a form that is for flags. */
function requestFrom({ findFlag }: EvidenceParts, given: Given): Omit<ExportRequest, 'out'> {
  const { format, cut, whole, viewing, stretch = null } = given;
  const flags = [...new Set(given.flags.map((id) => findFlag(id).id))];
  if ((flags.length === 0) === (stretch === null)) {
    throw new AppError('invalid-argument', 'Name flags to export, or a stretch of one recording.');
  }
  if (stretch !== null && format !== 'clip' && format !== 'viewing') {
    throw new AppError('invalid-argument', 'Of a stretch without a flag, clips and viewing copies can be made.');
  }
  if (stretch !== null && stretch.end <= stretch.start) {
    throw new AppError('invalid-argument', 'The end of the stretch has to come after its start.');
  }
  return { flags, stretch, format, cut, whole, viewing };
}

/** Why this machine cannot make it; null where it can. */
async function unableTo(
  { nets }: EvidenceParts,
  { format, viewing }: Pick<ExportRequest, 'format' | 'viewing'>,
): Promise<string | null> {
  if (format === 'pdf') return findPrinter(process.env, process.platform) === null ? noPrinter : null;
  if (format !== 'viewing' && format !== 'package') return null;
  const level = viewing.heads ? await nets.level() : 'both';
  return level === 'none'
    ? 'Heads cannot be found without the models; fetch them in the settings, or draw the regions to hide yourself.'
    : null;
}

/** Recordings whose files are gone or not any more what was imported. */
async function missingOf(store: Store, footage: readonly Footage[]): Promise<ExportEstimate['missing']> {
  const recordings = new Map(footage.map(({ recording }) => [recording.id, recording]));
  const missing: ExportEstimate['missing'] = [];
  for (const { id, path } of recordings.values()) {
    await requireImported(store, id, path).catch((error: unknown) => {
      missing.push({ recording: id, name: baseName(path), reason: appErrorFrom(error).message });
    });
  }
  return missing;
}

async function exportRow(
  results: Pick<ExportResults, 'find'>,
  job: string,
  { format, flags, out }: ExportRequest,
  startedAtMs: number,
): Promise<ExportRow | null> {
  const result = await results.find(job);
  const path = result?.path ?? out;
  if (path === null) return null;
  const facts = await stat(path).catch(() => null);
  return {
    ...{ job, format, flags: flags.length, startedAtMs, name: baseName(path), path },
    isFolder: result?.isFolder ?? facts?.isDirectory() ?? false,
    isDownload: out === null,
    bytes: facts?.isFile() === true ? facts.size : null,
    notes: [...(result?.notes ?? [])],
  };
}

function packageErrorFrom(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof AppError) return error;
  return new AppError('not-found', `${path} cannot be read: ${error.message}.`, { details: { path }, cause: error });
}

/** Before there is a job: a wrong path is the caller's to mend. Errors: `not-found`, `invalid-argument`. */
async function requireTarget(asked: Asked, out: string): Promise<void> {
  const refuse = (reason: string) => new AppError('invalid-argument', reason, { details: { path: out } });
  const there = await stat(out).catch(() => null);
  if (makesFolder(asked)) {
    if (there !== null && !there.isDirectory()) {
      throw refuse(`${out} is a file; this makes several, so name a folder.`);
    }
  } else {
    // Evidence that was handed out is not to be replaced by other evidence of the same name.
    if (there !== null) throw refuse(`${out} is there already; name another file or remove it.`);
    const extension = extensionOf(asked, asked.of[0]);
    const isVideo = asked.format === 'clip' || asked.format === 'viewing';
    if (isVideo && extname(out).toLowerCase() !== extension) {
      throw refuse(`This ${asked.format === 'clip' ? 'clip' : 'copy'} is a ${extension} file; name ${out} so.`);
    }
  }
  const parent = dirname(out);
  if ((await stat(parent).catch(() => null))?.isDirectory() !== true) {
    throw new AppError('not-found', `There is no folder ${parent}.`, { details: { path: parent } });
  }
}
