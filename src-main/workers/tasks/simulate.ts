/** Renders the sample archive. */
import { sampleScenes, simulateArchive } from '../../simulation/index.ts';
import { encodeVideo } from '../../video/index.ts';
import type { TaskFunction } from '../task.ts';

export const simulate: TaskFunction<'simulate'> = async ({ out, seed, scenes }, { signal, progress }) => {
  const all = sampleScenes(seed);
  const recordings = await simulateArchive({
    out,
    seed,
    scenes: scenes === null ? all : all.slice(0, scenes),
    encode: encodeVideo,
    signal,
    onProgress: ({ done, total }) => progress(done, total),
  });
  return {
    recordings: recordings.map(({ path, seconds, incidents }) => ({ path, seconds, incidents: incidents.length })),
  };
};
