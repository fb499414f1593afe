/** Stands in for the worker program: does what the params of a `probe` task say, for tests of the supervisor. */
import { appendFileSync } from 'node:fs';
import type { FromWorker, ToWorker } from '../../src-main/workers/protocol/index.ts';

const send = (message: FromWorker) => process.send?.(message);

process.on('disconnect', () => process.exit());
process.on('message', (message: ToWorker) => {
  if (message.type === 'abort') return;
  const { recording: order } = message.params as { recording: string };
  const [verb = '', argument = ''] = order.split(' ');
  // One line per attempt, where the test counts them.
  if (argument !== '') appendFileSync(argument, `${process.pid}\n`);
  switch (verb) {
    case 'crash':
      process.abort();
    case 'hang':
      break;
    case 'refuse':
      send({ type: 'error', id: message.id, error: { code: 'no-video', message: 'No video.', details: { order } } });
      break;
    case 'swell':
      send({ type: 'beat', residentBytes: 2 ** 40 });
      break;
    default:
      send({ type: 'progress', id: message.id, progress: { done: 1, total: 1 } });
      send({ type: 'result', id: message.id, result: { order, pid: process.pid } });
  }
});
send({ type: 'ready' });
