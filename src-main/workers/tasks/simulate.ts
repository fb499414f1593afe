/** Renders one recording of a suite. */
import { AppError } from '../../contract/errors.ts';
import { makeRecording, suiteNamed } from '../../simulation/index.ts';
import { encodeVideo } from '../../video/index.ts';
import type { TaskFunction } from '../task.ts';

export const simulate: TaskFunction<'simulate'> = async (params, { signal, progress }) => {
  const { out, suite, options, number, known } = params;
  const recording = suiteNamed(suite, options).recordings[number];
  if (recording === undefined) throw new AppError('invalid-argument', `The suite ${suite} has no recording ${number}.`);
  const total = Math.round(recording.seconds * recording.frameRate);
  return await makeRecording(recording, {
    ...{ out, known, signal },
    encode: encodeVideo,
    onProgress: (frames) => progress(frames, total),
  });
};
