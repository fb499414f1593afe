/** `anom-pi start`: the program in its own window where Electron runs, and in the browser where it does not. */
import { AppError, appErrorFrom } from '../../../contract/errors.ts';
import { findElectron, type FindOptions, remember, versionIn } from '../../electron/launch/find-electron.ts';
import { noteOf, type Obstacle, obstacleText } from '../../electron/launch/obstacle.ts';
import { runShell } from '../../electron/launch/run-shell.ts';
import { desktop, type Desktop } from '../../entries.ts';
import type { Command, Surroundings } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { lineText } from './scan.ts';
import { serve, show, untilStopped } from './serve.ts';

export const startCommand: Command = {
  name: 'start',
  usage: '[FOLDER…] [--browser | --electron]',
  summary: 'open the program; with folders also import and scan them',
  options: { browser: { type: 'boolean' }, electron: { type: 'boolean' } },
  positionals: [0, 1000],
  async run(input, surroundings) {
    if (input.is('browser') && input.is('electron')) {
      throw new AppError('invalid-argument', 'Choose --browser or --electron: the window is in one of them.');
    }
    const folders = input.positionals.map(surroundings.absolute);
    const machine = { platform: process.platform, env: process.env, isRoot: process.getuid?.() === 0 };
    try {
      return input.is('browser')
        ? await startInBrowser(surroundings, folders, null)
        : await start(surroundings, folders, { ...desktop, ...machine, again: input.is('electron') });
    } catch (error) {
      // Ctrl-C is how this command ends, also while something is still under way.
      if (surroundings.signal.aborted && appErrorFrom(error).code === 'cancelled') return 0;
      throw error;
    }
  },
};

type DesktopOptions = Desktop & Pick<FindOptions, 'platform' | 'env' | 'isRoot' | 'again' | 'budgetMs'>;

/** Returns the exit code, once the window is closed or Ctrl-C ended the web host. */
export async function start(
  surroundings: Surroundings,
  folders: readonly string[],
  options: DesktopOptions,
): Promise<number> {
  const { dataFolder, signal, output } = surroundings;
  const found = await findElectron({ ...options, dataFolder, signal, nowMs: Date.now() });
  if (!found.ok) return startInBrowser(surroundings, folders, found.obstacle);

  const { binary } = found;
  const end = await runShell({
    ...{ ...options, binary, dataFolder, folders, signal },
    onStart: () => {
      output.result({ type: 'window' }, 'Anom-π Review is in its window.');
      // The window has its own connection; a failure to connect here shows there.
      fetchMissingModels(surroundings).catch(() => undefined);
    },
  });
  switch (end.kind) {
    case 'closed':
      return 0;
    case 'failed':
      throw new AppError('internal', `The window ended (${end.obstacle.detail}); what you decided is kept.`);
    case 'obstacle': {
      const version = versionIn(options.packageFolder);
      // What is built from the checkout may be right the next time; a machine stays as it is.
      const isLasting = end.obstacle.kind !== 'build' && version !== null;
      if (isLasting) remember(dataFolder, noteOf(end.obstacle, version, Date.now()));
      return startInBrowser(surroundings, folders, end.obstacle);
    }
    default:
      return end satisfies never;
  }
}

/** `obstacle`: why it is the browser; null where that was asked for. */
async function startInBrowser(
  surroundings: Surroundings,
  folders: readonly string[],
  obstacle: Obstacle | null,
): Promise<number> {
  const { output } = surroundings;
  await using server = await serve(surroundings, 0, obstacle === null ? null : obstacleText(obstacle));
  await show(server.url, surroundings);
  await fetchMissingModels(surroundings);
  if (folders.length > 0) {
    const client = await surroundings.connect();
    await followJob(
      client,
      surroundings,
      () => client.scan.start({ folders: [...folders] }),
      (line) => output.result(line, lineText(line)),
    );
  }
  await untilStopped(surroundings);
  return 0;
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
