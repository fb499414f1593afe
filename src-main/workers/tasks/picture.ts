/** A small picture of one moment of a recording that belongs to no archive. */
import { thumbnail } from '../../video/index.ts';
import type { TaskFunction } from '../task.ts';

export const picture: TaskFunction<'picture'> = async ({ recording, seconds, width }, context) => {
  const path = context.recordingPath(recording);
  return { picture: await context.putBlob(await thumbnail(path, seconds, width, { signal: context.signal })) };
};
