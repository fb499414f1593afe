/** A JPEG of one frame. */
import { thumbnail as jpegAt } from '../../video/index.ts';
import type { TaskFunction } from '../program.ts';

export const thumbnail: TaskFunction<'thumbnail'> = async ({ recording, time, width }, { recordingPath, putBlob }) => ({
  jpeg: await putBlob(await jpegAt(recordingPath(recording), time, width)),
});
