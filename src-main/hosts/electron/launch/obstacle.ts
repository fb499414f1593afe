/** What keeps Electron from running on this machine: told from what was seen, put into words, and remembered for a day. */

const obstacleKinds = [
  'no-package',
  'no-display',
  'root',
  'no-binary',
  'download-failed',
  'download-late',
  'library-missing',
  'sandbox',
  'silent',
  'crash',
  'build',
] as const;

export interface Obstacle {
  readonly kind: (typeof obstacleKinds)[number];
  /** A library's name, an error's first line; '' where the kind says it all. */
  readonly detail: string;
}

/** What of the machine can be told without starting anything. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
}

/** How a program that was started ended. */
export type Ending =
  | {
      readonly kind: 'exit';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly output: string;
    }
  | { readonly kind: 'late'; readonly seconds: number }
  | { readonly kind: 'not-started'; readonly reason: string };

export function obstacleOnMachine({ platform, env, isRoot }: MachineFacts): Obstacle | null {
  if (platform !== 'linux') return null;
  // Chromium refuses to run as root with its sandbox, and without it a hostile recording would meet no wall.
  if (isRoot) return { kind: 'root', detail: '' };
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? null : { kind: 'no-display', detail: '' };
}

export function obstacleOfDownload(ending: Ending): Obstacle | null {
  switch (ending.kind) {
    case 'exit':
      return ending.code === 0 ? null : { kind: 'download-failed', detail: errorLine(ending.output) };
    case 'late':
      return { kind: 'download-late', detail: `${ending.seconds} s` };
    case 'not-started':
      return { kind: 'download-failed', detail: ending.reason };
    default:
      return ending satisfies never;
  }
}

/** Of the binary run with `--version`, which loads its libraries and sets up its sandbox, and shows nothing. */
export function obstacleOfTrial(ending: Ending): Obstacle | null {
  switch (ending.kind) {
    case 'exit':
      return ending.code === 0 ? null : obstacleOfEnd(ending);
    case 'late':
      return { kind: 'silent', detail: `${ending.seconds} s` };
    case 'not-started':
      return { kind: 'crash', detail: ending.reason };
    default:
      return ending satisfies never;
  }
}

export function obstacleOfEnd({ code, signal, output }: Ending & { kind: 'exit' }): Obstacle {
  const library =
    /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1] ??
    /Library not loaded: (\S+)/.exec(output)?.[1];
  if (library !== undefined) return { kind: 'library-missing', detail: library };
  // Windows has no words for it: STATUS_DLL_NOT_FOUND is all that is told.
  if (code === 0xc000_0135) return { kind: 'library-missing', detail: 'a DLL' };
  if (/without --no-sandbox|sandbox helper|No usable sandbox|setuid_sandbox/.test(output)) {
    return { kind: 'sandbox', detail: '' };
  }
  const said = errorLine(output);
  return { kind: 'crash', detail: `${signal ?? `exit code ${code}`}${said === '' ? '' : `, ${said}`}` };
}

/** The line that most likely says what went wrong, short enough for a sentence. */
function errorLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /error|fatal|cannot/i.test(text)) ?? lines.findLast((text) => text !== '') ?? '';
  return line.replaceAll(/\p{Cc}/gu, '').slice(0, 160);
}

/** What stands in the brackets of "Electron cannot run here (…)". */
export function obstacleText({ kind, detail }: Obstacle): string {
  switch (kind) {
    case 'no-package':
      return 'it is not installed: run `npm install`';
    case 'no-display':
      return 'there is no display';
    case 'root':
      return 'its sandbox does not work for root';
    case 'no-binary':
      return `no binary: ${detail}`;
    case 'download-failed':
      return `no binary, and it could not be fetched: ${detail}`;
    case 'download-late':
      return `no binary, and fetching it takes longer than ${detail}`;
    case 'library-missing':
      return `a system library is missing: ${detail}`;
    case 'sandbox':
      return 'the system does not let it set up its sandbox';
    case 'silent':
      return `it did not answer in ${detail}`;
    case 'crash':
      return `it ended as it started: ${detail}`;
    case 'build':
      return `the window could not be built: ${detail}`;
    default:
      return kind satisfies never;
  }
}

/** An obstacle as it is kept from one start to the next. */
interface Note extends Obstacle {
  /** The version of Electron that met it. */
  readonly electron: string;
  readonly atMs: number;
}

/** How long nothing is tried again. */
const keptMs = 24 * 60 * 60 * 1000;

export const noteOf = (obstacle: Obstacle, electron: string, atMs: number): Note => ({ ...obstacle, electron, atMs });

/** The obstacle of `note` as long as there is reason to believe in it. `hasBinary`: there is one now. */
export function recalledObstacle(
  note: unknown,
  now: { readonly electron: string; readonly hasBinary: boolean; readonly atMs: number },
): Obstacle | null {
  if (!isNote(note) || note.electron !== now.electron) return null;
  const ageMs = now.atMs - note.atMs;
  // A clock that was set back would keep it for ever.
  if (ageMs < 0 || ageMs >= keptMs) return null;
  const { kind, detail } = note;
  const wantedBinary = kind === 'no-binary' || kind === 'download-failed' || kind === 'download-late';
  return wantedBinary === now.hasBinary ? null : { kind, detail };
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, detail, electron, atMs } = value as Readonly<Record<string, unknown>>;
  return (
    obstacleKinds.some((known) => known === kind) &&
    typeof detail === 'string' &&
    typeof electron === 'string' &&
    typeof atMs === 'number'
  );
}
