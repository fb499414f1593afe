/** The cheap pass over a recording. */
import { triage as triageOf, writeTriage } from '../../perception/index.ts';
import type { TaskFunction } from '../task.ts';

export const triage: TaskFunction<'triage'> = async ({ recording }, context) => {
  const { resources, signal, progress } = context;
  const startedMs = performance.now();
  const reader = await resources.reader(recording, context.recordingPath(recording), signal);
  const result = await triageOf(reader, { signal, onProgress: (seconds) => progress(seconds, reader.info.seconds) });
  const seconds = (performance.now() - startedMs) / 1000;
  return { triage: await context.putBlob(writeTriage(result)), framesDecoded: result.framesDecoded, seconds };
};
