/** What a video file is, from its headers and its first frames. */
import { openVideo } from '../../video/index.ts';
import type { TaskFunction } from '../task.ts';

export const probe: TaskFunction<'probe'> = async ({ recording }, { recordingPath, signal }) => {
  await using reader = await openVideo(recordingPath(recording), { signal });
  const { seconds, width, height, rotation, frameRate, codec, container, createdAt } = reader.info;
  return { video: { seconds, width, height, rotation, frameRate, codec, container }, createdAt };
};
