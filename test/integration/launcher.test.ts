/** The launcher in a checkout of its own: which Node runs what, where from, and how its end is told. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
let elsewhere: string;

/** Prints what it was started as, then does what its first argument says. */
const program = `
import { writeFileSync } from 'node:fs';
const [, entry, what, ...args] = process.argv;
const facts: unknown = { entry, args, from: process.env['INIT_CWD'], pid: process.pid, env: process.env['OWN_NODE'] ?? null };
if (what === 'fail') process.exitCode = 7;
if (what === 'wait') {
  setInterval(() => {}, 1000);
  process.once('SIGTERM', () => process.exit(9));
}
process.stdout.write(JSON.stringify(facts) + '\\n');
if (what === 'die') process.kill(process.pid, 'SIGKILL');
`;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'anom-pi-launcher-')));
  elsewhere = join(root, 'else where');
  await mkdir(join(root, 'src-main/hosts/cli'), { recursive: true });
  await mkdir(join(root, 'node_modules/node/bin'), { recursive: true });
  await mkdir(elsewhere);
  await copyFile(fileURLToPath(new URL('../../launcher.js', import.meta.url)), join(root, 'launcher.js'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await writeFile(join(root, 'src-main/hosts/cli/main.ts'), program);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

interface Start {
  readonly node?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function start(args: readonly string[], { node = process.execPath, cwd = root, env = {} }: Start = {}) {
  const { INIT_CWD: _own, ...inherited } = process.env;
  const child = spawn(node, [join(root, 'launcher.js'), ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8');
  return child;
}

async function run(args: readonly string[], options: Start = {}) {
  const child = start(args, options);
  const [closed, stdout, stderr] = await Promise.all([
    once(child, 'close'),
    child.stdout.toArray(),
    child.stderr.setEncoding('utf8').toArray(),
  ]);
  const [code, signal] = closed as [number | null, NodeJS.Signals | null];
  const line = stdout.join('');
  const facts = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : null;
  return { code, signal, facts, stderr: stderr.join('') };
}

describe('the launcher', () => {
  it('runs the command line in its own process on a Node that is new enough', async () => {
    const child = start(['done', 'a b', '--data', 'x']);
    const [line] = (await once(child.stdout, 'data')) as [string];
    expect(JSON.parse(line)).toEqual({
      entry: join(root, 'src-main/hosts/cli/main.ts'),
      args: ['a b', '--data', 'x'],
      from: root,
      pid: child.pid,
      env: null,
    });
    await once(child, 'close');
  });

  it('passes its exit code on', async () => {
    expect(await run(['fail'])).toMatchObject({ code: 7 });
  });

  it.each([
    ['npm run changed to the root', 'root', { INIT_CWD: '/where/it/was/typed' }, '/where/it/was/typed'],
    ['it was started directly', 'elsewhere', {}, 'elsewhere'],
    ['INIT_CWD is of an npm script around it', 'elsewhere', { INIT_CWD: '/some/other/project' }, 'elsewhere'],
  ])('knows where it was typed when %s', async (_what, cwd, env, from) => {
    const folders: Record<string, string> = { root, elsewhere };
    const { facts } = await run(['done'], { cwd: folders[cwd] ?? '', env });
    expect(facts?.['from']).toBe(folders[from] ?? from);
  });

  it('says what to do where the libraries are missing', async () => {
    await rm(join(root, 'node_modules'), { recursive: true });
    const { code, stderr } = await run(['done']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `anom-pi: the libraries are not installed. Run \`npm install\` in ${root} once, then try again.\n`,
    );
  });
});

// A newer Node that says it is an old one: the launcher cannot tell, and a real old one is not to be had everywhere.
describe.skipIf(process.platform === 'win32')('the launcher on an old Node', () => {
  let oldNode: string;
  const ownNode = () => join(root, 'node_modules/node/bin/node');

  beforeEach(async () => {
    oldNode = join(root, 'old-node');
    const pretends = join(root, 'pretends.cjs');
    await writeFile(pretends, "Object.defineProperty(process.versions, 'node', { value: '20.9.0' });");
    await writeFile(oldNode, `#!/bin/sh\nexec "${process.execPath}" --require "${pretends}" "$@"\n`);
    await writeFile(ownNode(), `#!/bin/sh\nOWN_NODE=yes exec "${process.execPath}" "$@"\n`);
    await Promise.all([chmod(oldNode, 0o755), chmod(ownNode(), 0o755)]);
  });

  it('goes on with the project’s own', async () => {
    const { code, facts } = await run(['done', 'a b'], { node: oldNode, cwd: elsewhere });
    expect(code).toBe(0);
    expect(facts).toMatchObject({ args: ['a b'], from: elsewhere, env: 'yes' });
  });

  it('finds the project’s own where npm only linked it', async () => {
    await mkdir(join(root, 'node_modules/.bin'));
    await copyFile(ownNode(), join(root, 'linked'));
    await symlink('../../linked', join(root, 'node_modules/.bin/node'));
    await rm(ownNode());
    expect((await run(['done'], { node: oldNode })).facts).toMatchObject({ env: 'yes' });
  });

  it('passes on exit codes, signals, and an end by signal', async () => {
    expect(await run(['fail'], { node: oldNode })).toMatchObject({ code: 7 });
    expect(await run(['die'], { node: oldNode })).toMatchObject({ code: null, signal: 'SIGKILL' });
    const child = start(['wait'], { node: oldNode });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([9, null]);
  });

  it('says in one line what to do where there is no other', async () => {
    await rm(join(root, 'node_modules'), { recursive: true });
    const { code, stderr } = await run(['done'], { node: oldNode });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `anom-pi: this is Node 20.9.0, Node 24 is needed. Run \`npm install\` in ${root} once, then try again.\n`,
    );
  });

  it('is plain JavaScript that needs nothing but Node', async () => {
    const text = await readFile(join(root, 'launcher.js'), 'utf8');
    const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([]);
  });
});
