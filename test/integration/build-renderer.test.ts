/** Building the window: only what is stale, whole or not at all, and twice at once without harm. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let checkout: string;

/** A checkout whose window is one script, with the libraries of this one. */
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'anom-pi-window-'));
  for (const part of ['scripts', 'vite.renderer.config.ts', 'package.json']) {
    await cp(join(root, part), join(checkout, part), { recursive: true });
  }
  for (const folder of ['src-renderer', 'src-main/contract']) await mkdir(join(checkout, folder), { recursive: true });
  await writeFile(join(checkout, 'package-lock.json'), '{}');
  await writeFile(join(checkout, 'src-renderer/index.html'), '<script type="module" src="/main.ts"></script>');
  await writeFile(join(checkout, 'src-renderer/main.ts'), "document.title = 'first';\n");
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'), 'junction');
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

const build = () =>
  promisify(execFile)(process.execPath, [join(checkout, 'scripts/build-renderer.ts')], { cwd: checkout });

/** The script that the built page names. */
async function builtScript(): Promise<string> {
  const page = await readFile(join(checkout, 'out/renderer/index.html'), 'utf8');
  const name = /src="\.\/(assets\/[\w-]+\.js)"/.exec(page)?.[1] ?? '';
  return readFile(join(checkout, 'out/renderer', name), 'utf8');
}

it('builds what is missing or stale, and nothing else', async () => {
  expect((await build()).stdout).toMatch(/^window: built in/);
  expect(await builtScript()).toContain('first');
  expect((await build()).stdout).toBe('');
  await writeFile(join(checkout, 'src-renderer/main.test.ts'), 'a test is not built');
  expect((await build()).stdout).toBe('');

  await writeFile(join(checkout, 'src-renderer/main.ts'), "document.title = 'second';\n");
  expect((await build()).stdout).toMatch(/^window: built in/);
  expect(await builtScript()).toContain('second');
  expect(await readdir(join(checkout, 'out'))).toEqual(['renderer']);
});

it('leaves the older window where a source is broken, and names the reason first', async () => {
  await build();
  await writeFile(join(checkout, 'src-renderer/main.ts'), "import './missing.ts';\n");
  await expect(build()).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Error: .*missing\.ts/m) as unknown,
  });
  expect(await builtScript()).toContain('first');
  expect(await readdir(join(checkout, 'out'))).toEqual(['renderer']);
});

it('is done by several at once without harm', async () => {
  await Promise.all([build(), build(), build()]);
  expect(await builtScript()).toContain('first');
  expect(await readdir(join(checkout, 'out'))).toEqual(['renderer']);
  expect((await build()).stdout).toBe('');
});
