/** `anom-pi import` and `anom-pi scan`: index a folder, and look through it. */
import { englishFor } from '../../../contract/wording/en.ts';
import type { EventValue } from '../../../contract/calls.ts';
import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { durationText, positionText, printable } from '../output.ts';

type Line = EventValue<'scan.line'>['line'];

export const importCommand: Command = {
  name: 'import',
  usage: 'FOLDER…',
  summary: 'index the recordings of folders; the files are only read',
  options: {},
  positionals: [1, 1000],
  async run({ positionals }, surroundings) {
    const { output } = surroundings;
    const client = await surroundings.connect();
    const folders = positionals.map(surroundings.absolute);
    await followJob(client, surroundings, () => client.archive.import({ folders }));
    for (const folder of folders) {
      for await (const recording of allPages((after) => client.archive.recordings({ folder, ...after }))) {
        const when = recording.clock.utcMs === null ? '' : ` · ${new Date(recording.clock.utcMs).toISOString()}`;
        const length = recording.video === null ? '' : ` · ${durationText(recording.video.seconds)}`;
        output.result({ type: 'recording', ...recording }, `${recording.path} · ${recording.camera}${when}${length}`);
      }
      for await (const file of allPages((after) => client.archive.unreadable({ folder, ...after }))) {
        output.result({ type: 'recording', ...file }, `${file.path} · ${file.status}: ${file.reason ?? ''}`);
      }
    }
    return 0;
  },
};

export const scanCommand: Command = {
  name: 'scan',
  usage: '[FOLDER…] [--policy NAME] [--budget FRAMES_PER_MINUTE] [--again]',
  summary: 'look through recordings and print what deserves a look',
  options: { policy: { type: 'string' }, budget: { type: 'string' }, again: { type: 'boolean' } },
  positionals: [0, 1000],
  async run(input, surroundings) {
    const client = await surroundings.connect();
    if ((await client.core.info()).models === 'none') {
      surroundings.output.note(
        'There are no neural models yet: this scan rests on motion alone. `anom-pi models` fetches them.',
      );
    }
    const framesPerMinute = input.number('budget');
    const policy = input.text('policy');
    const folders = input.positionals.map(surroundings.absolute);
    let failed = 0;
    await followJob(
      client,
      surroundings,
      () =>
        client.scan.start({
          ...(folders.length > 0 && { folders }),
          ...(policy !== undefined && { policy }),
          ...(framesPerMinute !== undefined && { framesPerMinute }),
          again: input.is('again'),
        }),
      (line) => {
        if (line.type === 'recording' && line.status === 'failed') failed++;
        surroundings.output.result(line, lineText(line));
      },
    );
    return failed === 0 ? 0 : 1;
  },
};

/** A line of the scan for a person. */
export function lineText(line: Line): string {
  switch (line.type) {
    case 'recording': {
      const length = line.seconds === null ? '' : ` · ${durationText(line.seconds)}`;
      return `${printable(line.path)}${length} · ${line.status}${line.reason === undefined ? '' : `: ${line.reason}`}`;
    }
    case 'flag': {
      const span = `${positionText(line.start)}–${positionText(line.end)}`;
      const head = `  ⚑ ${span} · ${englishFor.class(line.class)} · ${line.score.toFixed(2)} · ${line.id.slice(0, 12)}`;
      return `${head}\n    ${line.explanation}`;
    }
    case 'summary': {
      const pace = line.timesRealTime === null ? '' : ` (${line.timesRealTime.toFixed(1)} × real time)`;
      return [
        `${line.recordings} recordings, ${line.flags} flags, ${durationText(line.footageSeconds)} of footage`,
        `in ${durationText(line.wallSeconds)}${pace}, ${line.framesDecoded} frames decoded,`,
        `${line.peakMemoryMB} MB at most; policy ${line.policy}, ${line.provider}`,
      ].join(' ');
    }
    default:
      return line satisfies never;
  }
}

/** Every item of a paged list. */
export async function* allPages<T>(
  page: (cursor: { readonly after?: string; readonly limit: number }) => Promise<{
    readonly items: readonly T[];
    readonly next: string | null;
  }>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const { items, next } = await page({ limit: 1000, ...(after !== undefined && { after }) });
    yield* items;
    if (next === null) return;
    after = next;
  }
}
