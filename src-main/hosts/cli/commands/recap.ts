/** `anom-pi recap`: what one day held: footage, flags by camera and class, what is still open. */
import type { Recap, StateCounts } from '../../../contract/overview.ts';
import { englishFor } from '../../../contract/wording/en.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Client } from '../../../contract/service.ts';
import type { Command } from '../command.ts';
import { dayOf, daysFrom } from '../local-days.ts';
import { durationText, positionText, printable } from '../output.ts';

export const recapCommand: Command = {
  name: 'recap',
  usage: '[DAY] [--camera NAME]…',
  summary:
    'sum up a day such as 2026-11-21 (the last with recordings where none is given), in this machine’s time zone',
  options: { camera: { type: 'string', multiple: true } },
  positionals: [0, 1],
  async run(input, { output, connect }) {
    const [typed] = input.positionals;
    const span = typed === undefined ? null : daysFrom(typed);
    const cameras = input.texts('camera');
    const client = await connect();
    const day = typed ?? (await latestDay(client));
    const recap = await client.overview.recap({
      ...(span ?? daysFrom(day)),
      ...(cameras.length > 0 && { cameras: [...cameras] }),
    });
    output.result({ type: 'recap', day, ...recap }, await recapText(client, day, recap));
    return 0;
  },
};

/** Errors: `not-found` where no recording has a time. */
async function latestDay(client: Client): Promise<string> {
  const { cameras } = await client.archive.overview();
  const ends = cameras.flatMap(({ lastUtcMs }) => lastUtcMs ?? []);
  if (ends.length > 0) return dayOf(Math.max(...ends) - 1);
  throw new AppError('not-found', 'No recording has a known time; `anom-pi flags` lists what was flagged.');
}

const states = ['open', 'confirm', 'unsure', 'reject'] as const;
const stateWords = { open: 'open', confirm: 'confirmed', unsure: 'unsure', reject: 'rejected' } as const;
const sum = (counts: StateCounts) => states.reduce((all, state) => all + counts[state], 0);
const counted = (counts: StateCounts) =>
  states
    .filter((state) => counts[state] > 0)
    .map((state) => `${String(counts[state])} ${stateWords[state]}`)
    .join(', ') || 'none';

async function recapText(client: Client, day: string, recap: Recap): Promise<string> {
  const { items } = await client.flags.rows({ ids: recap.strongest });
  const width = Math.max(
    0,
    ...[...recap.cameras.map(({ camera }) => camera), ...recap.classes.map((row) => englishFor.class(row.class))].map(
      (name) => name.length,
    ),
  );
  const row = (name: string, text: string) => `  ${printable(name).padEnd(width)}  ${text}`;
  return [
    `${day}: ${String(recap.recordings)} recordings, ${durationText(recap.seconds)}, ${String(recap.scanned)} looked through`,
    `Flags: ${String(sum(recap.flags))} (${counted(recap.flags)})`,
    ...(recap.cameras.length > 0 ? ['By camera'] : []),
    ...recap.cameras.map(({ camera, recordings, seconds, flags }) =>
      row(camera, `${String(recordings)} recordings, ${durationText(seconds)}; flags: ${counted(flags)}`),
    ),
    ...(recap.classes.length > 0 ? ['By class'] : []),
    ...recap.classes.map((each) => row(englishFor.class(each.class), counted(each.flags))),
    ...(items.length > 0 ? ['Strongest open flags'] : []),
    ...items.map(
      (flag) =>
        `  ${flag.score.toFixed(2)}  ${englishFor.class(flag.class)} · ${printable(flag.path)} ${positionText(flag.start)} · ${flag.id.slice(0, 12)}`,
    ),
  ].join('\n');
}
