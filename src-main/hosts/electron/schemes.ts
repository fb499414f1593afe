/** The two schemes of the program: `app:` serves the page, `media:` the recordings. Neither reaches a network. */
import type { Electron } from './electron.ts';

const host = 'anom-pi';
export const pageScheme = 'app';
export const mediaScheme = 'media';
export const pageOrigin = `${pageScheme}://${host}`;
export const pageUrl = `${pageOrigin}/`;
/** What goes before `mediaPath(target)`. */
export const mediaBase = `${mediaScheme}://${host}`;

/** Gives both schemes an origin of their own. Electron hears this only before it is ready, and only once. */
export function registerSchemes(protocol: Electron['protocol']): void {
  const common = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: common },
    // Streamed for the player to seek, and open to pages by CORS: the page is of another origin.
    { scheme: mediaScheme, privileges: { ...common, stream: true, corsEnabled: true } },
  ]);
}

/** Whether `url` is the page itself, at whichever of its views. */
export const isPage = (url: string): boolean => url === pageUrl || url.startsWith(`${pageUrl}#`);

/** Whether `url` is of the page's own origin. */
export const isPageUrl = (url: string): boolean => hasOrigin(url, pageScheme);

/** What `url` asks for as it was written, with whatever follows the path; null where it is not of the media's origin. */
export function mediaPathOf(url: string): string | null {
  if (!hasOrigin(url, mediaScheme)) return null;
  return url.slice(mediaBase.length);
}

function hasOrigin(url: string, scheme: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${scheme}:` &&
    parsed.host === host &&
    parsed.username === '' &&
    parsed.password === ''
  );
}
