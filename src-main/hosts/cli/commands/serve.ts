/** `anom-pi serve` and `start`: the program in the browser, until Ctrl-C. */
import { once } from 'node:events';
import { AppError } from '../../../contract/errors.ts';
import { openBrowser } from '../../server/open-browser.ts';
import { startServer } from '../../server/server.ts';
import type { Command, Surroundings } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { lineText } from './scan.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--port N] [--open]',
  summary: 'serve the program to a browser on this machine',
  options: { port: { type: 'string' }, open: { type: 'boolean' } },
  positionals: [0, 0],
  async run(input, surroundings) {
    await using server = await serve(surroundings, input.number('port') ?? 0);
    if (input.is('open')) await show(server.url, surroundings);
    await untilStopped(surroundings);
    return 0;
  },
};

export const startCommand: Command = {
  name: 'start',
  usage: '[FOLDER…]',
  summary: 'open the program; with folders also import and scan them',
  options: {},
  positionals: [0, 1000],
  async run(input, surroundings) {
    const { output } = surroundings;
    await using server = await serve(surroundings, 0);
    await show(server.url, surroundings);
    await fetchMissingModels(surroundings);
    const folders = input.positionals.map(surroundings.absolute);
    if (folders.length > 0) {
      const client = await surroundings.connect();
      await followJob(
        client,
        surroundings,
        () => client.scan.start({ folders, policy: 'rules' }),
        (line) => output.result(line, lineText(line)),
      );
    }
    await untilStopped(surroundings);
    return 0;
  },
};

async function serve({ dataFolder, entries, output }: Surroundings, port: number) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('invalid-argument', `--port takes a number from 0 to 65535, not ${port}.`);
  }
  const server = await startServer({ dataFolder, entries, port, log: output.note });
  output.result({ type: 'serving', url: server.url, port: server.port }, `Anom-π Review: ${server.url}`);
  return server;
}

async function show(url: string, { output }: Surroundings): Promise<void> {
  const opened = await openBrowser(url, process.platform, process.env);
  output.note(opened ? 'Opened in the browser. Ctrl-C ends it.' : 'Open this address in a browser. Ctrl-C ends it.');
}

/** At the first start, where the install could not: the program goes on without them and says so. */
async function fetchMissingModels({ connect, output, signal }: Surroundings): Promise<void> {
  const client = await connect();
  if ((await client.core.info()).models === 'both') return;
  output.note('Fetching the models in the background; until they are there the program runs on motion alone.');
  followJob(client, { output, signal }, () => client.models.fetch()).then(
    () => output.note('The models are in place.'),
    (error: unknown) =>
      output.note(`The models could not be fetched: ${error instanceof Error ? error.message : String(error)}`),
  );
}

async function untilStopped({ signal }: Surroundings): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
