/** One temporary folder for a whole run of the tests, which takes along at its end what they and killed processes left. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call it before the processes of the tests are started: they inherit it. */
export function useTemporaryFolder(): void {
  // Short: sockets lie in it, and the path of one has a hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), 'anom-pi-'));
  // Some tests run programs as another user, who must get to what is below.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  process.env['TEMP'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}
