import { once } from 'node:events';
import { appendFile, mkdtemp, readlink, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import {
  Agent,
  createServer,
  get as httpGet,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendMedia } from './range-media.ts';

/** Long enough that neither socket buffers nor one chunk hold it. */
const longBytes = 24 * 1024 * 1024;
let folder: string;
let path: string;
let content: Buffer;
let server: Server;
let failures: unknown[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-media-'));
  server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const saveAs = search === '?kept' ? `Höhe "1"\r\nX: y'(*).zip` : null;
    const file = { path: join(folder, pathname), type: 'video/mp4', isImmutable: search === '?made', saveAs };
    sendMedia(request, response, file).catch((error: unknown) => {
      failures.push(error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  failures = [];
  path = join(folder, 'clip.mp4');
  content = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
  await writeFile(path, content);
});
afterEach(() => {
  expect(failures).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
  agent: Agent | false = false,
): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    httpGet({ port, host: '127.0.0.1', path: url, headers, method, agent }, resolve).once('error', reject);
  });
}

async function fetchClip(headers: Record<string, string> = {}, method = 'GET', url = '/clip.mp4'): Promise<Answer> {
  const answer = await ask(url, headers, method);
  const body = Buffer.concat(await answer.toArray());
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

describe('sendMedia', () => {
  it('sends the whole, and says that parts may be asked for', async () => {
    const { status, headers, body } = await fetchClip();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-type': 'video/mp4', 'content-length': '1000' });
    expect(body.equals(content)).toBe(true);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=900-', 900, 1000],
    ['bytes=-1', 999, 1000],
    ['bytes=500-5000', 500, 1000],
  ])('sends the part %s', async (range, start, end) => {
    const { status, headers, body } = await fetchClip({ Range: range });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${start}-${end - 1}/1000`);
    expect(headers['content-length']).toBe(String(end - start));
    expect(body.equals(content.subarray(start, end))).toBe(true);
  });

  it('refuses a part that is not there', async () => {
    const { status, headers, body } = await fetchClip({ Range: 'bytes=1000-' });
    expect([status, headers['content-range'], body.length]).toEqual([416, 'bytes */1000', 0]);
  });

  it('sends the whole where several parts are asked for', async () => {
    expect(await fetchClip({ Range: 'bytes=0-1,5-6' })).toMatchObject({ status: 200, body: content });
  });

  it('answers HEAD with the headers alone', async () => {
    const whole = await fetchClip({}, 'HEAD');
    expect([whole.status, whole.headers['content-length'], whole.body.length]).toEqual([200, '1000', 0]);
    const part = await fetchClip({ Range: 'bytes=0-9' }, 'HEAD');
    expect([part.status, part.headers['content-length'], part.body.length]).toEqual([206, '10', 0]);
  });

  it('sends an empty file', async () => {
    await writeFile(path, '');
    expect(await fetchClip()).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(await fetchClip({ Range: 'bytes=0-' })).toMatchObject({ status: 416 });
  });

  it('sends the rest of the same version only', async () => {
    const first = await fetchClip({ Range: 'bytes=0-9' });
    const etag = first.headers.etag ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const same = await fetchClip({ Range: 'bytes=10-19', 'If-Range': etag });
    expect(same.status).toBe(206);

    await utimes(path, new Date(), new Date('2001-01-01'));
    const changed = await fetchClip({ Range: 'bytes=10-19', 'If-Range': etag });
    expect([changed.status, changed.body.length]).toEqual([200, 1000]);
    const dated = await fetchClip({ Range: 'bytes=10-19', 'If-Range': new Date().toUTCString() });
    expect(dated.status).toBe(200);
  });

  it('sends nothing where the browser has that version', async () => {
    const { headers } = await fetchClip();
    const again = await fetchClip({ 'If-None-Match': headers.etag ?? '' });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it('lets the browser keep what never changes, and ask again for what may', async () => {
    const made = await fetchClip({}, 'GET', '/clip.mp4?made');
    expect(made.headers['cache-control']).toMatch(/^private, max-age=\d{4,}, immutable$/);
    expect((await fetchClip()).headers['cache-control']).toBe('private, no-cache');
  });

  it('gives what is to be kept its name, whatever is in that', async () => {
    const kept = await fetchClip({}, 'GET', '/clip.mp4?kept');
    expect(kept.headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''H%C3%B6he%20%221%22%0D%0AX%3A%20y%27%28%2a%29.zip",
    );
    expect(kept.headers['x']).toBeUndefined();
    expect((await fetchClip()).headers['content-disposition']).toBeUndefined();
  });

  it('serves a file that has grown as it is now', async () => {
    await appendFile(path, Buffer.alloc(500));
    expect(await fetchClip({ Range: 'bytes=-1' })).toMatchObject({
      headers: { 'content-range': 'bytes 1499-1499/1500' },
    });
  });

  it.each([
    ['not-found', '/missing.mp4'],
    ['not-found', '/clip.mp4/inside'],
    ['file-unreadable', '/'],
    ['file-unreadable', `/${'a'.repeat(300)}`],
  ])('fails with %s before anything is sent: %s', async (code, url) => {
    await fetchClip({}, 'GET', url);
    expect(failures.splice(0)).toEqual([expect.objectContaining({ code })]);
  });

  it('ends the connection where the file shrinks on the way', async () => {
    await writeFile(path, Buffer.alloc(longBytes));
    // Kept alive: a client would wait for ever for bytes that do not come.
    const agent = new Agent({ keepAlive: true });
    const answer = await ask('/clip.mp4', {}, 'GET', agent);
    answer.pause();
    await truncate(path, 1000);
    await expect(answer.toArray()).rejects.toThrow('aborted');
    agent.destroy();
  });

  it.skipIf(process.platform !== 'linux')('frees the file when the client goes away', async () => {
    const isOpen = async () => {
      const descriptors = await readdir('/proc/self/fd');
      const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
      return targets.includes(path);
    };
    await writeFile(path, Buffer.alloc(longBytes));
    const answer = await ask('/clip.mp4');
    answer.pause();
    await vi.waitFor(async () => expect(await isOpen()).toBe(true));
    answer.destroy();
    await vi.waitFor(async () => expect(await isOpen()).toBe(false));
  });
});
