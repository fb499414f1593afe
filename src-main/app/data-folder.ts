/** What lies where in the data folder, and where that folder is by default. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface DataFolder {
  readonly root: string;
  /** Blobs that workers made and the core has not adopted yet. */
  readonly incoming: string;
  /** What can be made again: segments, sheets and pictures for the player. */
  readonly cache: string;
  /** Converted models that this program fetched; a checkout or package may bring its own. */
  readonly models: string;
  /** The sample archive, where somebody asked for it. */
  readonly samples: string;
  /** Results of evaluations, with their reports. */
  readonly evaluations: string;
  /** State of training runs that have not ended, a folder each. */
  readonly training: string;
  /** What exports came to, and the files of those that are to be fetched. */
  readonly exports: string;
  /** The private key that evidence packages are signed with. */
  readonly evidenceKey: string;
  /** What was seen of data sets, so that the next evaluation need not look again; it can be made again. */
  readonly evaluationCache: string;
}

export const dataFolderAt = (root: string): DataFolder => ({
  root,
  incoming: join(root, 'incoming'),
  cache: join(root, 'cache'),
  models: join(root, 'models'),
  samples: join(root, 'samples'),
  evaluations: join(root, 'evaluations'),
  training: join(root, 'training'),
  exports: join(root, 'exports'),
  evidenceKey: join(root, 'evidence-key.pem'),
  evaluationCache: join(root, 'evaluation-cache'),
});

/** The platform's folder for a user's data, unless ANOM_PI_DATA names another. */
export function defaultDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const named = env['ANOM_PI_DATA'];
  if (named !== undefined && named !== '') return named;
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Anom-Pi');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Anom-Pi');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'anom-pi');
}
