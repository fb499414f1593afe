/** `anom-pi serve`: the program in the browser, until Ctrl-C. */
import { once } from 'node:events';
import { AppError } from '../../../contract/errors.ts';
import { openBrowser } from '../../server/open-browser.ts';
import { startServer } from '../../server/server.ts';
import type { Command, Surroundings } from '../command.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--port N] [--open]',
  summary: 'serve the program to a browser on this machine',
  options: { port: { type: 'string' }, open: { type: 'boolean' } },
  positionals: [0, 0],
  async run(input, surroundings) {
    await using server = await serve(surroundings, input.number('port') ?? 0, null);
    if (input.is('open')) await show(server.url, surroundings);
    await untilStopped(surroundings);
    return 0;
  },
};

/** Starts the web host and says where it is, and with `instead` why Electron is not: all in one line. */
export async function serve({ dataFolder, entries, output }: Surroundings, port: number, instead: string | null) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('invalid-argument', `--port takes a number from 0 to 65535, not ${port}.`);
  }
  const server = await startServer({ dataFolder, entries, port, log: output.note });
  const facts = { type: 'serving', url: server.url, port: server.port };
  if (instead === null) output.result(facts, `Anom-π Review: ${server.url}`);
  else {
    const text = `Electron cannot run here (${instead}); Anom-π Review is at ${server.url}`;
    output.result({ ...facts, withoutElectron: instead }, text);
  }
  return server;
}

export async function show(url: string, { output }: Surroundings): Promise<void> {
  const opened = await openBrowser(url, process.platform, process.env);
  output.note(opened ? 'Opened in the browser. Ctrl-C ends it.' : 'Open this address in a browser. Ctrl-C ends it.');
}

export async function untilStopped({ signal }: Surroundings): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
