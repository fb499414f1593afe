/** The real program behind a real loopback port: the web host as a person starts it, with its core. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Workspace } from '../../support/cli.ts';

export interface Program extends AsyncDisposable {
  /** With the token of this start. */
  readonly url: string;
  readonly port: number;
  readonly workspace: Workspace;
  /** Ends the host as Ctrl-C does; the core follows when its last client is gone. */
  stop(): Promise<void>;
}

/** Starts `anom-pi serve` on the workspace's data folder; again after `stop`, on another port and with another token. */
export async function startProgram(workspace: Workspace): Promise<Program> {
  const { process: host, result } = workspace.start(['serve', '--json']);
  const serving = await firstLine(host, result);
  const { url, port } = JSON.parse(serving) as { url: string; port: number };
  const stop = async () => {
    host.kill('SIGTERM');
    await result;
  };
  return { url, port, workspace, stop, [Symbol.asyncDispose]: stop };
}

async function firstLine(host: ChildProcess, result: Promise<{ readonly stderr: string }>): Promise<string> {
  if (host.stdout === null) throw new Error('The host has no output.');
  const lines = createInterface(host.stdout);
  const line = once(lines, 'line').then(([text]) => String(text));
  const ended = result.then(({ stderr }) => {
    throw new Error(`The host did not start:\n${stderr}`);
  });
  return Promise.race([line, ended]);
}
