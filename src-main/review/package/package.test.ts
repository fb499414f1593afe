/** Evidence packages: what is written holds, and what was done to it afterwards is named. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it, test } from 'vitest';
import type { PackageFault } from '../../contract/evidence.ts';
import { beforeFirstRow } from '../../store/index.ts';
import { jsonContent, textContent } from './make-package.ts';
import { signingKey } from './signing.ts';
import { createSamplePackage, excerpt, faultsOf, filesOf } from './testing/sample-package.ts';
import type { Content } from './write-zip.ts';

const { at, key, bytes, contents, make, verify, zipOf, remove } = await createSamplePackage();
afterAll(remove);

describe('a package', () => {
  it('holds, and says who signed it only where the key is known', async () => {
    const fingerprint = key.fingerprint;
    expect(await verify(bytes)).toEqual({
      ...{
        holds: true,
        faults: [],
        signer: fingerprint,
        signerVerified: false,
        madeAtMs: 5,
        flags: ['f1'],
        auditHead: excerpt().head,
        files: 7,
      },
    });
    const known = await verify(bytes, at('public.pem'));
    expect(known).toMatchObject({ holds: true, signer: fingerprint, signerVerified: true });
    expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('is the same bytes whenever it is made of the same', async () => {
    expect((await make()).equals(bytes)).toBe(true);
    expect((await signingKey(at('key.pem'))).fingerprint).toBe(key.fingerprint);
    const first = await Promise.all([1, 2, 3].map(() => signingKey(at('first.pem'))));
    expect(new Set(first.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(statSync(at('key.pem')).mode & 0o777).toBe(0o600);
  });

  it('is a ZIP as other programs read it', () => {
    const files = filesOf(bytes);
    expect(files.map(({ name }) => name)).toEqual([
      ...contents().map(({ name }) => name),
      'manifest.json',
      'signature.json',
    ]);
    expect(files[2]).toEqual({ name: 'flags/01/Kamera ü.bin', bytes: readFileSync(at('clip.bin')) });
  });

  it('whose signer is another than the one expected is refused', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(at('other.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    const found = await verify(bytes, at('other.pem'));
    expect(found).toMatchObject({ holds: false, signerVerified: false, signer: key.fingerprint });
    expect(faultsOf(found)).toEqual(['other-signer']);
  });

  it('that a stranger signed anew holds, but not for who knows the signer', async () => {
    const forged = await make(contents(), await signingKey(at('stranger.pem')));
    expect(await verify(forged)).toMatchObject({ holds: true, signerVerified: false });
    expect(faultsOf(await verify(forged, at('public.pem')))).toEqual(['other-signer']);
  });

  it('in which a row of the audit log was altered is refused, whoever signs it', async () => {
    const { rows, ...rest } = excerpt();
    const changed = rows.map((row) =>
      row.number === 4 ? { ...row, details: { ...row.details, note: 'other' } } : row,
    );
    const found = await verify(await make(contents({ ...rest, rows: changed })));
    expect(found.faults).toEqual([
      { fault: 'audit-altered', entry: 'audit.json', reason: 'Row 4 of the audit log was altered.' },
    ]);
    for (const audit of [
      { ...rest, rows, digests: rest.digests.slice(0, -1) },
      { ...rest, rows, digests: rest.digests.toReversed() },
      { ...rest, rows: rows.toReversed() },
      { ...rest, rows, head: { ...rest.head, hash: beforeFirstRow } },
    ]) {
      expect(new Set(faultsOf(await verify(await make(contents(audit)))))).toEqual(new Set(['audit-altered']));
    }
  });
});

describe('what was done to a package is named', () => {
  const cases: readonly [string, (files: Content[]) => Content[], readonly PackageFault['fault'][], string][] = [
    [
      'a file added',
      (files) => [...files.slice(0, 2), textContent('more.txt', 'x'), ...files.slice(2)],
      ['file-added'],
      'more.txt',
    ],
    ['a file added twice', (files) => [...files, files[0] ?? expect.unreachable()], ['file-added'], 'README.txt'],
    ['a file removed', (files) => files.filter(({ name }) => name !== 'README.txt'), ['file-removed'], 'README.txt'],
    [
      'an empty file removed',
      (files) => files.filter(({ name }) => !name.endsWith('empty.txt')),
      ['file-removed'],
      'flags/01/empty.txt',
    ],
    [
      'a file renamed',
      (files) => files.map((file) => (file.name === 'README.txt' ? { ...file, name: 'LIES.txt' } : file)),
      ['file-renamed'],
      'README.txt',
    ],
    [
      'files reordered',
      (files) => [files[1], files[0], ...files.slice(2)].flatMap((file) => file ?? []),
      ['files-reordered'],
      'audit.json',
    ],
    [
      'a file altered',
      (files) => files.map((file) => (file.name === 'README.txt' ? textContent(file.name, 'lies') : file)),
      ['content-altered'],
      'README.txt',
    ],
  ];
  test.each(cases)('%s', async (_, change, faults, entry) => {
    const found = await verify(await zipOf(change(filesOf(bytes))));
    expect(faultsOf(found)).toEqual(faults);
    expect(found.faults[0]?.entry).toBe(entry);
  });

  test('a manifest, a signature or a log that is not there, or is no JSON, or is written another way', async () => {
    for (const [name, fault] of [
      ['manifest.json', 'manifest-altered'],
      ['signature.json', 'signature-altered'],
      ['audit.json', 'audit-altered'],
    ] as const) {
      const files = filesOf(bytes);
      const without = await verify(await zipOf(files.filter((file) => file.name !== name)));
      expect(without.faults).toContainEqual({ fault, entry: name, reason: `${name} is missing.` });
      for (const rewrite of [(text: string) => `${text} `, (text: string) => text.slice(1), () => '[]\n']) {
        const changed = files.map((file) =>
          file.name === name ? textContent(name, rewrite(file.bytes.toString())) : file,
        );
        expect(faultsOf(await verify(await zipOf(changed)))).toContain(fault);
      }
    }
  });

  test('bytes before, between and behind the files, and a comment', async () => {
    const end = bytes.length - 22;
    const directory = bytes.readUInt32LE(end + 16);
    const withComment = Buffer.concat([bytes, Buffer.from('hi')]);
    withComment.writeUInt16LE(2, end + 20);
    for (const [changed, fault] of [
      [Buffer.concat([Buffer.alloc(1), bytes]), 'no-package'],
      [Buffer.concat([bytes, Buffer.alloc(1)]), 'directory-altered'],
      [withComment, 'directory-altered'],
      [
        Buffer.concat([bytes.subarray(0, directory), Buffer.from('xxxx'), bytes.subarray(directory)]),
        'directory-altered',
      ],
      [Buffer.alloc(0), 'no-package'],
      [Buffer.from('%PDF-1.7 and so on, for more than twenty-two bytes'), 'no-package'],
      [bytes.subarray(0, 40), 'cut-off'],
    ] as const) {
      expect(faultsOf(await verify(changed))[0]).toBe(fault);
    }
  });

  test('a signature or key in another spelling of the same base64', async () => {
    const files = filesOf(bytes);
    const signature = JSON.parse(files.at(-1)?.bytes.toString() ?? '') as Record<string, string>;
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    for (const member of ['signature', 'publicKey']) {
      const text = signature[member] ?? '';
      const pad = text.length - text.replace(/=+$/, '').length;
      const end = text.length - pad - 1;
      const twin = letters[letters.indexOf(text[end] ?? '') + 1] ?? 'A';
      const spelled = text.slice(0, end) + twin + text.slice(end + 1);
      expect(Buffer.from(spelled, 'base64').equals(Buffer.from(text, 'base64'))).toBe(true);
      const changed = [...files.slice(0, -1), jsonContent('signature.json', { ...signature, [member]: spelled })];
      expect(faultsOf(await verify(await zipOf(changed)))).toContain('signature-altered');
    }
  });
});
