/** The vector by which a whole clip is judged, from what was seen of it. */
import { clipVector } from '../../evaluation/head/clip-vector.ts';
import { bytesOfFloat64s } from '../float64s.ts';
import { readFrames } from '../frame-blobs.ts';
import type { TaskFunction } from '../task.ts';

export const clipVectorOf: TaskFunction<'clip-vector'> = async ({ chunks }, context) => {
  const cached = await readFrames(
    chunks.map((chunk) => chunk.frames),
    context,
  );
  const frames = [...cached.values()];
  const vector = await context.putBlob(bytesOfFloat64s(Float64Array.from(clipVector(frames))));
  return { vector, frames: frames.length };
};
