/** Opens the desktop window from a checkout: builds the bundle where it is stale, and stays with Electron to its end. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { asProgram } from './find-electron.ts';
import { type Obstacle, obstacleOfEnd } from './obstacle.ts';

export interface ShellRun {
  readonly binary: string;
  /** The bundle's entry. */
  readonly program: string;
  /** Builds the bundle where its sources are newer. */
  readonly build: string;
  readonly dataFolder: string;
  readonly folders: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called once the window is on its way. */
  readonly onStart: () => void;
}

/** `failed`: the window was there and its process ended badly. */
export type ShellEnd =
  { readonly kind: 'closed' } | { readonly kind: 'failed' | 'obstacle'; readonly obstacle: Obstacle };

/** A window whose process ends badly so soon has most likely never been seen. */
const seenAfterMs = 10_000;
const outputCharacters = 8_000;

export async function runShell(run: ShellRun): Promise<ShellEnd> {
  const { binary, program, build, dataFolder, folders, env, signal, onStart } = run;
  try {
    await promisify(execFile)(process.execPath, [build], { signal, windowsHide: true });
  } catch (error) {
    if (signal.aborted) return { kind: 'closed' };
    return { kind: 'obstacle', obstacle: { kind: 'build', detail: buildError(error) } };
  }

  const sinceMs = performance.now();
  const ended = Promise.withResolvers<ShellEnd>();
  const child = spawn(binary, [program, ...folders], {
    env: { ...asProgram(env), ANOM_PI_DATA: dataFolder },
    // What Electron prints is not this command's result.
    stdio: ['ignore', 2, 'pipe'],
  });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    output = (output + text).slice(-outputCharacters);
  });
  const close = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  child.once('spawn', onStart);
  child.once('error', ({ message }) =>
    ended.resolve({ kind: 'obstacle', obstacle: { kind: 'crash', detail: message } }),
  );
  child.once('close', (code, by) => {
    if (code === 0 || signal.aborted) return ended.resolve({ kind: 'closed' });
    const isSeen = performance.now() - sinceMs >= seenAfterMs;
    const obstacle = obstacleOfEnd({ kind: 'exit', code, signal: by, output });
    return ended.resolve({ kind: isSeen ? 'failed' : 'obstacle', obstacle });
  });
  try {
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

function buildError(error: unknown): string {
  const { stderr = '' } = error as { readonly stderr?: string };
  return (stderr.split('\n').find((line) => /^\s*\S*Error: /.test(line)) ?? String(error)).trim().slice(0, 160);
}
