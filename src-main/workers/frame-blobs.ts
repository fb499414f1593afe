/** Frame observations as blobs: what earlier tasks left to be read instead of decoded, and what a task leaves itself. */
import { readFile } from 'node:fs/promises';
import { decodeFrames, encodeFrames, type FrameObservation } from '../perception/index.ts';
import type { BlobHash, FrameBlob } from './protocol/index.ts';
import type { TaskContext } from './task.ts';

/** The frames of `blobs` by their time; of a blob that is gone or damaged none, so that they are looked at again. */
export async function readFrames(
  blobs: readonly BlobHash[],
  context: Pick<TaskContext, 'blobPath'>,
): Promise<Map<number, FrameObservation>> {
  const frames = new Map<number, FrameObservation>();
  for (const blob of blobs) {
    const read = await readFile(context.blobPath(blob)).then(decodeFrames).catch(lostFrames);
    for (const frame of read) frames.set(frame.time, frame);
  }
  return frames;
}

function lostFrames(error: unknown): readonly FrameObservation[] {
  const isGone =
    error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'integrity-mismatch');
  if (isGone) return [];
  throw error;
}

/** Null where there are none. */
export async function writeFrames(
  made: readonly FrameObservation[],
  context: Pick<TaskContext, 'putBlob'>,
): Promise<FrameBlob | null> {
  if (made.length === 0) return null;
  const frames = made.toSorted((a, b) => a.time - b.time);
  const bytes = encodeFrames(frames);
  return { blob: await context.putBlob(bytes), bytes: bytes.length, times: frames.map((frame) => frame.time) };
}
