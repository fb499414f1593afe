/** Makes one file for the player. */
import { readFile } from 'node:fs/promises';
import type { Footage } from '../../video/index.ts';
import type { MediaPart } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

export const makeMedia: TaskFunction<'make-media'> = async ({ recording, packets, part }, context) => {
  const { resources, signal } = context;
  const path = context.recordingPath(recording);
  const footage = await resources.footage(recording, path, signal, () => readFile(context.blobPath(packets)));
  return { file: await context.putBlob(await made(footage, part, context)) };
};

function made(footage: Footage, part: MediaPart, { signal, progress }: TaskContext): Promise<Uint8Array> {
  const options = { signal, onProgress: progress };
  switch (part.kind) {
    case 'segment':
      return footage.segment(part.number, options);
    case 'sheet':
      return footage.sheet(part.number, options);
    case 'picture':
      return footage.picture(part.seconds, part.width, options);
    default:
      return part satisfies never;
  }
}
