/** The web host, as it is started, keeps to itself: one test for each way in that is not the printed URL. */
import { describe, expect } from 'vitest';
import { ask, signIn, upgrade } from './support/raw-request.ts';
import { it } from './support/test.ts';

describe('the web host refuses', () => {
  it('whoever has no token', async ({ program }) => {
    expect((await ask(program, '/')).status).toBe(401);
    expect((await ask(program, '/assets/index.js')).status).toBe(401);
    expect((await ask(program, `/?token=${'a'.repeat(43)}`)).status).toBe(401);
    const origin = `http://127.0.0.1:${String(program.port)}`;
    expect((await ask(program, '/contract', { ...upgrade, Origin: origin })).status).toBe(401);
  });

  it('a name that was pointed at this machine', async ({ program }) => {
    const Cookie = await signIn(program);
    expect((await ask(program, '/', { Cookie })).status).toBe(200);
    expect((await ask(program, '/', { Cookie, Host: `rebound.example:${String(program.port)}` })).status).toBe(403);
  });

  it('a WebSocket of another page', async ({ program }) => {
    const Cookie = await signIn(program);
    const own = `http://127.0.0.1:${String(program.port)}`;
    expect((await ask(program, '/contract', { ...upgrade, Cookie, Origin: own })).status).toBe(101);
    expect((await ask(program, '/contract', { ...upgrade, Cookie, Origin: 'http://other.example' })).status).toBe(403);
    expect((await ask(program, '/contract', { ...upgrade, Cookie })).status).toBe(403);
  });

  it('a request of another page', async ({ program }) => {
    const Cookie = await signIn(program);
    const media = `/media/recording/${'ab'.repeat(32)}`;
    expect((await ask(program, media, { Cookie })).status).toBe(404);
    expect((await ask(program, media, { Cookie, Origin: 'http://other.example' })).status).toBe(403);
    expect((await ask(program, media, { Cookie, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });

  it.for([
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..\\..\\package.json',
    '//etc/passwd',
    '/assets/%2e%2e/.stamp',
  ])('a path that climbs out: %s', async (path, { program }) => {
    const Cookie = await signIn(program);
    expect((await ask(program, path, { Cookie })).status).toBe(400);
  });
});
