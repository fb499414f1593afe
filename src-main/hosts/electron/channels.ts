/** Names of the few messages between the shell and its preload script. */
export const channels = {
  /** With a port, to be joined to the core. */
  port: 'anom-pi:port',
  pickFolders: 'anom-pi:pick-folders',
  pickSavePath: 'anom-pi:pick-save-path',
  showFile: 'anom-pi:show-file',
  /** From the shell, with a `ShellCommand`. */
  command: 'anom-pi:command',
} as const;
