/** Runs `anom-pi` as a user does: a process of its own, on a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../launcher.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON lines of stdout. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

export interface CliRun {
  readonly process: ChildProcess;
  readonly result: Promise<CliResult>;
}

export interface Workspace extends AsyncDisposable {
  readonly root: string;
  readonly dataFolder: string;
  /** Runs to the end. */
  cli(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliResult>;
  /** Starts, to be watched or killed. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): CliRun;
  /** Pid of the core that holds the data folder; null where there is none. */
  corePid(): Promise<number | null>;
}

/** A temporary folder with a data folder in it; disposing ends the core and removes all. */
export async function createWorkspace(): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'anom-pi-test-'));
  const dataFolder = join(root, 'data');
  const running = new Set<ChildProcess>();

  const start: Workspace['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, [launcher, ...args, '--data', dataFolder], {
      env: { ...process.env, INIT_CWD: root, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const result = new Promise<CliResult>((resolve, reject) => {
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.once('error', reject);
      child.once('close', (code) => {
        running.delete(child);
        resolve({ code, stdout, stderr, lines: jsonLines(stdout) });
      });
    });
    return { process: child, result };
  };

  const corePid = async () => {
    const note = await readFile(join(dataFolder, 'core.json'), 'utf8').catch(() => null);
    if (note === null) return null;
    const { pid } = JSON.parse(note) as { pid: number };
    return isAlive(pid) ? pid : null;
  };

  return {
    root,
    dataFolder,
    start,
    corePid,
    cli: (args, env) => start(args, env).result,
    async [Symbol.asyncDispose]() {
      for (const child of running) child.kill('SIGKILL');
      const pid = await corePid();
      if (pid !== null) await killAndWait(pid);
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** SIGKILL, and until the process is gone. */
export async function killAndWait(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
  await until(() => !isAlive(pid));
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for `condition`, looking again every 20 ms; fails after `limitMs`. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endsAt) throw new Error('What the test waits for did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function jsonLines(text: string): Readonly<Record<string, unknown>>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
