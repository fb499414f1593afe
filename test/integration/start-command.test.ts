/** `anom-pi start`: its window where Electron runs, the browser where it does not, and one line that says which and why. */
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../src-main/hosts/cli/commands/start.ts';
import { absoluteFrom, type Surroundings } from '../../src-main/hosts/cli/command.ts';
import { connectCore, type CoreConnection } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { createWorkspace } from '../support/cli.ts';
import { type CoreFolder, createCoreFolder } from '../support/core-folder.ts';
import { createFakeElectron, type FakeElectron } from '../support/fake-electron.ts';
import { makeVideo } from '../support/videos.ts';

describe.skipIf(process.platform === 'win32')('start', () => {
  let folder: CoreFolder;
  let electron: FakeElectron;
  let root: string;
  let abort: AbortController;
  let printed: string[];
  const connections: CoreConnection[] = [];

  beforeEach(async () => {
    folder = await createCoreFolder();
    root = await realpath(dirname(folder.dataFolder));
    electron = await createFakeElectron(root);
    abort = new AbortController();
    printed = [];
    await writeFile(join(root, 'build.js'), '');
  });
  afterEach(async () => {
    abort.abort();
    for (const connection of connections.splice(0)) connection.close();
    await folder[Symbol.asyncDispose]();
  });

  const run = (folders: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => {
    const surroundings: Surroundings = {
      output: {
        json: false,
        result: (_value, text) => void printed.push(text),
        note: () => undefined,
        progress: () => undefined,
        settle: () => undefined,
      },
      entries: { ...entries, ...folder.entries },
      dataFolder: folder.dataFolder,
      signal: abort.signal,
      absolute: absoluteFrom,
      async connect() {
        const connection = await connectCore({ dataFolder: folder.dataFolder, entries: folder.entries });
        connections.push(connection);
        return connection.client;
      },
    };
    return start(surroundings, folders, {
      packageFolder: electron.packageFolder,
      program: '/the/program',
      build: join(root, 'build.js'),
      platform: 'linux',
      env: { PATH: process.env['PATH'], DISPLAY: ':0', ...env },
      isRoot: false,
      again: false,
    });
  };
  const browserLine = (reason: string) =>
    expect.stringMatching(
      new RegExp(
        `^Electron cannot run here \\(${reason}\\); Anom-π Review is at http://127\\.0\\.0\\.1:\\d+/\\?token=\\S+$`,
      ),
    );

  it('opens the window on the bundle, with the data folder and the folders', async () => {
    await electron.setBinary(`echo "$ANOM_PI_DATA" > '${join(root, 'data-folder')}'`);
    await writeFile(join(root, 'build.js'), `require('node:fs').writeFileSync('${join(root, 'built')}', '')`);
    expect(await run(['/footage', '/more'])).toBe(0);
    expect(electron.runs()).toEqual(['--version', '/the/program /footage /more']);
    expect(printed).toEqual(['Anom-π Review is in its window.']);
    expect(await readFile(join(root, 'data-folder'), 'utf8')).toBe(`${folder.dataFolder}\n`);
    expect(await readFile(join(root, 'built'), 'utf8')).toBe('');
  });

  it('closes the window at Ctrl-C', async () => {
    await electron.setBinary('[ "$1" = --version ] || exec sleep 600');
    const ended = run();
    await expect.poll(() => electron.runs().length, { timeout: 20_000 }).toBe(2);
    abort.abort();
    expect(await ended).toBe(0);
  });

  it('goes to the browser where the window ends as it starts, and at once the next time', async () => {
    await electron.setBinary('[ "$1" = --version ] || { echo "FATAL: no GPU" >&2; exit 5; }');
    const line = browserLine('it ended as it started: exit code 5, FATAL: no GPU');
    const first = run();
    await expect.poll(() => printed.at(-1), { timeout: 20_000 }).toEqual(line);
    abort.abort();
    expect(await first).toBe(0);

    abort = new AbortController();
    printed = [];
    const second = run();
    await expect.poll(() => printed, { timeout: 20_000 }).toEqual([line]);
    expect(electron.runs()).toHaveLength(2);
    abort.abort();
    expect(await second).toBe(0);
  });

  it('goes to the browser where the window cannot be built, and tries again the next time', async () => {
    await electron.setBinary('exit 0');
    await writeFile(join(root, 'build.js'), 'throw new Error("no bundler")');
    const ended = run();
    await expect
      .poll(() => printed, { timeout: 20_000 })
      .toEqual([browserLine('the window could not be built: .*no bundler')]);
    abort.abort();
    await ended;
    await writeFile(join(root, 'build.js'), '');
    abort = new AbortController();
    expect(await run()).toBe(0);
  });

  it('says in one line why it is in the browser', async () => {
    await electron.setDownload('console.error("Error: connect ECONNREFUSED"); process.exit(1)');
    const ended = run();
    await expect
      .poll(() => printed, { timeout: 20_000 })
      .toEqual([browserLine('no binary, and it could not be fetched: Error: connect ECONNREFUSED')]);
    abort.abort();
    expect(await ended).toBe(0);
  });
});

it('start --browser imports and scans folders, and serves until it is told to end', async () => {
  await using workspace = await createWorkspace();
  const archive = join(workspace.root, 'archive');
  await mkdir(archive);
  await makeVideo(join(archive, 'clip.mp4'), { frames: 30 });
  const { process: host, result } = workspace.start(['start', archive, '--browser', '--json']);
  let text = '';
  host.stdout?.on('data', (data: Buffer) => (text += data.toString()));
  await expect.poll(() => text, { timeout: 60_000 }).toContain('"type":"summary"');
  host.kill('SIGTERM');
  const { code, lines } = await result;
  expect([code, lines.map(({ type }) => type)]).toEqual([0, ['serving', 'recording', 'summary']]);
});

it.skipIf(process.platform !== 'linux')(
  'start without a display is in the browser, and says so in one line',
  async () => {
    await using workspace = await createWorkspace();
    const { process: host, result } = workspace.start(['start'], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    let text = '';
    host.stdout?.on('data', (data: Buffer) => (text += data.toString()));
    // Root meets its own obstacle first.
    const line =
      /^Electron cannot run here \((there is no display|its sandbox does not work for root)\); .*http:\S+\n$/;
    await expect.poll(() => text, { timeout: 60_000 }).toMatch(line);
    host.kill('SIGTERM');
    expect((await result).code).toBe(0);
  },
);

it('start takes one of the two windows', async () => {
  await using workspace = await createWorkspace();
  expect(await workspace.cli(['start', '--browser', '--electron'])).toMatchObject({ code: 2 });
});
