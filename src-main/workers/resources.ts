/** What a worker keeps from task to task, because opening it costs more than a task: nets and the last reader. */
import { findModels } from '../inference/index.ts';
import { openPerceptionNets, type PerceptionNets } from '../perception/index.ts';
import { openVideo, type VideoReader } from '../video/index.ts';
import type { NetsChoice } from './protocol.ts';

/** The programs that inference starts, named by the host: a bundle has them elsewhere than a checkout. */
export interface InferenceEntries {
  readonly sessionThread: string;
  readonly providerProbe: string;
}

export interface Resources {
  readonly entries: InferenceEntries;
  /** The nets of `choice`, opened once; with no model files, nets of level `none`. */
  nets(choice: NetsChoice): Promise<PerceptionNets>;
  /** A reader of the recording, kept until another is asked for. It belongs to the resources: do not dispose it. */
  reader(recording: string, path: string, signal: AbortSignal): Promise<VideoReader>;
  /** Forgets the kept reader, whose state is unknown after a failure. */
  dropReader(): Promise<void>;
}

export function createResources(entries: InferenceEntries): Resources {
  let nets: { key: string; opened: PerceptionNets } | null = null;
  let kept: { recording: string; reader: VideoReader } | null = null;

  async function dropReader(): Promise<void> {
    const dropped = kept;
    kept = null;
    await dropped?.reader[Symbol.asyncDispose]();
  }

  return {
    entries,
    dropReader,
    async nets(choice) {
      const key = JSON.stringify(choice);
      if (nets?.key === key) return nets.opened;
      await nets?.opened[Symbol.asyncDispose]();
      nets = null;
      const opened = await openPerceptionNets(await findModels(choice.modelFolders), {
        provider: choice.provider,
        threads: choice.threads,
        threadEntry: entries.sessionThread,
      });
      nets = { key, opened };
      return opened;
    },
    async reader(recording, path, signal) {
      if (kept?.recording === recording) return kept.reader;
      await dropReader();
      const reader = await openVideo(path, { signal, threads: 1 });
      kept = { recording, reader };
      return reader;
    },
  };
}
