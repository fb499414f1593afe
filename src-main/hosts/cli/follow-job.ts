/** Starts a job over the contract and stays with it to its end: progress out, Ctrl-C in. */
import type { EventValue } from '../../contract/calls.ts';
import { AppError } from '../../contract/errors.ts';
import type { Job } from '../../contract/job.ts';
import type { Client } from '../../contract/service.ts';
import type { Surroundings } from './command.ts';

type Line = EventValue<'scan.line'>['line'];

/**
 * Returns the ended job. Ctrl-C pauses it, which throws `cancelled`; a job that fails throws `internal` with its reason,
 * and a core that goes away `connection-lost`.
 */
export async function followJob(
  client: Client,
  { output, signal }: Pick<Surroundings, 'output' | 'signal'>,
  start: () => Promise<{ readonly job: Job }>,
  onLine: (line: Line) => void = () => undefined,
): Promise<Job> {
  const ended = Promise.withResolvers<Job>();
  let job: Job | null = null;
  // Events that arrive before the answer which tells the job's id.
  const early: (() => void)[] = [];
  const whenKnown = (act: () => void) => (job === null ? void early.push(act) : act());

  using changes = client.on('job.changed', (changed) =>
    whenKnown(() => {
      if (changed.id !== job?.id) return;
      if (changed.endedAtMs === null) output.progress(changed);
      else ended.resolve(changed);
    }),
  );
  using lines = client.on('scan.line', ({ job: id, line }) => whenKnown(() => id === job?.id && onLine(line)));
  await Promise.all([changes.ready, lines.ready]);

  job = (await start()).job;
  for (const act of early.splice(0)) act();

  const { id } = job;
  const cancel = () => {
    output.note('Stopping; what was found is kept, and the same command goes on from there.');
    client.jobs.cancel({ job: id }).catch(ended.reject);
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  void client.closed.then((error) => error !== null && ended.reject(error));
  try {
    const last = await ended.promise;
    output.settle();
    if (last.state === 'failed') throw new AppError('internal', last.reason ?? `The ${last.kind} failed.`);
    if (last.state === 'paused') throw new AppError('cancelled', `The ${last.kind} was stopped.`);
    return last;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
