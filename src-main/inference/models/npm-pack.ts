/** Fetches a package's tarball through npm, which knows the user's registry, proxy and certificates. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';

export interface NpmOptions {
  /** Path of npm-cli.js; by default what npm itself says (`npm_execpath`), else the `npm` on the PATH. */
  readonly npmCli?: string;
  /** Longest time without an end, in milliseconds. */
  readonly timeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const defaultTimeoutMs = 10 * 60_000;

/** Fails within half a minute without a network, instead of npm's two minutes; a slow line still gets its time. */
const flags = [
  '--ignore-scripts',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=3000',
  '--fetch-timeout=60000',
];

/** Settings of an npm that called us and that would change what `npm pack` does. */
const callersOwn =
  /^npm_config_(dry_run|global|location|workspace|workspaces|include_workspace_root|json|pack_destination|ignore_scripts|loglevel|fetch_.*)$/i;

/**
 * Runs `npm pack SPEC` in `folder`, where the tarball appears under the name that npm gives it.
 * Throws AppError `network-unavailable`, `disk-full`, or `cancelled`.
 */
export async function npmPack(
  spec: string,
  folder: string,
  options: NpmOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const { signal, timeoutMs = defaultTimeoutMs } = options;
  signal?.throwIfAborted();
  const env = options.env ?? process.env;
  const timeout = AbortSignal.timeout(timeoutMs);
  const { command, args, shell } = npmCommand(options.npmCli ?? env['npm_execpath']);
  const child = spawn(command, [...args, 'pack', spec, ...flags], {
    cwd: folder,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !callersOwn.test(name))),
    shell,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  // An error (no such program, an abort) comes first and the end after it: nothing is running once this is over.
  let failure: Error | null = null;
  const code = await new Promise<number | null | Error>((resolve) => {
    child.on('error', (error) => {
      failure = error;
    });
    child.on('close', (exitCode) => resolve(failure ?? exitCode));
  });
  if (code === 0) return;
  if (signal?.aborted === true)
    throw new AppError('cancelled', `Fetching ${spec} was cancelled.`, { cause: signal.reason });
  if (timeout.aborted) {
    throw new AppError(
      'network-unavailable',
      `npm did not fetch ${spec} within ${Math.round(timeoutMs / 1000)} seconds.`,
    );
  }
  throw npmError(spec, code, errors);
}

function npmCommand(cli: string | undefined) {
  // Other package managers set npm_execpath to themselves.
  if (cli !== undefined && basename(cli) === 'npm-cli.js') {
    return { command: process.execPath, args: [cli], shell: false };
  }
  // On Windows npm is a batch file, which only a shell starts. No argument of ours needs quoting.
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function npmError(spec: string, code: number | null | Error, errors: string): AppError {
  if (/ENOSPC|EDQUOT|no space left/i.test(errors)) {
    return new AppError('disk-full', `There is no room on the disk to fetch ${spec}.`);
  }
  const reason = code instanceof Error ? code.message : (npmReason(errors) ?? `npm ended with code ${code}`);
  return new AppError('network-unavailable', `npm could not fetch ${spec}: ${reason}.`);
}

/** The line of npm's output that says what happened, without the addresses of internals that follow it. */
function npmReason(errors: string): string | undefined {
  const lines = errors.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  const failed = lines.map((line) => /reason: (.+)$/.exec(line)?.[1]).find((reason) => reason !== undefined);
  const refused = lines.find((line) => /^(\d{3} |notarget |code )/.test(line));
  return (failed ?? refused)?.replace(/[.\s]+$/, '');
}
