/** The picture that a recording stands in front of, by which clips of one source are known. */
import { readFile } from 'node:fs/promises';
import { backgroundColumns, backgroundOf, backgroundRows } from '../../evaluation/folds/background.ts';
import { readTriage } from '../../perception/index.ts';
import type { FrameSize } from '../../video/index.ts';
import type { Backdrop } from '../protocol/index.ts';
import type { TaskFunction } from '../task.ts';

/** Frames from all over the recording, an odd number: their median leaves out who walks through. */
const frames = 9;
export const backdrop: TaskFunction<'backdrop'> = async ({ recording, triage }, context) => {
  const { resources, signal } = context;
  const { seconds } = readTriage(await readFile(context.blobPath(triage)));
  const reader = await resources.reader(recording, context.recordingPath(recording), signal);
  const { width, height, frameRate } = reader.info;
  const times = Array.from({ length: frames }, (_, frame) => ((frame + 0.5) * seconds) / frames);
  // Scaling averages over areas, as the background does.
  const size: FrameSize = { width: backgroundColumns, height: backgroundRows, fit: 'stretch' };
  const images = await Array.fromAsync(reader.framesAt(times, size, { signal }));
  const made: Backdrop = { width, height, frameRate, background: [...backgroundOf(images)] };
  return { backdrop: await context.putBlob(new TextEncoder().encode(JSON.stringify(made))) };
};
