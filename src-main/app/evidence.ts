/** The calls of the contract that take evidence out and check it, and those that read the audit log. */
import { stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Flag } from '../contract/flag.ts';
import type { Service } from '../contract/service.ts';
import { readPublicKey, signingKey, verifyPackage } from '../review/index.ts';
import type { Store } from '../store/index.ts';
import type { DataFolder } from './data-folder.ts';
import { type ExportRequest, extensionOf, makesFolder } from './export/export-job.ts';
import type { Jobs } from './jobs.ts';

export interface EvidenceParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly folder: Pick<DataFolder, 'evidenceKey'>;
  /** The flag of an id or of the beginning of one. Errors: `not-found`, `invalid-argument`. */
  readonly findFlag: (id: string) => Flag;
}

export function createEvidenceCalls({
  store,
  jobs,
  folder,
  findFlag,
}: EvidenceParts): Pick<Service, 'evidence' | 'audit'> {
  return {
    evidence: {
      export: async ({ flags: given, format, out, exact, whole }) => {
        const found = given.map(findFlag);
        const flags = [...new Set(found.map(({ id }) => id))];
        const request = { flags, format, out, exact, whole };
        await requireTarget(store, request, found);
        return { job: jobs.start('export', request) };
      },
      verify: async ({ path, key }, { signal }) => {
        const publicKey = key === undefined ? null : await readPublicKey(key);
        return { verification: await verifyPackage(path, publicKey, signal) };
      },
      publicKey: async () => {
        const { fingerprint, publicPem } = await signingKey(folder.evidenceKey);
        return { fingerprint, pem: publicPem };
      },
    },
    audit: {
      head: async () => store.inspectAudit(),
      list: async ({ after, limit }) => {
        const before = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after);
        const items = Number.isSafeInteger(before) ? store.audit.page(before, limit) : [];
        const last = items.at(-1)?.number ?? 1;
        return { items, next: last > 1 ? String(last) : null };
      },
    },
  };
}

/** Before there is a job: a wrong path is the caller's to mend. Errors: `not-found`, `invalid-argument`. */
async function requireTarget(
  store: Store,
  { format, out, exact }: ExportRequest,
  found: readonly Flag[],
): Promise<void> {
  const refuse = (reason: string) => new AppError('invalid-argument', reason, { details: { path: out } });
  const flags = found.flatMap(({ recording: id }) => {
    const recording = store.recordings.get(id);
    return recording === undefined ? [] : [{ recording }];
  });
  const there = await stat(out).catch(() => null);
  if (makesFolder(format, flags)) {
    if (there !== null && !there.isDirectory()) {
      throw refuse(`${out} is a file; these flags make several, so name a folder.`);
    }
  } else {
    // Evidence that was handed out is not to be replaced by other evidence of the same name.
    if (there !== null) throw refuse(`${out} is there already; name another file or remove it.`);
    const extension = extensionOf(format, flags, exact);
    if (format === 'clip' && extname(out).toLowerCase() !== extension) {
      throw refuse(`This clip is a ${extension} file; name ${out} so.`);
    }
  }
  const parent = dirname(out);
  if ((await stat(parent).catch(() => null))?.isDirectory() !== true) {
    throw new AppError('not-found', `There is no folder ${parent}.`, { details: { path: parent } });
  }
}
