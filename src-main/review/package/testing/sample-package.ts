/** A small evidence package with everything that tests do to it: change it, take it apart, write it anew, check it. */
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditRow } from '../../../contract/audit.ts';
import type { PackageFault, Verification } from '../../../contract/evidence.ts';
import { randomFrom } from '../../../math/random.ts';
import { auditDigest, beforeFirstRow, chainedHash } from '../../../store/index.ts';
import { auditExcerpt } from '../audit-excerpt.ts';
import { jsonContent, makePackage, textContent } from '../make-package.ts';
import { readPublicKey, signingKey, type SigningKey } from '../signing.ts';
import { verifyPackage } from '../verify-package.ts';
import { type Content, measure, writeZip } from '../write-zip.ts';

const { signal } = new AbortController();

function auditRows(): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let number = 1; number <= 6; number++) {
    const subject = number % 2 === 0 ? 'f1' : 'f2';
    const content = {
      number,
      atMs: number,
      kind: 'verdict',
      subject,
      details: { decision: 'confirm', note: `n${number}` },
    };
    const previous = rows.at(-1)?.hash ?? beforeFirstRow;
    rows.push({ ...content, previous, hash: chainedHash(previous, auditDigest(content)) });
  }
  return rows;
}
export const excerpt = () => auditExcerpt(auditRows(), ({ subject }) => subject === 'f1');

export const faultsOf = ({ faults }: Verification): PackageFault['fault'][] => faults.map(({ fault }) => fault);

/** The files of an archive by its directory, read as any other program reads them. */
export function filesOf(archive: Buffer): { readonly name: string; readonly bytes: Buffer }[] {
  const end = archive.length - 22;
  const count = archive.readUInt16LE(end + 10);
  let position = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const [crc, size, name, offset] = [
      archive.readUInt32LE(position + 16),
      archive.readUInt32LE(position + 24),
      archive.subarray(position + 46, position + 46 + archive.readUInt16LE(position + 28)).toString('utf8'),
      archive.readUInt32LE(position + 42),
    ];
    position += 46 + archive.readUInt16LE(position + 28) + archive.readUInt16LE(position + 30);
    const from = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const content = archive.subarray(from, from + size);
    if (crc32(content) !== crc) throw new RangeError(`${name} has another checksum`);
    return { name, bytes: content };
  });
}

/** A folder with a package that holds, `good.zip`, and the public key that it was signed with. */
export async function createSamplePackage() {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'anom-pi-package-'));
  const at = (name: string) => join(folder.path, name);
  const random = randomFrom(1);
  writeFileSync(
    at('clip.bin'),
    Uint8Array.from({ length: 600 }, () => random.integer(256)),
  );
  const key = await signingKey(at('key.pem'));
  writeFileSync(at('public.pem'), key.publicPem);
  const facts = { program: 'test 1', madeAtMs: 5, flags: ['f1'], auditHead: excerpt().head };
  let written = 0;

  const contents = (audit: unknown = excerpt()): Content[] => [
    textContent('README.txt', 'Grüße: what this is.\n'),
    jsonContent('audit.json', audit),
    { name: 'flags/01/Kamera ü.bin', path: at('clip.bin') },
    textContent('flags/01/empty.txt', ''),
    jsonContent('flags/01/flag.json', { start: 1.5, class: 'fall' }),
  ];
  /** The bytes of a new package. */
  async function make(list = contents(), signer: SigningKey = key): Promise<Buffer> {
    const path = at(`made-${++written}.zip`);
    await makePackage(path, list, facts, signer, { signal, onProgress: () => undefined });
    return readFileSync(path);
  }
  const bytes = await make();
  writeFileSync(at('good.zip'), bytes);

  return {
    ...{ at, key, bytes, contents, make, remove: () => folder.remove() },
    /** @param keyFile The signer's public key, where it is to be compared. */
    async verify(changed: Uint8Array, keyFile?: string): Promise<Verification> {
      const path = at(`changed-${++written}.zip`);
      writeFileSync(path, changed);
      return await verifyPackage(path, keyFile === undefined ? null : await readPublicKey(keyFile), signal);
    },
    /** A canonical archive of any files, as somebody could make it who knows the format but not the key. */
    async zipOf(list: readonly Content[]): Promise<Buffer> {
      const path = at(`zip-${++written}.zip`);
      const measured = await Promise.all(list.map((content) => measure(content, () => undefined, signal)));
      await writeZip(path, measured, () => undefined, signal);
      return readFileSync(path);
    },
  };
}
