/** Has the window built where a checkout's sources are newer, by a program of its own: the host knows no bundler. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs the program `script`, which builds only what is stale. Never throws: what was built before may still serve. */
export async function buildPage(script: string, log: (line: string) => void): Promise<void> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { windowsHide: true });
    if (stdout.trim() !== '') log(stdout.trim());
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    const reason = stderr?.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? String(error);
    log(`The window could not be built anew, an older one is shown. ${reason.trim()}`);
  }
}
