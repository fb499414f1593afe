/** Only nets that are whole are used. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findModels, isComplete, manifestFormat, sha256 } from './model-set.ts';

const bytes = { nanodet: Buffer.from('an object net'), movenet: Buffer.from('a pose net') };
type Name = keyof typeof bytes;

async function folderWith(names: readonly Name[], manifest: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anom-pi-'));
  const nets: Partial<Record<Name, object>> = {};
  for (const name of names) {
    await writeFile(join(folder, `${name}.onnx`), bytes[name]);
    nets[name] = { file: `${name}.onnx`, bytes: bytes[name].length, sha256: sha256(bytes[name]) };
  }
  await writeFile(
    join(folder, 'models.json'),
    JSON.stringify({ format: manifestFormat, source: 'test', nets, ...manifest }),
  );
  return folder;
}

describe('findModels', () => {
  it('takes the first complete folder, else the first with any net, else none', async () => {
    const [poses, both, empty] = [
      await folderWith(['movenet']),
      await folderWith(['nanodet', 'movenet']),
      await folderWith([]),
    ];
    expect(await findModels([empty, poses, both])).toMatchObject({ folder: both, nanodet: join(both, 'nanodet.onnx') });
    expect(await findModels([empty, poses])).toMatchObject({
      folder: poses,
      nanodet: null,
      movenet: join(poses, 'movenet.onnx'),
    });
    expect(await findModels([empty, '/nowhere'])).toEqual({ folder: empty, nanodet: null, movenet: null, id: '' });
    expect(await findModels([])).toEqual({ folder: '', nanodet: null, movenet: null, id: '' });
  });

  it('gives each set of nets an id of its own, wherever it lies', async () => {
    const sets = await Promise.all(
      [['nanodet', 'movenet'], ['nanodet', 'movenet'], ['nanodet'], ['movenet']].map(async (names) =>
        findModels([await folderWith(names as Name[])]),
      ),
    );
    const [first, second, ...others] = sets.map((set) => set.id);
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect(second).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
    expect(sets.map(isComplete)).toEqual([true, true, false, false]);
  });

  it.each([
    ['cut', bytes.nanodet.subarray(0, 5)],
    ['changed', Buffer.from('an object net'.replace('j', 'k'))],
    ['longer', Buffer.concat([bytes.nanodet, Buffer.from('!')])],
    ['empty', Buffer.alloc(0)],
  ])('does not use a net that was %s', async (_, content) => {
    const folder = await folderWith(['nanodet', 'movenet']);
    await writeFile(join(folder, 'nanodet.onnx'), content);
    expect(await findModels([folder])).toMatchObject({ nanodet: null, movenet: join(folder, 'movenet.onnx') });
  });

  it('believes no manifest of another format, that is damaged, or that points elsewhere', async () => {
    const entry = { bytes: bytes.nanodet.length, sha256: sha256(bytes.nanodet) };
    const other = await folderWith(['nanodet']);
    const manifests = [
      { format: manifestFormat + 1 },
      { nets: { nanodet: { ...entry, file: join('..', other.split('/').at(-1) ?? '', 'nanodet.onnx') } } },
      { nets: { nanodet: null } },
      { nets: { nanodet: { file: 'nanodet.onnx' } } },
    ];
    for (const manifest of manifests) {
      expect(await findModels([await folderWith(['nanodet'], manifest)])).toMatchObject({ id: '' });
    }
    const broken = await folderWith(['nanodet']);
    await writeFile(join(broken, 'models.json'), '{"format":');
    expect(await findModels([broken])).toMatchObject({ id: '' });
  });
});
