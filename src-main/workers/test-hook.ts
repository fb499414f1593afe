/** Makes a worker crash or hang on purpose, so that tests can show what happens then. Off unless the environment asks. */
import { basename } from 'node:path';

/** With ANOM_PI_TEST_HOOKS=1, a recording named `crash-worker…` aborts the process and `hang-worker…` blocks it forever. */
export function triggerTestHook(path: string): void {
  if (process.env['ANOM_PI_TEST_HOOKS'] !== '1') return;
  const name = basename(path);
  if (name.startsWith('crash-worker')) process.abort();
  if (name.startsWith('hang-worker')) for (;;);
}
