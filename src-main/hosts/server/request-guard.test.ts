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

/** One target of each kind that hands out a file. */
const everyFile = [
  `/media/recording/${recording}`,
  `/media/frame-times/${recording}`,
  `/media/segment/${recording}/12`,
  `/media/sheet/${recording}/0`,
  `/media/picture/${recording}/1500/320`,
  '/assets/index-B3x_9.js',
  '/icon.svg',
  '/first-paint.js',
];

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
    ['a script of the page', own({ target: '/assets/index-B3x_9.js' }), 'asset'],
    ['the icon of the page', own({ target: '/icon.svg' }), 'asset'],
    ['a recording', own({ target: `/media/recording/${recording}` }), 'media'],
    ['a recording by HEAD', own({ method: 'HEAD', target: `/media/recording/${recording}` }), 'media'],
    ['times of frames', own({ target: `/media/frame-times/${recording}` }), 'media'],
    ['a segment', own({ target: `/media/segment/${recording}/12` }), 'media'],
    ['a sheet', own({ target: `/media/sheet/${recording}/0` }), 'media'],
    ['a picture', own({ target: `/media/picture/${recording}/1500/320` }), 'media'],
  ])('%s', (_what, facts, expected) => {
    expect(judged(facts)).toBe(expected);
  });

  it.each([
    [`/media/segment/${recording}/12`, 'media'],
    ['/assets/index-B3x_9.js', 'asset'],
  ])('hands %s on', (path, allow) => {
    expect(judgeRequest(own({ target: path }), secrets)).toEqual({ allow, path });
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
    for (const target of everyFile) expect(judged(own({ target, secFetchSite }))).toBe(403);
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
    for (const target of everyFile) expect(judged(own({ cookie, target }))).toBe(401);
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
    `/media/segment/${recording}/..`,
    '/assets/../server.ts',
    '/assets/./index.js',
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
    `/media/segment/${recording}/%31`,
    '/assets/%2e%2e%2fserver.ts',
    '/assets/index%2ejs',
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
      for (const target of everyFile) expect(judged(own({ method, target }))).toBe(405);
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
    `/media/recording/${recording}/0`,
    `/media/frame-times/${recording}/0`,
    `/media/segment/${recording}`,
    `/media/segment/${recording}/-1`,
    `/media/segment/${recording}/01`,
    `/media/segment/${recording}/1e3`,
    `/media/segment/${recording}/9999999999`,
    `/media/sheet/${recording}/0/0`,
    `/media/picture/${recording}/1500`,
    `/media/picture/${recording}/1500/99999`,
    `/media/picture/${recording}/1500/321`,
    `/media/picture/${recording}/0.5/320`,
    `/media/`,
    `/MEDIA/recording/${recording}`,
    '/assets/',
    '/assets/.env',
    '/assets/sub/index.js',
    '/assets//index.js',
    '/assets/index.js?x',
    `/assets/${'a'.repeat(300)}`,
    '/icon.svg/',
    '/contract',
    '/?x',
    '/favicon.ico',
  ])('what is not there: %s', (target) => {
    expect(judged(own({ target }))).toBe(404);
  });

  it.each(['/', ...everyFile, '/contract/', '/?token=the-token_1'])(
    'an upgrade of %s, which is no WebSocket',
    (target) => {
      expect(judged(ownSocket({ target }))).toBe(404);
    },
  );
});
