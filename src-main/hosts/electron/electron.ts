/** The parts of Electron that the shell uses. They are handed to it, so that a test can stand in for them. */
import type * as common from 'electron/common';
import type * as electron from 'electron/main';

export type Electron = Pick<
  typeof electron,
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'protocol' | 'screen' | 'session'
> &
  Pick<typeof common, 'shell'>;
