/** Tasks without a recording: what this machine can do, and footage that is simulated on it. */
import type { ModelLevel, ProviderTrial } from '../../inference/index.ts';
import type { RecordingTruth, SuiteOptions } from '../../simulation/index.ts';
import type { CodecSupport } from '../../video/index.ts';

export interface MachineTasks {
  /** What decoding and inference can do on this machine, found out by trying. */
  examine: {
    params: { modelFolders: readonly string[]; threads: number };
    result: {
      codecs: readonly CodecSupport[];
      /** FFmpeg's version and configuration line. */
      ffmpeg: string;
      providers: readonly ProviderTrial[];
      models: { level: ModelLevel; id: string; folder: string };
    };
  };
  /** Renders one recording of a suite, unless `known` says that it is there already and it is. */
  simulate: {
    params: {
      out: string;
      suite: string;
      options: SuiteOptions;
      number: number;
      known: RecordingTruth | null;
    };
    result: RecordingTruth;
  };
}
