/** The command line: finds the command, connects it to the core, and turns errors into words and exit codes. */
import { resolve } from 'node:path';
import { defaultDataFolder } from '../../app/data-folder.ts';
import { appErrorFrom } from '../../contract/errors.ts';
import type { Client } from '../../contract/service.ts';
import { connectCore, type CoreConnection } from '../connect-core.ts';
import { entries } from '../entries.ts';
import { absoluteFrom, type Command, readInput } from './command.ts';
import { ablateCommand } from './commands/ablate.ts';
import { auditCommand } from './commands/audit.ts';
import { camerasCommand, zonesCommand } from './commands/cameras.ts';
import { evalCommand } from './commands/eval.ts';
import { exportCommand } from './commands/export.ts';
import { doctorCommand, jobsCommand, modelsCommand, settingsCommand } from './commands/machine.ts';
import { policiesCommand } from './commands/policies.ts';
import { recapCommand } from './commands/recap.ts';
import { flagsCommand, missCommand, trajectoryCommand, verdictCommand } from './commands/review.ts';
import { importCommand, scanCommand } from './commands/scan.ts';
import { simulateCommand } from './commands/simulate.ts';
import { serveCommand } from './commands/serve.ts';
import { startCommand } from './commands/start.ts';
import { trainCommand } from './commands/train.ts';
import { trainNanoCommand } from './commands/train-nano.ts';
import { verifyCommand } from './commands/verify.ts';
import { watchCommand } from './commands/watch.ts';
import { createOutput } from './output.ts';

const commands: readonly Command[] = [
  startCommand,
  serveCommand,
  importCommand,
  scanCommand,
  watchCommand,
  flagsCommand,
  recapCommand,
  verdictCommand,
  missCommand,
  trajectoryCommand,
  camerasCommand,
  zonesCommand,
  exportCommand,
  verifyCommand,
  auditCommand,
  trainCommand,
  policiesCommand,
  jobsCommand,
  evalCommand,
  simulateCommand,
  trainNanoCommand,
  ablateCommand,
  modelsCommand,
  settingsCommand,
  doctorCommand,
];

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'anom-pi: look through camera recordings and decide on the few intervals that deserve it.',
    '',
    'Usage: anom-pi COMMAND … [--data FOLDER] [--json]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    '`anom-pi COMMAND --help` shows what a command takes.',
  ].join('\n');
}

/** Returns the exit code: 0 success, 1 a failed task, 2 wrong usage. */
async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === 'help' && rest[0] !== undefined) return run([rest[0], '--help']);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    process.stderr.write(`anom-pi: no command '${name}'.\n\n${overview()}\n`);
    return 2;
  }

  const abort = new AbortController();
  // The second Ctrl-C ends the program at once, as the first would without us.
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());

  const connections: Promise<CoreConnection>[] = [];
  try {
    const input = readInput(command, rest);
    if (input.is('help')) {
      process.stdout.write(`Usage: anom-pi ${command.name} ${command.usage}\n\n${command.summary}\n`);
      return 0;
    }
    const typed = input.text('data');
    const dataFolder =
      typed === undefined ? resolve(defaultDataFolder(process.env, process.platform)) : absoluteFrom(typed);
    const output = createOutput(input.is('json'));
    const connect = async (): Promise<Client> => {
      const [open = connectCore({ dataFolder, entries, signal: abort.signal })] = connections;
      connections[0] = open;
      return (await open).client;
    };
    return await command.run(input, {
      output,
      entries,
      dataFolder,
      signal: abort.signal,
      connect,
      absolute: absoluteFrom,
    });
  } catch (error) {
    const { code, message, cause } = appErrorFrom(error);
    process.stderr.write(`anom-pi: ${message}\n`);
    if (code === 'internal' && cause instanceof Error) process.stderr.write(`${cause.stack ?? ''}\n`);
    return code === 'invalid-argument' ? 2 : 1;
  } finally {
    for (const opened of await Promise.allSettled(connections)) {
      if (opened.status === 'fulfilled') opened.value.close();
    }
  }
}

// The launcher that a person sees was killed: without it nobody could stop this process.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

// A reader that leaves early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
