/** Finding, starting and losing a core, with processes of their own. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, assert, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../src-main/contract/errors.ts';
import { type ConnectOptions, connectCore } from '../../src-main/hosts/connect-core.ts';
import { acquireDataFolderLock, readHolder } from '../../src-main/store/index.ts';
import { openWebSocket } from '../../src-main/transport/web-socket.ts';
import { isAlive, killAndWait, until } from '../support/cli.ts';
import { type CoreFolder, createCoreFolder, standInEntries } from '../support/core-folder.ts';

let folder: CoreFolder;
beforeEach(async () => {
  folder = await createCoreFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

const connect = (options: Partial<ConnectOptions> = {}) =>
  connectCore({ dataFolder: folder.dataFolder, entries: standInEntries, ...options });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  );

describe('connectCore', () => {
  it('starts a core where none runs, and finds the one that runs', async () => {
    const first = await connect();
    const second = await connect();
    expect(first.core.pid).not.toBe(process.pid);
    expect(second.core).toEqual(first.core);
    first.close();
    expect((await second.client.jobs.list()).items).toHaveLength(1);
    second.close();
  });

  it('leaves the core running when the one that started it goes, until nobody is connected', async () => {
    const starter = await connect();
    const { pid } = starter.core;
    const other = await connect();
    starter.close();
    await starter.client.closed;
    expect((await other.client.core.info()).pid).toBe(pid);
    other.close();
    await until(() => !isAlive(pid));
    expect(readHolder(folder.dataFolder)).toBeNull();
  });

  it.each(['', 'slow'])('brings four that start at once to one core (%s)', async (behaviour) => {
    vi.stubEnv('STAND_IN_CORE', behaviour);
    const connections = await Promise.all([connect(), connect(), connect(), connect()]);
    expect(new Set(connections.map(({ core }) => core.pid)).size).toBe(1);
    for (const connection of connections) connection.close();
  });

  it('takes over from a core that was killed, and removes its socket', async () => {
    const first = await connect();
    const left = readHolder(folder.dataFolder)?.socket ?? '';
    await killAndWait(first.core.pid);
    expect(await first.client.closed).toMatchObject({ code: 'connection-lost' });
    const second = await connect();
    expect(second.core.pid).not.toBe(first.core.pid);
    expect(readdirSync(dirname(left))).not.toContain(left.slice(dirname(left).length + 1));
    second.close();
  });

  it('gets a new core while the old one is going', async () => {
    const first = await connect();
    await first.client.core.shutdown();
    const second = await connect();
    expect(await second.client.core.info()).toMatchObject({ dataFolder: folder.dataFolder });
    first.close();
    second.close();
  });

  it('passes on what kept the core from starting', async () => {
    vi.stubEnv('STAND_IN_CORE', 'refuses');
    expect(await failure(connect())).toMatchObject({
      code: 'database-newer',
      message: 'The database is of version 9.',
      details: { found: 9 },
    });
  });

  it.each([
    ['ends', 'exit code 7'],
    ['babbles', 'something unknown'],
  ])('says where to look when the core %s', async (behaviour, words) => {
    vi.stubEnv('STAND_IN_CORE', behaviour);
    const error = await failure(connect());
    expect(error).toMatchObject({ code: 'internal' });
    expect(error.message).toContain(words);
  });

  it('names the process that holds the folder and does not answer', async () => {
    using lock = acquireDataFolderLock(folder.dataFolder);
    lock.publish({ socket: join(folder.dataFolder, 'nobody-listens'), token: 'x' });
    const error = await failure(connect({ patienceMs: 100 }));
    expect(error).toMatchObject({ code: 'core-locked', details: { pid: process.pid } });
  });

  it('ends a core that is not ready in time', async () => {
    vi.stubEnv('STAND_IN_CORE', 'hangs');
    const error = await failure(connect({ patienceMs: 400 }));
    expect(error.message).toContain('not ready in 0.4 s');
    expect(error.message).toContain(join(folder.dataFolder, 'logs', 'core.log'));
  });

  it('stops waiting when it is told to', async () => {
    vi.stubEnv('STAND_IN_CORE', 'hangs');
    const abort = new AbortController();
    const connecting = failure(connect({ signal: abort.signal, patienceMs: 1000 }));
    abort.abort();
    expect(await connecting).toMatchObject({ code: 'cancelled' });
  });

  it('names a data folder that cannot be one', async () => {
    const file = join(dirname(folder.dataFolder), 'a-file');
    writeFileSync(file, '');
    const error = await failure(connect({ dataFolder: join(file, 'data') }));
    expect(error).toMatchObject({ code: 'permission-denied' });
    expect(error.message).toContain(join(file, 'data'));
  });

  it('finds nobody by a note that was left by another start of this machine', async () => {
    mkdirSync(folder.dataFolder);
    writeFileSync(
      join(folder.dataFolder, 'core.json'),
      JSON.stringify({
        pid: process.pid,
        startedAtMs: 1,
        processStart: 'other/1',
        version: '0',
        socket: '/nowhere',
        token: 'x',
      }),
    );
    const connection = await connect();
    expect(connection.core.pid).not.toBe(process.pid);
    connection.close();
  });
});

describe('the socket of a core', () => {
  it('is open to its user alone', async () => {
    const connection = await connect();
    const socketPath = readHolder(folder.dataFolder)?.socket ?? '';
    expect(statSync(dirname(socketPath)).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder.dataFolder, 'core.json')).mode & 0o777).toBe(0o600);
    connection.close();
  });

  it('wants the token for everything', async () => {
    const connection = await connect();
    const { socket: socketPath, token } = readHolder(folder.dataFolder) ?? { socket: null, token: null };
    assert(socketPath !== null && token !== null);
    const content = Buffer.from('not really a video');
    writeFileSync(join(folder.dataFolder, 'clip.mp4'), content);
    const ask = (headers: Record<string, string>, path = `/media/recording/${'ab'.repeat(32)}`, method = 'GET') =>
      new Promise<string>((resolve, reject) => {
        request({ socketPath, path, method, headers, agent: false }, (answer) => {
          answer
            .toArray()
            .then((chunks) => resolve(`${answer.statusCode} ${Buffer.concat(chunks).toString()}`), reject);
        })
          .once('error', reject)
          .end();
      });
    const Authorization = `Bearer ${token}`;
    expect(await ask({})).toBe('401 ');
    expect(await ask({ Authorization: 'Bearer stand-in-tokem' })).toBe('401 ');
    expect(await ask({ Authorization })).toBe('200 not really a video');
    expect(await ask({ Authorization, Range: 'bytes=0-2' })).toBe('206 not');
    expect(await ask({ Authorization }, `/media/recording/${'cd'.repeat(32)}`)).toMatch(/^404 \{"code":"not-found"/);
    expect(await ask({ Authorization }, '/media/recording/../../etc/passwd')).toBe('404 ');
    expect(await ask({ Authorization }, '/')).toBe('404 ');
    expect(await ask({ Authorization }, undefined, 'DELETE')).toBe('405 ');
    const address = { at: { path: socketPath }, path: '/contract', headers: {} };
    expect(await failure(openWebSocket(address))).toMatchObject({ code: 'unauthorized' });
    expect(await readFile(join(folder.dataFolder, 'clip.mp4'))).toEqual(content);
    connection.close();
  });
});
