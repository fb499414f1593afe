/** A worker that is stuck in a task does not outlive a core that was killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isAlive, until } from '../support/cli.ts';

const parentProgram = fileURLToPath(new URL('../support/stuck-worker-parent.ts', import.meta.url));

test('a worker that is stuck in a loop ends when its core was killed', async () => {
  const core = spawn(process.execPath, [parentProgram], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(core.stdout.setEncoding('utf8'), 'data')) as [string];
  const worker = Number(line);
  expect(worker).toBeGreaterThan(0);
  try {
    expect(isAlive(worker)).toBe(true);
    core.kill('SIGKILL');
    await until(() => !isAlive(worker), 30_000);
  } finally {
    if (isAlive(worker)) process.kill(worker, 'SIGKILL');
  }
});
