/** Runs a program for a limited time, and tells how it ended. */
import { spawn } from 'node:child_process';
import type { Ending } from './obstacle.ts';

export interface RunForOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs: number;
  /** Ends the program at any time, also after it was given up on. */
  readonly signal: AbortSignal;
  /** Whether a program that takes too long may go on while this process lives. */
  readonly mayGoOn: boolean;
}

/** How much of what the program says is kept. */
const outputCharacters = 8_000;
const lastWordsMs = 100;

export function runFor(program: string, args: readonly string[], options: RunForOptions): Promise<Ending> {
  const { env, limitMs, signal, mayGoOn } = options;
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const child = spawn(program, args, {
    env,
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputCharacters);
    });
  }
  // Programs that it started may hold its outputs open; nobody listens to them any more.
  const hangUp = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => {
    resolve({ kind: 'late', seconds: Math.round(limitMs / 1000) });
    if (mayGoOn) return;
    child.kill('SIGKILL');
    hangUp();
  }, limitMs);
  child.once('error', (error) => resolve({ kind: 'not-started', reason: error.message }));
  // The last words may come after the end.
  child.once('exit', () => setTimeout(hangUp, lastWordsMs));
  child.once('close', (code, by) => resolve({ kind: 'exit', code, signal: by, output }));
  return promise.finally(() => clearTimeout(timer));
}
