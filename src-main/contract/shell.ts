/** What the desktop shell gives its page as `window.anomPi`; a page in a browser has none. Types only. */

/** A menu item that the page answers, or folders that were handed to the program. */
export type ShellCommand =
  | 'open-folder'
  | 'open-samples'
  | 'settings'
  | 'toggle-theme'
  | 'help'
  /** Absolute paths, to be imported and scanned: of the command line, of a second start, or chosen in the menu. */
  | { readonly folders: readonly string[] };

export interface WindowShell {
  /** `linux`, `darwin` or `win32`. */
  readonly platform: string;
  /** What goes before `mediaPath(target)`, as in `media://anom-pi`. */
  readonly mediaBase: string;
  /**
   * Asks for a port to the core. It comes as a `message` event of `window` whose `source` is the window itself, whose
   * `data` is 'anom-pi-port' and whose `ports[0]` speaks the contract; one that closes lost the core, and may be asked
   * for anew.
   */
  requestPort(): void;
  /** The system's dialog for folders; none where it was cancelled. */
  pickFolders(): Promise<readonly string[]>;
  /** The system's dialog for a file to be written, `name` being suggested; null where it was cancelled. */
  pickSavePath(name: string): Promise<string | null>;
  /** Shows the file or folder at this absolute path in the system's file manager. */
  showFile(path: string): void;
  /** Absolute paths of `File`s that were dropped on the page; what lies on no disk is left out. */
  pathsOf(files: readonly object[]): readonly string[];
  /** Commands that came before the first listener are kept for it. Returns what ends the listening. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
}
