/** What the desktop shell answers to `app://` and `media://`, and how its page speaks to the core: to a real one. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entries } from '../../src-main/hosts/entries.ts';
import { readHolder } from '../../src-main/store/index.ts';
import { killAndWait } from '../support/cli.ts';
import { connectPage, useShellBench } from '../support/shell-bench.ts';
import { makeVideo } from '../support/videos.ts';

const bench = useShellBench();

describe('app://', () => {
  const policy = async () => {
    const { electron } = await bench.open();
    return (await electron.fetch('app://anom-pi/')).headers.get('content-security-policy') ?? '';
  };

  it('serves the built page under a strict policy', async () => {
    const { electron } = await bench.open();
    const page = await electron.fetch('app://anom-pi/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<title>Anom-π Review</title>');
    const script = await electron.fetch('app://anom-pi/assets/index-1a2b3c.js');
    expect([script.status, await script.text()]).toEqual([200, 'export {};']);
    const head = await electron.fetch('app://anom-pi/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(await policy()).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(await policy()).not.toMatch(/unsafe|https?:|\*/);
  });

  it.each([
    'app://anom-pi/../package.json',
    'app://anom-pi/%2e%2e/package.json',
    'app://anom-pi/..%2f..%2fpackage.json',
    'app://anom-pi/assets/..\\..\\package.json',
    'app://anom-pi/assets',
    'app://anom-pi//etc/passwd',
    'app://anom-pi/.stamp',
    'app://anom-pi/assets/index-1a2b3c.js%00.html',
    'app://other/',
    'app://user@anom-pi/',
  ])('has nothing at %s', async (url) => {
    const { electron } = await bench.open();
    const answer = await electron.fetch(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  it('takes GET and HEAD only', async () => {
    const { electron } = await bench.open();
    expect((await electron.fetch('app://anom-pi/', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('with a real core', () => {
  /** The shell, a client of the core through its window's port, and a recording that was imported by it. */
  async function withRecording() {
    const { electron } = await bench.open({ core: entries.core });
    const client = connectPage(electron);
    const archive = join(bench.dataFolder, '..', 'archive');
    mkdirSync(archive);
    const path = await makeVideo(join(archive, 'clip.mp4'), { frames: 20 });
    await client.archive.import({ folders: [archive] });
    await expect.poll(async () => (await client.core.info()).recordings, { timeout: 20_000 }).toBe(1);
    const { items } = await client.archive.recordings({});
    return { electron, client, bytes: readFileSync(path), url: `media://anom-pi/media/recording/${items[0]?.id}` };
  }

  it('passes Range to the core and its answer to the page, which alone may read it', async () => {
    const { electron, bytes, url } = await withRecording();
    const part = await electron.fetch(url, { headers: { Range: 'bytes=100-299' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 300));
    expect(Object.fromEntries(part.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'access-control-allow-origin': 'app://anom-pi',
      'content-length': '200',
      'content-range': `bytes 100-299/${bytes.length}`,
      'content-type': 'video/mp4',
      'cross-origin-resource-policy': 'cross-origin',
    });

    const whole = await electron.fetch(url);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const etag = whole.headers.get('etag') ?? '';
    expect((await electron.fetch(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const beyond = await electron.fetch(url, { headers: { Range: `bytes=${bytes.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    const head = await electron.fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);

    // A player that seeks away lets the body go; the next request is answered all the same.
    await (await electron.fetch(url)).body?.cancel();
    expect((await electron.fetch(url, { headers: { Range: 'bytes=0-0' } })).status).toBe(206);
  });

  it('speaks the contract through a port, and lets go of it with the page', async () => {
    const { electron, client } = await withRecording();
    const info = await client.core.info();
    expect(info).toMatchObject({ dataFolder: bench.dataFolder, recordings: 1 });
    client.close();
    await client.portClosed;
    // Another page of the same window: its own port, the same core.
    expect((await connectPage(electron).core.info()).pid).toBe(info.pid);
  });

  it('closes the ports of a core that died, and joins new ones to the next core', async () => {
    const { electron, client } = await withRecording();
    const { pid } = await client.core.info();
    await killAndWait(pid);
    expect(await client.closed).toMatchObject({ code: 'connection-lost' });
    await expect.poll(() => readHolder(bench.dataFolder)?.pid ?? pid, { timeout: 20_000 }).not.toBe(pid);
    expect((await connectPage(electron).core.info()).recordings).toBe(1);
  });
});

describe('media://', () => {
  const id = 'ab'.repeat(32);

  it.each([
    `media://anom-pi/media/recording/${id}?token=x`,
    `media://anom-pi/media/recording/${id}/..`,
    'media://anom-pi/media/recording/../../core.json',
    'media://anom-pi/media/recording/%2e%2e%2fcore.json',
    'media://anom-pi/contract',
    'media://anom-pi//etc/passwd',
    `media://other/media/recording/${id}`,
    `media://x@anom-pi/media/recording/${id}`,
  ])('has nothing at %s', async (url) => {
    const { electron } = await bench.open();
    expect((await electron.fetch(url)).status).toBe(404);
  });

  it('answers a preflight itself, and takes nothing but GET and HEAD', async () => {
    const { electron } = await bench.open();
    const url = `media://anom-pi/media/recording/${id}`;
    const preflight = await electron.fetch(url, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
    expect((await electron.fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await electron.fetch(url)).status).toBe(404);
  });

  it('is no gateway to a core that cannot be reached', async () => {
    const { electron } = await bench.open({ core: '/no/such/core.js' });
    expect((await electron.fetch(`media://anom-pi/media/recording/${id}`)).status).toBe(502);
  });
});
