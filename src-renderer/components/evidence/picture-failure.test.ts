import { afterEach, expect, it, vi } from 'vitest';
import { findFailure } from './picture-failure.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const failureAfter = (answer: () => Promise<Response>) => {
  vi.stubGlobal('fetch', answer);
  return findFailure('/media/picture', new AbortController().signal);
};

it.each([
  [404, 'gone'],
  [500, 'damaged'],
  [403, 'refused'],
  [502, 'unreachable'],
])('reads from status %d alone that the picture is %s', async (status, kind) => {
  expect(await failureAfter(() => Promise.resolve(new Response(null, { status })))).toMatchObject({ kind });
});

it('takes the reason that the program gives', async () => {
  const body = JSON.stringify({ code: 'video-damaged', message: 'The end of a.mp4 is missing.' });
  expect(await failureAfter(() => Promise.resolve(new Response(body, { status: 422 })))).toEqual({
    kind: 'damaged',
    words: 'The end of a.mp4 is missing.',
  });
});

it('finds none where the picture is there now, and lets go of it', async () => {
  const answer = new Response('a picture');
  expect(await failureAfter(() => Promise.resolve(answer))).toBeNull();
  expect(await answer.body?.getReader().read()).toEqual({ done: true, value: undefined });
});

it('says so where nothing answers', async () => {
  expect(await failureAfter(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({
    kind: 'unreachable',
  });
});
