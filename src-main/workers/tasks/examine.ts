/** What decoding and inference can do here, found out by trying. */
import { findModels, levelOf, tryProviders } from '../../inference/index.ts';
import { codecSupport, ffmpegConfiguration } from '../../video/index.ts';
import type { TaskFunction } from '../task.ts';

export const examine: TaskFunction<'examine'> = async ({ modelFolders, threads }, { signal, resources }) => {
  const found = await findModels(modelFolders);
  return {
    codecs: codecSupport(),
    ffmpeg: ffmpegConfiguration(),
    providers: await tryProviders({
      model: found.nanodet,
      threads,
      signal,
      probeEntry: resources.entries.providerProbe,
    }),
    models: { level: levelOf(found), id: found.id, folder: found.folder },
  };
};
