/** What no page in the shell may do, whatever it shows: go elsewhere, open windows, ask for rights, download. */
import type { Session, WebContents, WebFrameMain } from 'electron/main';
import { isPage, isPageUrl } from './schemes.ts';

/** Rights that the page uses: the player fills the screen, a person copies a text, new flags are told of. */
const allowed: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write', 'notifications']);
/** Addresses that lead out of the machine, or to files that nobody opened here. */
const outside = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*'] };

type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'webRequest' | 'on'
>;

export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(allowed.has(permission) && isPageUrl(details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed.has(permission) && isPageUrl(origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(outside, (_details, callback) => callback({ cancel: true }));
  session.on('will-download', (event) => event.preventDefault());
}

export function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  // Of any frame: the page has none of its own.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Whether a message comes from the page itself: not from a frame in it, and not from another page. */
export const isOwnPage = (frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean =>
  frame !== null && frame.parent === null && isPageUrl(frame.url);
