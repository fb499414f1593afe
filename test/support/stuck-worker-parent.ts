/**
 * Stands in for a core that is killed while its worker is stuck: starts the real worker on a recording that blocks it,
 * prints the worker's pid once no beat came for three beats' time, and waits for its end.
 */
import { fork } from 'node:child_process';
import { entries } from '../../src-main/hosts/entries.ts';
import type { FromWorker, ToWorker } from '../../src-main/workers/protocol/index.ts';

const silenceMs = 3_000;
const worker = fork(entries.worker, [], {
  env: { ...process.env, ANOM_PI_TEST_HOOKS: '1' },
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
const recording = 'stuck';
const paths = { recordings: { [recording]: '/hang-worker.mp4' }, blobs: {}, incoming: '' };
let silent: NodeJS.Timeout | undefined;
worker.on('message', (message: FromWorker) => {
  if (message.type === 'ready') {
    worker.send({ type: 'task', id: 1, name: 'probe', params: { recording }, paths } satisfies ToWorker);
  }
  clearTimeout(silent);
  silent = setTimeout(() => console.log(worker.pid), silenceMs);
});
worker.on('exit', (code, signal) => console.log(`the worker ended: ${signal ?? code}`));
