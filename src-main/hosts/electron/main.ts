/** The desktop program's entry: hands Electron and what it was started with to the shell. */
import { shell } from 'electron/common';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session } from 'electron/main';
import { bundleLayout } from './entries.ts';
import { readShellArguments } from './shell-arguments.ts';
import { startShell } from './shell.ts';

const { argv, defaultApp, env, platform } = process;

startShell(
  { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session, shell },
  {
    ...readShellArguments(argv.slice(1), {
      env,
      platform,
      workingFolder: process.cwd(),
      // Electron as npm has it is given the program itself first.
      namesProgram: defaultApp === true,
    }),
    ...bundleLayout(import.meta.dirname),
    platform,
    log: (line) => process.stderr.write(`${line}\n`),
  },
);
