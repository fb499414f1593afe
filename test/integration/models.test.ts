/** The end of `npm install`: it says a line for nets and window and never fails, whatever of node_modules there is. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A checkout with as much of node_modules as `packages` says, and no network: its npm is none. */
async function checkout(packages: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anom-pi-checkout-'));
  for (const part of ['package.json', 'scripts', 'src-main/contract', 'src-main/inference']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await mkdir(join(folder, 'node_modules'));
  for (const name of packages)
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  return folder;
}

function install(folder: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'scripts', 'postinstall.js')], {
    env: { PATH: '/nowhere', ...env },
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n') };
}

/** These checkouts have no sources of the window. */
const notBuilt: unknown = expect.stringMatching(/^window: not built \(.*\)\. It is built at first start\.$/);

describe('scripts/postinstall.js', () => {
  it('says that the nets are skipped where that was asked for', async () => {
    const { status, lines } = install(await checkout([]), { ANOM_PI_SKIP_MODELS: '1' });
    expect(status).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^models: skipped/), notBuilt]);
  });

  it('ends well where packages are missing', async () => {
    const { status, lines } = install(await checkout(['node']));
    expect(status).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^models: not fetched \(.*onnx-proto.*motion alone/), notBuilt]);
  });

  it('ends well where npm cannot be had', async () => {
    const { status, lines } = install(await checkout(['node', 'onnx-proto', 'valibot']));
    expect(status).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^models: no network .*motion alone/), notBuilt]);
  });

  it('fetches nothing where the nets are there', async () => {
    const folder = await checkout(['node', 'onnx-proto', 'valibot']);
    const script = `
      import { createHash } from 'node:crypto';
      import { mkdirSync, writeFileSync } from 'node:fs';
      const net = (name) => ({ file: name, bytes: 3, sha256: createHash('sha256').update('net').digest('hex') });
      mkdirSync('resources/models', { recursive: true });
      for (const name of ['a.onnx', 'b.onnx']) writeFileSync('resources/models/' + name, 'net');
      const manifest = { format: 1, source: 'test', nets: { nanodet: net('a.onnx'), movenet: net('b.onnx') } };
      writeFileSync('resources/models/models.json', JSON.stringify(manifest));`;
    spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
    expect(install(folder)).toEqual({ status: 0, lines: ['models: already in resources/models.', notBuilt] });
  });
});
