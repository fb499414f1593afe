import { expect, test } from 'vitest';
import { openBrowser, openCommand } from './open-browser.ts';

const url = 'http://127.0.0.1:4000/?token=a&b';

test('each platform is given the whole address as one argument', () => {
  expect(openCommand(url, 'darwin', {})?.[1]).toContain(url);
  expect(openCommand(url, 'win32', {})?.[1]).toContain(url);
  expect(openCommand(url, 'linux', { DISPLAY: ':0' })?.[1]).toContain(url);
  expect(openCommand(url, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })?.[1]).toContain(url);
});

test('a Linux without a display has no browser', async () => {
  expect(openCommand(url, 'linux', {})).toBeNull();
  expect(await openBrowser(url, 'linux', {})).toBe(false);
});
