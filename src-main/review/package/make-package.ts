/** Puts an evidence package together: what it is to hold, its manifest, and the signature over that. */
import type { AuditHead } from '../../contract/audit.ts';
import { type Manifest, manifestFormat } from '../../contract/evidence.ts';
import { canonicalJson, type JsonValue } from '../../store/index.ts';
import { type Content, measure, writeZip } from './write-zip.ts';
import type { SigningKey } from './signing.ts';
import { manifestName, signatureName } from './package-names.ts';

export interface PackageFacts {
  readonly program: string;
  readonly madeAtMs: number;
  readonly flags: readonly string[];
  readonly auditHead: AuditHead;
}

export interface MakeOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** A text of a package. */
export const textContent = (name: string, text: string): Content => ({ name, bytes: Buffer.from(text, 'utf8') });

/** A value as the one JSON text that stands for it. */
export const jsonContent = (name: string, value: unknown): Content =>
  // Schemas of the contract are JSON, which their types do not tell.
  textContent(name, `${canonicalJson(value as JsonValue)}\n`);

/**
 * Writes the package to the new file `path` and returns its manifest's text. Errors: those of reading the contents and of
 * writing; `cancelled`. What was begun is left to the caller, who names a file aside.
 */
export async function makePackage(
  path: string,
  contents: readonly Content[],
  facts: PackageFacts,
  key: SigningKey,
  { signal, onProgress }: MakeOptions,
): Promise<Manifest> {
  let [done, total] = [0, 0];
  const measured = [];
  for (const content of contents) {
    const each = await measure(content, (bytes) => (total += 2 * bytes) && onProgress((done += bytes), total), signal);
    measured.push(each);
  }
  const manifest: Manifest = {
    format: manifestFormat,
    ...{ program: facts.program, madeAtMs: facts.madeAtMs, flags: [...facts.flags], auditHead: facts.auditHead },
    signer: key.fingerprint,
    entries: measured.map(({ entry: { name, bytes }, sha256 }) => ({ name, bytes, sha256 })),
  };
  const manifestText = jsonContent(manifestName, manifest);
  const signed = 'bytes' in manifestText ? manifestText.bytes : new Uint8Array();
  const own = [manifestText, jsonContent(signatureName, key.sign(signed))];
  for (const content of own) measured.push(await measure(content, () => undefined, signal));
  await writeZip(path, measured, (bytes) => onProgress((done += bytes), Math.max(done, total)), signal);
  return manifest;
}

/** Several files in one archive, without manifest and signature. Errors: as of `makePackage`. */
export async function plainZip(path: string, contents: readonly Content[], signal: AbortSignal): Promise<void> {
  const measured = [];
  for (const content of contents) measured.push(await measure(content, () => undefined, signal));
  await writeZip(path, measured, () => undefined, signal);
}
