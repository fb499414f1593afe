/** Looks at every instant of the time grid in one chunk of a recording: what `dense` and normality need. */
import { readFile } from 'node:fs/promises';
import { ticksPerSecond } from '../../inquiry/index.ts';
import { encodeFrames, observeFrames, readTriage } from '../../perception/index.ts';
import { readFrames } from '../frame-blobs.ts';
import { chunkSeconds } from '../frame-chunks.ts';
import type { TaskFunction } from '../task.ts';

export const observe: TaskFunction<'observe'> = async (params, context) => {
  const { recording, chunk } = params;
  const { resources, signal, progress } = context;
  const { seconds, frameTimes } = readTriage(await readFile(context.blobPath(params.triage)));
  const cache = await readFrames(params.cached, context);
  const start = chunk * chunkSeconds;
  const ticks = Math.ceil((Math.min(seconds, start + chunkSeconds) - start) * ticksPerSecond);
  const times = Array.from({ length: Math.max(0, ticks) }, (_, tick) => start + tick / ticksPerSecond);
  // Opened once a worker: no cost of these frames.
  const nets = await resources.nets(params.nets);
  const startedMs = performance.now();
  const reader = await resources.reader(recording, context.recordingPath(recording), signal);
  let framesMade = 0;
  const frames = await observeFrames({
    ...{ reader, nets, cache, times, frameTimes, signal },
    onMade: () => progress(++framesMade, times.length),
  });
  const secondsMaking = (performance.now() - startedMs) / 1000;
  return { frames: await context.putBlob(encodeFrames(frames)), framesMade, secondsMaking };
};
