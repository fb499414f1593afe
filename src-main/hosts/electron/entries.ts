/** Where the entries of the bundle lie: side by side in one folder, in a checkout and in an installed program. */
import { join } from 'node:path';
import type { Entries } from '../entries.ts';

/** `folder` is that of the bundle's own entries, `out/main`, also where it is in the archive of an installed program. */
export interface BundleLayout {
  readonly entries: Entries;
  readonly preload: string;
  /** The window's picture in the task bar. */
  readonly icon: string;
}

/**
 * What runs as plain Node (Electron's own `fork` sees to that) is started from beside the archive: it then needs nothing of
 * Electron's way to read archives, and finds the native libraries there.
 */
export function bundleLayout(folder: string): BundleLayout {
  const inPackage = /^(.*[\\/])app\.asar(?:\.unpacked)?([\\/].*)$/.exec(folder);
  const programs = inPackage === null ? folder : `${inPackage[1]}app.asar.unpacked${inPackage[2]}`;
  const shipped = inPackage === null ? join(folder, '../../resources') : (inPackage[1] ?? '');
  return {
    entries: {
      core: join(programs, 'core.js'),
      worker: join(programs, 'worker.js'),
      netThread: join(programs, 'nets.worker.js'),
      sessionThread: join(programs, 'session.worker.js'),
      residentThread: join(programs, 'resident.worker.js'),
      providerProbe: join(programs, 'provider.worker.js'),
      models: join(shipped, 'models'),
      policies: join(shipped, 'policies'),
      renderer: join(folder, '../renderer'),
      rendererBuild: null,
    },
    preload: join(folder, '../preload/preload.cjs'),
    icon: join(shipped, 'icon.png'),
  };
}
