/** Where the program's entries and its shipped files lie: defined once, and injected into whatever starts them. */
import { fileURLToPath } from 'node:url';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Absolute paths. A bundle has another layout: its shell makes an `Entries` of its own. */
export interface Entries {
  /** The core process; its argument is the data folder. */
  readonly core: string;
  readonly worker: string;
  /** The thread inside a worker that holds a perception net. */
  readonly netThread: string;
  /** The thread inside a worker that holds the net of a policy, and the one of a net that is being trained. */
  readonly sessionThread: string;
  readonly residentThread: string;
  /** The process that tries one execution provider. */
  readonly providerProbe: string;
  /** Folder of the models that came with the program. */
  readonly models: string;
  /** Folder of the policy that came with the program. */
  readonly policies: string;
  /** Folder of the built window. */
  readonly renderer: string;
  /** The program that builds the window anew where its sources changed; null where there are no sources. */
  readonly rendererBuild: string | null;
}

export const entries: Entries = {
  core: pathOf('./core.ts'),
  worker: pathOf('./worker.ts'),
  netThread: pathOf('../perception/nets.worker.ts'),
  sessionThread: pathOf('../inference/session.worker.ts'),
  residentThread: pathOf('../inference/resident/resident.worker.ts'),
  providerProbe: pathOf('../inference/provider.worker.ts'),
  models: pathOf('../../resources/models'),
  policies: pathOf('../../resources/policies'),
  renderer: pathOf('../../out/renderer'),
  rendererBuild: pathOf('../../scripts/build-renderer.ts'),
};

/** What a checkout opens in its own window. */
export interface Desktop {
  /** Electron's npm package. */
  readonly packageFolder: string;
  /** The bundle's entry, which Electron is started on. */
  readonly program: string;
  /** The program that builds the bundle anew where its sources changed. */
  readonly build: string;
}

export const desktop: Desktop = {
  packageFolder: pathOf('../../node_modules/electron'),
  program: pathOf('../../out/main/main.js'),
  build: pathOf('../../scripts/build-shell.ts'),
};
