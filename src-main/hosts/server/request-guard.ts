/** Decides whether the web host answers a request: pure, one rule per attack, each with its test. */
import { mediaRoot, readMediaPath } from '../../contract/media.ts';
import { isSameSecret } from '../same-secret.ts';

/** What of a request the decision rests on. */
export interface RequestFacts {
  readonly method: string;
  /** The request target as it was sent, undecoded. */
  readonly target: string;
  /** Every Host header, and every Origin header. */
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly cookie: string;
  readonly secFetchSite: string | null;
  readonly isUpgrade: boolean;
}

export interface GuardSecrets {
  readonly port: number;
  /** In the URL that is printed at the start. */
  readonly token: string;
  /** In the cookie that the token is exchanged for. */
  readonly session: string;
}

export type GuardDecision =
  | { readonly allow: 'page' }
  /** The token was right: set the cookie and redirect to where no token is in the address bar. */
  | { readonly allow: 'sign-in' }
  | { readonly allow: 'contract' }
  /** A file of the page, by its path. */
  | { readonly allow: 'asset'; readonly path: string }
  /** A path of `contract/media.ts`. */
  | { readonly allow: 'media'; readonly path: string }
  | { readonly allow: null; readonly status: 400 | 401 | 403 | 404 | 405; readonly reason: string };

/** Cookies do not tell ports apart: two data folders served at once need two names. */
export const cookieName = (port: number): string => `anom-pi-${port}`;

const refuse = (status: 400 | 401 | 403 | 404 | 405, reason: string): GuardDecision => ({
  allow: null,
  status,
  reason,
});

const signInTarget = /^\/\?token=([\w-]{1,200})$/;
/** Flat: a name without a slash cannot leave its folder, and one that begins with a dot is hidden. */
const assetTarget = /^\/(?:assets\/[\w-][\w.-]{0,199}|icon\.svg|first-paint\.js)$/;

export function judgeRequest(facts: RequestFacts, secrets: GuardSecrets): GuardDecision {
  const { target, isUpgrade } = facts;
  // DNS rebinding: a foreign name that was pointed at 127.0.0.1 shows in Host, which a page cannot choose.
  const host = facts.hosts[0] ?? '';
  const names = [`127.0.0.1:${secrets.port}`, `localhost:${secrets.port}`];
  if (facts.hosts.length !== 1 || !names.includes(host)) return refuse(403, 'This host goes by another name.');

  // A proxy's request (`GET http://…`, `//other/…`, `*`) is none of ours.
  if (!target.startsWith('/') || target.startsWith('//')) return refuse(400, 'Only paths of this host are served.');
  // No path of ours has an escape, a backslash or a dot segment; whatever has one wants out of its folder.
  const [path = ''] = target.split('?', 1);
  if (/[%\\\0]/.test(path) || path.split('/').some((segment) => segment === '.' || segment === '..')) {
    return refuse(400, 'The path is not one of this host.');
  }

  // Nothing here is changed by a plain request: the contract goes by its WebSocket.
  if (facts.method !== 'GET' && (facts.method !== 'HEAD' || isUpgrade)) return refuse(405, 'Only GET and HEAD.');

  // A page of another origin says so, but for plain navigations, images and videos, which `Sec-Fetch-Site` tells.
  const isForeign = facts.origins.some((origin) => origin !== `http://${host}`);
  if (isForeign || facts.origins.length > 1) return refuse(403, 'Requests of other pages are refused.');
  // WebSockets are open to every page in the world but for this header, which every browser sends with them.
  if (isUpgrade && facts.origins.length === 0) return refuse(403, 'A WebSocket must name the page it comes from.');
  const isNavigation = path === '/';
  const isCrossSite = facts.secFetchSite === 'cross-site' || facts.secFetchSite === 'same-site';
  if (isCrossSite && !isNavigation) return refuse(403, 'Requests of other sites are refused.');

  const given = signInTarget.exec(target)?.[1];
  if (given !== undefined && !isUpgrade) {
    return isSameSecret(given, secrets.token) ? { allow: 'sign-in' } : refuse(401, 'The token is of another start.');
  }
  // Before anything is said about what exists.
  if (!holdsSession(facts.cookie, secrets)) return refuse(401, 'Open the URL that was printed at the start.');

  if (target === '/contract') return isUpgrade ? { allow: 'contract' } : refuse(404, 'This is a WebSocket.');
  if (isUpgrade) return refuse(404, 'There is no such WebSocket.');
  if (target === '/') return { allow: 'page' };
  if (assetTarget.test(target)) return { allow: 'asset', path: target };
  if (target.startsWith(mediaRoot) && readMediaPath(target) !== null) return { allow: 'media', path: target };
  return refuse(404, 'There is no such page.');
}

function holdsSession(cookie: string, { port, session }: GuardSecrets): boolean {
  const prefix = `${cookieName(port)}=`;
  const values = cookie
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix));
  // Two of the name: somebody set one beside ours.
  return values.length === 1 && isSameSecret(values[0]?.slice(prefix.length) ?? '', session);
}
