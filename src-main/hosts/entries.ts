/** Where the program's entries and its shipped files lie: defined once, and injected into whatever starts them. */
import { fileURLToPath } from 'node:url';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Absolute paths. A bundle has another layout: its shell makes an `Entries` of its own. */
export interface Entries {
  /** The core process; its argument is the data folder. */
  readonly core: string;
  readonly worker: string;
  /** The thread inside a worker that holds an inference session. */
  readonly sessionThread: string;
  /** The process that tries one execution provider. */
  readonly providerProbe: string;
  readonly cli: string;
  /** Folder of the models that came with the program. */
  readonly models: string;
}

export const entries: Entries = {
  core: pathOf('./core.ts'),
  worker: pathOf('./worker.ts'),
  sessionThread: pathOf('../inference/session.worker.ts'),
  providerProbe: pathOf('../inference/provider.worker.ts'),
  cli: pathOf('./cli/main.ts'),
  models: pathOf('../../resources/models'),
};
