/** A path for a local socket of a test's own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function temporarySocketPath(): Promise<string> {
  const name = `anom-pi-${randomBytes(6).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(await mkdtemp(join(tmpdir(), 'anom-pi-')), 's');
}
