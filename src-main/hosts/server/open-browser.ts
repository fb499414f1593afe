/** Opens an address in the person's browser, where there is one. */
import { spawn } from 'node:child_process';

/** Resolves to whether a browser was started. Never throws: the address is printed in any case. */
export function openBrowser(url: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<boolean> {
  const command = openCommand(url, platform, env);
  if (command === null) return Promise.resolve(false);
  const [program, args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** Null where no browser could show itself: a Linux without a display. */
export function openCommand(
  url: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): readonly [program: string, args: readonly string[]] | null {
  switch (platform) {
    case 'darwin':
      return ['open', [url]];
    case 'win32':
      // Not through `cmd /c start`, which would give `&` in the address a meaning.
      return ['rundll32', ['url.dll,FileProtocolHandler', url]];
    default:
      return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', [url]] : null;
  }
}
