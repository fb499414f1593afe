/** Checks an evidence package with nothing but the package, and the signer's public key where there is one. */
import type { KeyObject } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import {
  auditExcerptSchema,
  type Manifest,
  manifestSchema,
  type PackageFault,
  type PackageSignature,
  signatureSchema,
  type Verification,
} from '../../contract/evidence.ts';
import { parseAs } from '../../contract/validate.ts';
import { canonicalJson, type JsonValue } from '../../store/index.ts';
import { faultInExcerpt } from './audit-excerpt.ts';
import { faultsInList } from './compare-files.ts';
import { auditName, manifestName, signatureName } from './package-names.ts';
import { type ReadEntry, readZip } from './read-zip.ts';
import { fingerprintOf, isSignedBy, signerOf } from './signing.ts';

/** More than the log of a million verdicts; what is larger is not read into memory. */
const mostKeptBytes = 256 * 2 ** 20;
const keptNames: ReadonlySet<string> = new Set([manifestName, signatureName, auditName]);

/**
 * Reads the whole package, reads nothing else, and writes nothing. Everything wrong that can be told is among the faults.
 * @param key The signer's, where it is known. Errors: those of reading the file itself; `cancelled`.
 */
export async function verifyPackage(path: string, key: KeyObject | null, signal: AbortSignal): Promise<Verification> {
  const { entries, faults: zipFaults } = await readZip(
    path,
    (name, bytes) => keptNames.has(name) && bytes <= mostKeptBytes,
    signal,
  );
  const faults = [...zipFaults];
  const read = <Value>(name: string, fault: PackageFault['fault'], parse: (value: unknown) => Value): Value | null => {
    const { value, reason } = canonicalEntry(entries, name, parse);
    if (reason !== null) faults.push({ fault, entry: name, reason });
    return value;
  };
  const manifest = read(manifestName, 'manifest-altered', (value) => parsed(manifestSchema, value, manifestName));
  const signature = read(signatureName, 'signature-altered', (value) => parsed(signatureSchema, value, signatureName));
  const audit = read(auditName, 'audit-altered', (value) => parsed(auditExcerptSchema, value, auditName));
  // Names what was done to a file; that the signature tells of it too is no news.
  if (manifest !== null && !faults.some(({ fault }) => endsReading.has(fault))) {
    faults.push(...faultsInList(entries, manifest));
  }
  if (audit !== null) {
    const reason = faultInExcerpt(audit);
    if (reason !== null) faults.push({ fault: 'audit-altered', entry: auditName, reason });
    if (manifest !== null && canonicalJson(audit.head) !== canonicalJson(manifest.auditHead)) {
      faults.push({
        fault: 'audit-altered',
        entry: auditName,
        reason: 'The head of the audit log is not the manifest’s.',
      });
    }
  }
  const manifestBytes = entries.find(({ name }) => name === manifestName)?.content ?? null;
  const signer = signature === null ? null : signerFault(signature, manifest, manifestBytes, key, faults);
  return {
    holds: faults.length === 0,
    faults,
    signer,
    signerVerified: key !== null && faults.length === 0,
    madeAtMs: manifest?.madeAtMs ?? null,
    flags: manifest?.flags ?? [],
    auditHead: manifest?.auditHead ?? null,
    files: entries.length,
  };
}

const parsed = <S extends Parameters<typeof parseAs>[0]>(schema: S, value: unknown, name: string) =>
  parseAs(schema, value, name, 'integrity-mismatch');

/** After these, what follows in the file was not read. */
const endsReading: ReadonlySet<PackageFault['fault']> = new Set(['no-package', 'cut-off', 'header-altered']);

/** The signer's fingerprint, null where there is none; adds what is wrong with the signature to `faults`. */
function signerFault(
  signature: PackageSignature,
  manifest: Manifest | null,
  signed: Buffer | null,
  key: KeyObject | null,
  faults: PackageFault[],
): string | null {
  const add = (fault: PackageFault['fault'], reason: string) => faults.push({ fault, entry: signatureName, reason });
  const signer = signerOf(signature);
  if (signer === null) {
    add('signature-altered', 'The signature names no key.');
    return null;
  }
  const fingerprint = fingerprintOf(signer);
  if (key !== null && fingerprintOf(key) !== fingerprint) {
    add('other-signer', `It was signed with the key ${fingerprint}, not with the one given, ${fingerprintOf(key)}.`);
  }
  if (signed === null || !isSignedBy(signed, signature, signer)) {
    add(
      'signature-altered',
      'The signature is not that of the manifest: the manifest, the signature or its key was altered.',
    );
  } else if (manifest !== null && manifest.signer !== fingerprint) {
    add('signature-altered', `The manifest names ${manifest.signer} as its signer, the signature ${fingerprint}.`);
  }
  return fingerprint;
}

/** A JSON file of the package, if it is written in the one way in which this program writes it. */
function canonicalEntry<Value>(
  entries: readonly ReadEntry[],
  name: string,
  parse: (value: unknown) => Value,
): { readonly value: Value | null; readonly reason: string | null } {
  const content = entries.find((entry) => entry.name === name)?.content ?? null;
  if (content === null) return { value: null, reason: `${name} is missing.` };
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    const isCanonical = Buffer.from(`${canonicalJson(value as JsonValue)}\n`, 'utf8').equals(content);
    if (!isCanonical) return { value: null, reason: `${name} is not written as this program writes it.` };
    return { value: parse(value), reason: null };
  } catch (error) {
    const words = error instanceof AppError ? error.message : `${name} is no JSON.`;
    return { value: null, reason: words };
  }
}
