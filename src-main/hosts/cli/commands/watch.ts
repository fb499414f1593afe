/** `anom-pi watch`: takes in what is new in folders for as long as it runs, and prints what deserves a look. */
import { AppError } from '../../../contract/errors.ts';
import type { WatchedFolder } from '../../../contract/watched-folder.ts';
import type { Command } from '../command.ts';
import { printable } from '../output.ts';
import { lineText } from './scan.ts';

export const watchCommand: Command = {
  name: 'watch',
  usage: '[FOLDER…] [--import-only] [--list | --remove]',
  summary: 'look through new recordings of folders as they come, until Ctrl-C; the folders stay watched in later runs',
  options: { 'import-only': { type: 'boolean' }, list: { type: 'boolean' }, remove: { type: 'boolean' } },
  positionals: [0, 1000],
  async run(input, { output, connect, absolute, signal }) {
    const client = await connect();
    const folders = input.positionals.map(absolute);
    const show = (item: WatchedFolder) => output.result({ type: 'watched', ...item }, folderText(item));
    if (input.is('remove')) {
      for (const folder of folders) await client.folders.unwatch({ folder });
    }
    if (input.is('remove') || input.is('list')) {
      for (const item of (await client.folders.watched()).items) show(item);
      return 0;
    }

    using lines = client.on('scan.line', ({ line }) => {
      // What was looked at before is no news; sums of single jobs are none either.
      if (line.type === 'summary' || (line.type === 'recording' && line.status === 'unchanged')) return;
      output.result(line, lineText(line));
    });
    const told = new Map<string, string>();
    /** Only where it changed whether the folder can be looked into: how many files there are changes all the time. */
    const tell = (items: readonly WatchedFolder[]) => {
      for (const item of items) {
        const state = item.state === 'away' ? `away ${item.reason ?? ''}` : 'there';
        if (told.get(item.path) === state) continue;
        told.set(item.path, state);
        show(item);
      }
    };
    using changes = client.on('folders.watched', ({ items }) => tell(items));
    await Promise.all([lines.ready, changes.ready]);

    const { items } =
      folders.length === 0
        ? await client.folders.watched()
        : await client.folders.watch({ folders, scan: !input.is('import-only') });
    if (items.length === 0) {
      throw new AppError('invalid-argument', 'No folder is watched yet; name one: `anom-pi watch FOLDER`.');
    }
    tell(items);
    output.note('Watching; Ctrl-C ends it.');
    const lost = client.closed.then((error) => {
      if (error !== null && !signal.aborted) throw error;
    });
    await Promise.race([aborted(signal), lost]);
    return 0;
  },
};

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

function folderText({ path, scan, state, reason, files }: WatchedFolder): string {
  const does = scan ? 'looked through' : 'only indexed';
  const how = state === 'away' ? `away: ${reason ?? ''} It is tried again.` : `${String(files)} video files`;
  return `${printable(path)} · ${how} · what is new is ${does}`;
}
