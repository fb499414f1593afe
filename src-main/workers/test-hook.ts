/** Makes a worker crash or hang on purpose, so that tests can show what happens then. Off unless the environment asks. */
import { basename } from 'node:path';
import type { TaskName } from './protocol/index.ts';

/**
 * With ANOM_PI_TEST_HOOKS=1, a recording named `crash-worker…` aborts the process in every task and `hang-worker…` blocks
 * it forever; `crash-triage…`, `hang-inquire…` and the like do so in the task that they name.
 */
export function triggerTestHook(path: string, task: TaskName): void {
  if (process.env['ANOM_PI_TEST_HOOKS'] !== '1') return;
  const name = basename(path);
  const isMeant = (verb: string) => name.startsWith(`${verb}-worker`) || name.startsWith(`${verb}-${task}`);
  if (isMeant('crash')) process.abort();
  if (isMeant('hang')) for (;;);
}
