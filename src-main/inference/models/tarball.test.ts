/** Archives as npm writes them, and as nobody should. */
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tarArchive, type TarEntry } from '../../../test/fixtures/nets/tar-archive.ts';
import { filesFromTarball } from './tarball.ts';

const limit = { limit: 100_000 };

async function tarball(entries: readonly TarEntry[], change: (bytes: Buffer) => Buffer = (bytes) => bytes) {
  const folder = await mkdtemp(join(tmpdir(), 'anom-pi-'));
  await writeFile(join(folder, 'a.tgz'), change(gzipSync(tarArchive(entries))));
  return { folder, path: join(folder, 'a.tgz') };
}

describe('filesFromTarball', () => {
  it('gives back any content of any length, whatever stands between', async () => {
    const entry = fc.record({
      data: fc.oneof(
        fc.uint8Array({ maxLength: 1600 }),
        fc.constantFrom(0, 511, 512, 513, 70_000).map((n) => new Uint8Array(n).fill(n)),
      ),
      wanted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 6 }), async (list) => {
        const entries = list.map(({ data }, index) => ({ name: `package/${index}`, data }));
        const wanted = entries.filter((_, index) => list[index]?.wanted).map(({ name }) => name);
        const { path } = await tarball(entries);
        const files = await filesFromTarball(path, wanted, limit);
        expect([...files.keys()]).toEqual(wanted);
        const different = entries.filter(({ name, data }) => Buffer.compare(files.get(name) ?? data, data) !== 0);
        expect(different).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('writes nothing, follows no link and takes no other path for the wanted one', async () => {
    const data = Buffer.from('x');
    const { folder, path } = await tarball([
      { name: '../../evil', data },
      { name: '/etc/evil', data },
      { name: 'package/net', data: Buffer.alloc(0), type: '2', link: '/etc/passwd' },
      { name: 'package/net', data: Buffer.alloc(0), type: '5' },
      { name: 'package/../package/net', data },
      { name: 'net', prefix: 'package', data: Buffer.from('the net') },
    ]);
    const files = await filesFromTarball(path, ['package/net'], limit);
    expect([...files]).toEqual([['package/net', Buffer.from('the net')]]);
    expect(await readdir(folder)).toEqual(['a.tgz']);
  });

  it('says integrity-mismatch for archives that are cut, changed, too large or incomplete', async () => {
    const good = [{ name: 'package/net', data: Buffer.from('0123456789'.repeat(3000)) }];
    const refused = { code: 'integrity-mismatch' };
    for (const share of [0, 0.3, 0.6]) {
      const cut = await tarball(good, (bytes) => bytes.subarray(0, Math.floor(bytes.length * share)));
      await expect(filesFromTarball(cut.path, ['package/net'], limit)).rejects.toMatchObject(refused);
    }
    const noGzip = await tarball(good, () => Buffer.from('not an archive'));
    await expect(filesFromTarball(noGzip.path, ['package/net'], limit)).rejects.toMatchObject(refused);
    const whole = await tarball(good);
    await expect(filesFromTarball(whole.path, ['package/other'], limit)).rejects.toMatchObject(refused);
    await expect(filesFromTarball(whole.path, ['package/net'], { limit: 29_999 })).rejects.toMatchObject(refused);
  });

  it('ends at an abort', async () => {
    const { path } = await tarball([{ name: 'package/net', data: Buffer.from('x') }]);
    const signal = AbortSignal.abort();
    await expect(filesFromTarball(path, ['package/net'], { ...limit, signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
