import { describe, expect, it } from 'vitest';
import { type GuardSecrets, judgeRequest, type RequestFacts } from './request-guard.ts';

const secrets: GuardSecrets = { port: 4711, token: 'the-token_1', session: 'the-session' };
const recording = 'ab'.repeat(32);

/** A request of the program's own page, but for what is given. */
const own = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'GET',
  target: '/',
  hosts: ['127.0.0.1:4711'],
  origins: [],
  cookie: 'anom-pi-4711=the-session',
  secFetchSite: 'same-origin',
  isUpgrade: false,
  ...change,
});
const ownSocket = (change: Partial<RequestFacts> = {}) =>
  own({ target: '/contract', isUpgrade: true, origins: ['http://127.0.0.1:4711'], ...change });

const judged = (facts: RequestFacts) => {
  const decision = judgeRequest(facts, secrets);
  return decision.allow ?? decision.status;
};

describe('what is allowed', () => {
  it.each([
    ['the page', own(), 'page'],
    ['the page by its other name', own({ hosts: ['localhost:4711'] }), 'page'],
    ['the page by HEAD', own({ method: 'HEAD' }), 'page'],
    ['the page from a terminal that opens it', own({ secFetchSite: 'none' }), 'page'],
    ['the page beside other cookies', own({ cookie: 'a=b; anom-pi-4711=the-session; anom-pi-1=x' }), 'page'],
    ['signing in', own({ target: '/?token=the-token_1', cookie: '' }), 'sign-in'],
    ['the contract', ownSocket(), 'contract'],
    ['a recording', own({ target: `/media/recording/${recording}` }), 'media'],
  ])('%s', (_what, facts, expected) => {
    expect(judged(facts)).toBe(expected);
  });

  it('names the recording', () => {
    expect(judgeRequest(own({ target: `/media/recording/${recording}` }), secrets)).toEqual({
      allow: 'media',
      recording,
    });
  });
});

describe('attacks', () => {
  it.each([
    ['a name that was pointed here', ['evil.example:4711']],
    ['a name that was pointed here, without port', ['evil.example']],
    ['our name at another port', ['127.0.0.1:80']],
    ['our address without port', ['127.0.0.1']],
    ['our address within a name', ['127.0.0.1:4711.evil.example']],
    ['no name', []],
    ['two names', ['127.0.0.1:4711', 'evil.example']],
  ])('DNS rebinding: %s', (_what, hosts) => {
    expect(judged(own({ hosts }))).toBe(403);
    expect(judged(ownSocket({ hosts }))).toBe(403);
    expect(judged(own({ hosts, target: '/?token=the-token_1' }))).toBe(403);
  });

  it.each([
    ['another site', ['http://evil.example']],
    ['a sandboxed frame or a file', ['null']],
    ['another port of this machine', ['http://127.0.0.1:4712']],
    ['our other name', ['http://localhost:4711']],
    ['another scheme', ['https://127.0.0.1:4711']],
    ['ours and another', ['http://127.0.0.1:4711', 'http://evil.example']],
    ['ours twice', ['http://127.0.0.1:4711', 'http://127.0.0.1:4711']],
  ])('a page of a foreign origin: %s', (_what, origins) => {
    expect(judged(own({ origins }))).toBe(403);
    expect(judged(ownSocket({ origins }))).toBe(403);
  });

  it('a WebSocket that does not say where it comes from', () => {
    expect(judged(ownSocket({ origins: [] }))).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('a video embedded in another page (%s)', (secFetchSite) => {
    expect(judged(own({ target: `/media/recording/${recording}`, secFetchSite }))).toBe(403);
    expect(judged(ownSocket({ secFetchSite }))).toBe(403);
  });

  it.each([
    ['no cookie', ''],
    ['another program’s cookie', 'anom-pi=the-session'],
    ['the cookie of another port', 'anom-pi-4712=the-session'],
    ['a wrong session', 'anom-pi-4711=the-sessiom'],
    ['the beginning of the session', 'anom-pi-4711=the-sess'],
    ['the session and more', 'anom-pi-4711=the-session2'],
    ['an empty session', 'anom-pi-4711='],
    ['the token in its place', 'anom-pi-4711=the-token_1'],
    ['a second one set beside it', 'anom-pi-4711=the-session; anom-pi-4711=evil'],
  ])('a request that was not signed in: %s', (_what, cookie) => {
    expect(judged(own({ cookie }))).toBe(401);
    expect(judged(own({ cookie, target: `/media/recording/${recording}` }))).toBe(401);
    expect(judged(own({ cookie, target: '/is/this/there' }))).toBe(401);
    expect(judged(ownSocket({ cookie }))).toBe(401);
  });

  it.each([
    ['wrong', '/?token=the-token_2'],
    ['short', '/?token=the-token'],
    ['long', '/?token=the-token_12'],
    ['empty', '/?token='],
    ['not of our letters', '/?token=%74he-token_1'],
    ['given twice', '/?token=the-token_1&token=the-token_1'],
    ['the session', '/?token=the-session'],
    ['somewhere else', '/contract?token=the-token_1'],
  ])('a token that is %s', (_what, target) => {
    expect(judged(own({ target, cookie: '' }))).toBe(401);
  });

  it.each([
    '/../package.json',
    '/media/../../etc/passwd',
    '/media/recording/../../../etc/passwd',
    '/media/./recording',
    '/..',
    '/media\\..\\..',
  ])('a path that climbs: %s', (target) => {
    expect(judged(own({ target }))).toBe(400);
  });

  it.each([
    '/%2e%2e/package.json',
    '/media/recording/%2E%2E%2f%2e%2e%2fetc%2fpasswd',
    '/media%5c..%5cetc',
    '/media/recording/%252e%252e',
    '/%00',
    '/media/\0',
    `/media/recording/${recording.slice(2)}%61%62`,
  ])('a path that climbs in disguise: %s', (target) => {
    expect(judged(own({ target }))).toBe(400);
  });

  it.each([
    'http://127.0.0.1:4711/',
    'http://evil.example/',
    'HTTP://evil.example/',
    '//evil.example/',
    '127.0.0.1:22',
    '*',
    '',
  ])('a target that is no path of this host: %s', (target) => {
    expect(judged(own({ target }))).toBe(400);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'PROPFIND', ''])(
    'the method %s',
    (method) => {
      expect(judged(own({ method }))).toBe(405);
    },
  );

  it.each(['HEAD', 'POST'])('an upgrade by %s', (method) => {
    expect(judged(ownSocket({ method }))).toBe(405);
  });

  it.each([
    '/media/recording/',
    `/media/recording/${recording.toUpperCase()}`,
    `/media/recording/${recording}/`,
    `/media/recording/${recording}?x`,
    '/contract',
    '/?x',
    '/favicon.ico',
  ])('what is not there: %s', (target) => {
    expect(judged(own({ target }))).toBe(404);
  });

  it.each(['/', `/media/recording/${recording}`, '/contract/', '/?token=the-token_1'])(
    'an upgrade of %s, which is no WebSocket',
    (target) => {
      expect(judged(ownSocket({ target }))).toBe(404);
    },
  );
});
