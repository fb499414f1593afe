import { afterEach, expect, it, vi } from 'vitest';
import { reasonOfFailure } from './picture-failure.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  [404, 'gone'],
  [500, 'damaged'],
  [200, 'damaged'],
  [403, 'refused'],
])('reads from status %d that the picture is %s', async (status, kind) => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status })));
  expect(await reasonOfFailure('/media/picture')).toEqual({ kind, status });
});

it('says so where nothing answers', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await reasonOfFailure('/media/picture')).toEqual({ kind: 'unreachable', status: 0 });
});
