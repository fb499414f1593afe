/** The menu bar. What concerns recordings is answered by the page. */
import type { MenuItemConstructorOptions } from 'electron/main';
import type { ShellCommand } from '../../contract/shell.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Shows what only developers of the program need. */
  readonly forDevelopers: boolean;
  readonly send: (command: ShellCommand) => void;
}

export function menuTemplate({ platform, forDevelopers, send }: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const item = (id: ShellCommand & string, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => send(id),
    ...(accelerator !== undefined && { accelerator }),
  });
  const settings = item('settings', 'Settings…', 'CmdOrCtrl+,');
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('open-folder', 'Open Folder…', 'CmdOrCtrl+O'),
        item('open-samples', 'Open Sample Recordings'),
        separator,
        settings,
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('toggle-theme', 'Light or Dark'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(forDevelopers ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('help', 'Keyboard Shortcuts')] },
  ];
}
