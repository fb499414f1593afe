/** Where a core listens: a socket that only its own user can reach. */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing NUL among them. */
const maxSocketPathBytes = 103;

/**
 * A path for the socket of the core that holds `dataFolder`, new at each start: a core that is on its way out removes its
 * own socket and never its successor's. Those that killed cores of this folder left behind are removed.
 * @throws AppError `forbidden` where the folder for sockets belongs to somebody else.
 */
export function newSocketPath(dataFolder: string, env: NodeJS.ProcessEnv = process.env): string {
  const key = createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 16);
  const name = `${key}-${randomBytes(4).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\anom-pi-${name}`;
  const folder = privateFolder(env);
  for (const file of readdirSync(folder)) {
    if (file.startsWith(`${key}-`)) rmSync(join(folder, file), { force: true });
  }
  return join(folder, `${name}.sock`);
}

function privateFolder(env: NodeJS.ProcessEnv): string {
  const { uid } = userInfo();
  const own = `anom-pi-${uid}`;
  const longestName = '/0123456789abcdef-01234567.sock';
  const bases = [env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'];
  const base = bases.find(
    (candidate) =>
      candidate !== undefined &&
      candidate !== '' &&
      Buffer.byteLength(join(candidate, own) + longestName) <= maxSocketPathBytes &&
      isFolder(candidate),
  );
  const folder = join(base ?? '/tmp', own);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Somebody else may have made it first in a folder that all may write: they could then read what is said.
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== uid) {
    throw new AppError('forbidden', `${folder} does not belong to you; remove it, or set XDG_RUNTIME_DIR.`, {
      details: { folder },
    });
  }
  chmodSync(folder, 0o700);
  return folder;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(realpathSync(path)).isDirectory();
  } catch {
    return false; // A runtime folder that a log-out removed, or a name that never existed.
  }
}
