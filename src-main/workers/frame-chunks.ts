/** Frame observations of a recording in files of some minutes each, so that looking at a long one can go on where it stopped. */
import { encodeFrames, type FrameObservation } from '../perception/index.ts';
import type { FrameChunk } from './protocol/index.ts';
import type { TaskContext } from './task.ts';

/** Of a chunk: about a thousand instants of the time grid, and what a core that is killed loses at most. */
export const chunkSeconds = 128;

export const chunkOf = (time: number): number => Math.floor(time / chunkSeconds);

/** Writes the chunks numbered `numbers` of `frames`. */
export async function writeChunks(
  frames: ReadonlyMap<number, FrameObservation>,
  numbers: ReadonlySet<number>,
  context: Pick<TaskContext, 'putBlob'>,
): Promise<FrameChunk[]> {
  const chunks: FrameChunk[] = [];
  for (const number of numbers) {
    const own = [...frames.values()].filter(({ time }) => chunkOf(time) === number);
    own.sort((a, b) => a.time - b.time);
    chunks.push({ number, frames: await context.putBlob(encodeFrames(own)) });
  }
  return chunks;
}
