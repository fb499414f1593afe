/** What a worker keeps from task to task, because opening it costs more than a task: nets and the last reader. */
import { findModels } from '../inference/index.ts';
import { openPerceptionNets, type PerceptionNets } from '../perception/index.ts';
import { openVideo, type VideoReader } from '../video/index.ts';
import type { NetsChoice } from './protocol.ts';

export interface Resources {
  readonly sessionThreadEntry: string;
  /** The nets of `choice`, opened once; with no model files, nets of level `none`. */
  nets(choice: NetsChoice): Promise<PerceptionNets>;
  /** A reader of the recording, kept until another is asked for. It belongs to the resources: do not dispose it. */
  reader(recording: string, path: string, signal: AbortSignal): Promise<VideoReader>;
  /** Forgets the kept reader, whose state is unknown after a failure. */
  dropReader(): Promise<void>;
}

export function createResources(sessionThreadEntry: string): Resources {
  let nets: { key: string; opened: PerceptionNets } | null = null;
  let kept: { recording: string; reader: VideoReader } | null = null;

  async function dropReader(): Promise<void> {
    const dropped = kept;
    kept = null;
    await dropped?.reader[Symbol.asyncDispose]();
  }

  return {
    sessionThreadEntry,
    dropReader,
    async nets(choice) {
      const models = await findModels(choice.modelFolders);
      const key = JSON.stringify([models.folder, models.id, choice.provider, choice.threads]);
      if (nets?.key === key) return nets.opened;
      await nets?.opened[Symbol.asyncDispose]();
      nets = null;
      const opened = await openPerceptionNets(models, {
        provider: choice.provider,
        threads: choice.threads,
        threadEntry: sessionThreadEntry,
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
