/** Finds out within seconds whether Electron runs on this machine, and remembers for a day that it does not. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import {
  type MachineFacts,
  noteOf,
  type Obstacle,
  obstacleOfDownload,
  obstacleOfTrial,
  obstacleOnMachine,
  recalledObstacle,
} from './obstacle.ts';
import { runFor } from './run-for.ts';

export interface FindOptions extends MachineFacts {
  /** Electron's npm package; the folder need not be there. */
  readonly packageFolder: string;
  readonly dataFolder: string;
  /** Tries anew whatever was remembered. */
  readonly again: boolean;
  /** Also ends a download that goes on. */
  readonly signal: AbortSignal;
  readonly nowMs: number;
  /** Time for all of it; 9 s unless told. */
  readonly budgetMs?: number;
}

export type Finding =
  { readonly ok: true; readonly binary: string } | { readonly ok: false; readonly obstacle: Obstacle };

/** The share of the budget that a download may take: the trial of what it brings comes after it. */
const downloadShare = 0.75;

/** @throws AppError `cancelled`. */
export async function findElectron(options: FindOptions): Promise<Finding> {
  const { packageFolder, dataFolder, again, env, nowMs, signal, budgetMs = 9_000 } = options;
  const endsAtMs = performance.now() + budgetMs;
  const no = (obstacle: Obstacle): Finding => ({ ok: false, obstacle });

  const electron = versionIn(packageFolder);
  if (electron === null) return no({ kind: 'no-package', detail: '' });
  const onMachine = obstacleOnMachine(options);
  if (onMachine !== null) return no(onMachine);

  const hasBinary = binaryIn(packageFolder, env) !== null;
  const recalled = again ? null : recalledObstacle(recall(dataFolder), { electron, hasBinary, atMs: nowMs });
  if (recalled !== null) return no(recalled);

  const remembered = (obstacle: Obstacle): Finding => {
    // What Ctrl-C ended says nothing about the machine.
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    remember(dataFolder, noteOf(obstacle, electron, nowMs));
    return no(obstacle);
  };
  if (!hasBinary) {
    if (env['ELECTRON_SKIP_BINARY_DOWNLOAD']) {
      return no({ kind: 'no-binary', detail: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set' });
    }
    const limitMs = budgetMs * downloadShare;
    // One that is merely slow goes on beside the browser, and the next start finds what it brought.
    const download = await runFor(process.execPath, [join(packageFolder, 'install.js')], {
      ...{ env, limitMs, signal, mayGoOn: true },
    });
    const obstacle = obstacleOfDownload(download);
    if (obstacle !== null) return remembered(obstacle);
  }
  const binary = binaryIn(packageFolder, env);
  if (binary === null) return remembered({ kind: 'no-binary', detail: 'its download left none' });

  const limitMs = Math.max(0, endsAtMs - performance.now());
  const trial = await runFor(binary, ['--version'], { env: asProgram(env), limitMs, signal, mayGoOn: false });
  const obstacle = obstacleOfTrial(trial);
  if (obstacle !== null) return remembered(obstacle);
  forget(dataFolder);
  return { ok: true, binary };
}

/** The environment of Electron as a program of its own: inherited, this name would make a plain Node of it. */
export function asProgram(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  return rest;
}

/** Keeps `note` in the data folder; where that cannot be written, everything is tried anew the next time. */
export function remember(dataFolder: string, note: object): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    writeFileSync(noteIn(dataFolder), `${JSON.stringify(note)}\n`);
  } catch {
    // The core meets the same folder next and says what is wrong with it.
  }
}

const noteIn = (dataFolder: string) => join(dataFolder, 'shell.json');

function recall(dataFolder: string): unknown {
  try {
    return JSON.parse(readFileSync(noteIn(dataFolder), 'utf8'));
  } catch {
    return null; // Nothing was remembered, or not by us.
  }
}

const forget = (dataFolder: string) => rmSync(noteIn(dataFolder), { force: true });

export function versionIn(packageFolder: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return null; // Not installed, or only half.
  }
}

/** The executable, by the rules of the package's own `index.js`. */
export function binaryIn(packageFolder: string, env: NodeJS.ProcessEnv): string | null {
  const name = readText(join(packageFolder, 'path.txt'));
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!elsewhere && name === null) return null;
  const binary = join(elsewhere || join(packageFolder, 'dist'), name ?? 'electron');
  return existsSync(binary) ? binary : null;
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
