/** The web host over a real loopback port, a real browser's requests written by hand, and a core that may die. */
import { writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClient } from '../../src-main/contract/client.ts';
import { startServer, type WebServer } from '../../src-main/hosts/server/server.ts';
import { acquireDataFolderLock, readHolder } from '../../src-main/store/index.ts';
import { openWebSocket } from '../../src-main/transport/web-socket.ts';
import { killAndWait } from '../support/cli.ts';
import { type CoreFolder, createCoreFolder } from '../support/core-folder.ts';

let folder: CoreFolder;
let server: WebServer;
let log: string[];

beforeEach(async () => {
  log = [];
  folder = await createCoreFolder();
  server = await start();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const start = (port = 0) =>
  startServer({ dataFolder: folder.dataFolder, entries: folder.entries, port, log: (line) => log.push(line) });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers, method, agent: false }, (answer) => {
      answer.toArray().then((chunks) => {
        const text = Buffer.concat(chunks as Buffer[]).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      }, reject);
    })
      .once('error', reject)
      .end();
  });
}

/** The cookie that the printed URL is exchanged for. */
async function signIn(): Promise<string> {
  const { pathname, search } = new URL(server.url);
  const { headers } = await ask(`${pathname}${search}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** A WebSocket as the page opens it, but for what is given. */
const openSocket = async (headers: Record<string, string> = {}) =>
  openWebSocket({
    at: { host: '127.0.0.1', port: server.port },
    path: '/contract',
    headers: { Host: `127.0.0.1:${server.port}`, Origin: ownOrigin(), Cookie: await signIn(), ...headers },
  });
const ownOrigin = () => `http://127.0.0.1:${server.port}`;

describe('the web host', () => {
  it('exchanges the token for a cookie and shows the page', async () => {
    const { pathname, search, hostname } = new URL(server.url);
    expect(hostname).toBe('127.0.0.1');
    const first = await ask(`${pathname}${search}`);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']?.[0]).toMatch(/^anom-pi-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(first.headers['set-cookie']?.[0]).not.toContain(search.slice('?token='.length));

    const page = await ask('/', { Cookie: await signIn() });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<title>Anom-π Review</title>');
    const policy = page.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port};`);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });

  it('serves the files of the window and no others', async () => {
    const Cookie = await signIn();
    const script = await ask('/assets/index-1a2b3c.js', { Cookie });
    expect([script.status, script.text, script.headers['content-type']]).toEqual([
      200,
      'export {};',
      'text/javascript; charset=utf-8',
    ]);
    expect(script.headers['cache-control']).toContain('immutable');
    const head = await ask('/assets/index-1a2b3c.js', { Cookie }, 'HEAD');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '10']);
    expect((await ask('/assets/index-1a2b3c.js')).status).toBe(401);
    expect((await ask('/assets/missing.js', { Cookie })).status).toBe(404);
    expect((await ask('/.stamp', { Cookie })).status).toBe(404);
    expect((await ask('/assets/../../data/core.json', { Cookie })).status).toBe(400);
  });

  it('names a window that is not built', async () => {
    await expect(
      startServer({
        dataFolder: folder.dataFolder,
        entries: { ...folder.entries, renderer: join(folder.dataFolder, 'nothing') },
        port: 0,
        log: () => {},
      }),
    ).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('npm run build:renderer') });
  });

  it('serves what was built before where building anew fails, and says so', async () => {
    const broken = join(folder.dataFolder, 'broken.ts');
    writeFileSync(broken, "throw new Error('half a sentence');\n");
    const entries = { ...folder.entries, rendererBuild: broken };
    await using other = await startServer({
      dataFolder: folder.dataFolder,
      entries,
      port: 0,
      log: (line) => log.push(line),
    });
    expect(other.port).toBeGreaterThan(0);
    expect(log).toEqual(['The window could not be built anew, an older one is shown. Error: half a sentence']);
  });

  it('serves a start of its own only: the token of another one is refused', async () => {
    const stranger = await start();
    const { search } = new URL(stranger.url);
    await stranger[Symbol.asyncDispose]();
    expect((await ask(`/${search}`)).status).toBe(401);
  });

  it('refuses what the guard refuses', async () => {
    const Cookie = await signIn();
    expect((await ask('/')).status).toBe(401);
    expect((await ask('/', { Cookie, Host: 'evil.example' })).status).toBe(403);
    expect((await ask('/', { Cookie, Origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask('/', { Cookie }, 'POST')).status).toBe(405);
    expect((await ask('/../package.json', { Cookie })).status).toBe(400);
    expect((await ask('http://127.0.0.1/', { Cookie })).status).toBe(400);
  });

  it.each([
    ['two hosts', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 403],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a tunnel', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n', null],
    ['no HTTP', 'hello\r\n\r\n', 400],
  ])('survives %s', async (_what, text, status) => {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.write(text.replaceAll('PORT', String(server.port)));
    const answer = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    expect(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? null).toBe(status === null ? null : String(status));
    expect((await ask('/')).status).toBe(401);
  });

  it.each([
    ['of a foreign origin', { Origin: 'http://evil.example' }, { code: 'connection-lost' }],
    ['for a foreign host', { Host: 'evil.example' }, { code: 'connection-lost' }],
    ['without a cookie', { Cookie: '' }, { code: 'unauthorized' }],
  ])('refuses a WebSocket %s', async (_what, headers, error) => {
    await expect(openSocket(headers)).rejects.toMatchObject(error);
  });

  it('relays calls, errors and events', async () => {
    const client = makeClient(await openSocket());
    expect((await client.core.info()).dataFolder).toBe(folder.dataFolder);
    await expect(client.trajectories.get({ id: 'missing' })).rejects.toMatchObject({ code: 'not-found' });
    const jobs: string[] = [];
    client.on('job.changed', ({ id }) => jobs.push(id));
    await client.scan.start({ policy: 'rules', recordings: ['a', 'b'] });
    expect(jobs).toEqual(['a', 'b']);
    client.close();
    await client.closed;
  });

  it('relays recordings by Range', async () => {
    const Cookie = await signIn();
    const path = `/media/recording/${'ab'.repeat(32)}`;
    writeFileSync(join(folder.dataFolder, 'clip.mp4'), 'not really a video');
    const part = await ask(path, { Cookie, Range: 'bytes=4-9' });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, 'really', 'bytes 4-9/18']);
    const head = await ask(path, { Cookie }, 'HEAD');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '18']);
    expect((await ask(path, { Cookie, Range: 'bytes=99-' })).status).toBe(416);
    expect((await ask(`/media/recording/${'cd'.repeat(32)}`, { Cookie })).status).toBe(404);
    expect((await ask(path)).status).toBe(401);
    expect(log).toEqual([]);
  });

  it('tells the page when the core dies, and starts another', async () => {
    const client = makeClient(await openSocket());
    const { pid } = await client.core.info();
    await killAndWait(pid);
    const lost = await client.closed;
    expect(lost).toMatchObject({ code: 'connection-lost' });
    expect(lost?.message).toContain('the core ended');

    const again = makeClient(await openSocket());
    expect((await again.core.info()).pid).not.toBe(pid);
    again.close();
    await again.closed;
    expect(log).toEqual(['The core ended; starting it again.']);
  });

  it('names a port that is taken', async () => {
    await expect(start(server.port)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

it('does not listen where the core does not start', async () => {
  const { port } = server;
  await server[Symbol.asyncDispose]();
  const holder = readHolder(folder.dataFolder);
  if (holder !== null) await killAndWait(holder.pid);
  using _lock = acquireDataFolderLock(folder.dataFolder);
  await expect(
    startServer({ dataFolder: folder.dataFolder, entries: folder.entries, port, log: () => {}, patienceMs: 100 }),
  ).rejects.toMatchObject({ code: 'core-locked' });
  await expect(ask('/')).rejects.toThrow('ECONNREFUSED');
});
